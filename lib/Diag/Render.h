// lib/Diag/Render.h: diagnostics as text with carets, and for machines.
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

/// Writes one SARIF 2.1.0 log: results with related places and fixes, and the
/// page of each kind that appears. Lines and columns count from 1; columns in
/// UTF-16 units. What the engine did not keep is a notification.
void renderSarif(llvm::raw_ostream &out, const Sources &sources,
                 const DiagnosticEngine &diags);

/// The name of a file as SARIF has it: a URI, relative if the name is.
std::string sarifUri(llvm::StringRef name);

/// Writes a workflow command of GitHub Actions per diagnostic:
///   ::error file=F,line=L,endLine=L,col=C,endColumn=C,title=CODE::MESSAGE
/// Hints are further lines of the message. Columns as in SARIF.
void renderGithub(llvm::raw_ostream &out, const Sources &sources,
                  const DiagnosticEngine &diags);

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
