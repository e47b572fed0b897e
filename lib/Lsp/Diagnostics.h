// lib/Lsp/Diagnostics.h: what `srtc check` says, as the protocol wants it.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_DIAGNOSTICS_H
#define SRT_LIB_LSP_DIAGNOSTICS_H

#include "lib/Lsp/Workspace.h"

#include "llvm/Support/JSON.h"

namespace srt::lsp {

/// How far a document is compiled. Plan: what it says and whether the target
/// can enforce it, without what rules mean together and without a bundle, for
/// policies that take too long otherwise.
enum class Depth : uint8_t { Plan, All };

/// Compiles the document up to its bundle (or profile), which is thrown away.
/// Returns objects `Diagnostic` of the protocol, by place: range, severity,
/// code, source, message (hints below it), relatedInformation, and in `data`
/// the fixes, {title, range, newText} each. What is found in an imported file
/// stands at the import, with its own place as related information.
llvm::json::Array diagnosticsOf(const Query &query, Depth depth = Depth::All);

/// One diagnostic of our own at the start of the document.
llvm::json::Array noticeOf(llvm::StringRef message);

} // namespace srt::lsp

#endif
