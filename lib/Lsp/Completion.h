// lib/Lsp/Completion.h: what may be written next.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_COMPLETION_H
#define SRT_LIB_LSP_COMPLETION_H

#include "lib/Lsp/Workspace.h"

#include "llvm/Support/JSON.h"

namespace srt::lsp {

/// Keywords, actions, params, types, policies of std/ and beside the document,
/// syscalls and their groups, limits and systems, where each may stand. Every
/// item has the edit that puts it in the place of what was begun.
llvm::json::Value completionsAt(const Query &query,
                                llvm::lsp::Position position);

} // namespace srt::lsp

#endif
