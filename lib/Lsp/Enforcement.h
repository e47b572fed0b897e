// lib/Lsp/Enforcement.h: what becomes of the rules of a document.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_ENFORCEMENT_H
#define SRT_LIB_LSP_ENFORCEMENT_H

#include "lib/Lsp/Workspace.h"

namespace srt::lsp {

/// Plans the document for the target as far as it goes, whatever is wrong with
/// what it asks for. Nothing if it does not read, or for macOS, whose profiles
/// have no plan.
std::optional<ir::Plan> draftOf(Compilation &compilation);

/// "landlock+seccomp", and what is not exact: "landlock, narrower".
std::string mechanismText(const ir::Decision &decision);

/// Hints for the rules in the range: their mechanism, behind each rule.
llvm::json::Value inlayHintsIn(const Query &query, llvm::lsp::Range range);

/// The rule or the test at a place, as Markdown; empty if there is none.
std::string ruleText(const Query &query, size_t offset);

} // namespace srt::lsp

#endif
