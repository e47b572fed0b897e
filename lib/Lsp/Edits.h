// lib/Lsp/Edits.h: layout and fixes as edits of the document.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_EDITS_H
#define SRT_LIB_LSP_EDITS_H

#include "lib/Lsp/Workspace.h"

#include "llvm/Support/JSON.h"

namespace srt::lsp {

/// What `srtc fmt` would do, as one edit of the lines that change. No edit if
/// nothing does; null if the text does not read, or is no .srt.
llvm::json::Value layoutOf(const Query &query);

/// A quick fix for each fix of the diagnostics (see diagnosticsOf) that touch
/// the range.
llvm::json::Value fixesIn(const Document &document,
                          const llvm::json::Array &diagnostics,
                          llvm::lsp::Range range);

} // namespace srt::lsp

#endif
