// lib/Diag/Render.h: diagnostics as text with carets, and as JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DIAG_RENDER_H
#define SRT_LIB_DIAG_RENDER_H

#include "lib/Diag/Diagnostic.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

enum class Colours : uint8_t { Off, On };

/// Writes every diagnostic with its line and a caret, then a count.
/// Lines longer than a terminal are cut around the caret.
void renderText(llvm::raw_ostream &out, const Sources &sources,
                const DiagnosticEngine &diags, Colours colours);

/// Writes one JSON object per line. Shape:
///   {"file","line","column","endLine","endColumn","severity","code",
///    "message","hints":[..],"fixes":[{"line","column","endLine","endColumn",
///    "replacement"}],"notes":[{"file","line","column","message"}]}
/// Lines and columns count from 1; columns in bytes; 0 where there is no place.
/// If there are more than the engine keeps, a last object {"dropped":N}.
void renderJson(llvm::raw_ostream &out, const Sources &sources,
                const DiagnosticEngine &diags);

} // namespace srt

#endif
