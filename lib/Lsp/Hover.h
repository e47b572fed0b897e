// lib/Lsp/Hover.h: what a word of a policy means, and what becomes of its rule.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_HOVER_H
#define SRT_LIB_LSP_HOVER_H

#include "lib/Lsp/Workspace.h"

#include "llvm/Support/JSON.h"

namespace srt::lsp {

/// Verdict, mechanism, oldest kernel and cost of the rule at a place; the
/// verdict on an expectation of a test; what an action, a param, a syscall or a
/// group is. Null if there is nothing to say.
llvm::json::Value hoverAt(const Query &query, llvm::lsp::Position position);

} // namespace srt::lsp

#endif
