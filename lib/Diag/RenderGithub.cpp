// lib/Diag/RenderGithub.cpp: diagnostics as annotations of a GitHub workflow.
// SPDX-License-Identifier: Apache-2.0
//
// Source: GitHub Actions, "Workflow commands", as actions/toolkit escapes them
// (packages/core/src/command.ts: escapeData, escapeProperty).
#include "lib/Diag/Columns.h"
#include "lib/Diag/Render.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/JSON.h"

namespace srt {

/// What would end a command, or a property of it, is written as %XX.
static std::string escaped(llvm::StringRef text, llvm::StringRef special) {
  std::string out;
  for (char c : llvm::json::fixUTF8(text))
    if (special.contains(c))
      out += "%" + llvm::toHex(llvm::StringRef(&c, 1));
    else
      out += c;
  return out;
}

static std::string escapedData(llvm::StringRef text) {
  return escaped(text, "%\r\n");
}
static std::string escapedProperty(llvm::StringRef text) {
  return escaped(text, "%\r\n:,");
}

static llvm::StringRef command(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Remark:
    return "notice";
  }
  llvm_unreachable("unknown severity");
}

static void writePlace(llvm::raw_ostream &out, const Sources &sources,
                       SourceRange range) {
  if (range.isNowhere())
    return;
  SourceRange units = inUtf16(sources, range);
  out << "file=" << escapedProperty(sources.name(range.file)) << ",line=" << range.line
      << ",endLine=" << range.endLine << ",col=" << units.column
      << ",endColumn=" << units.endColumn << ',';
}

void renderGithub(llvm::raw_ostream &out, const Sources &sources,
                  const DiagnosticEngine &diags) {
  for (const Diagnostic *each : diags.sorted()) {
    std::string message = each->message;
    for (const std::string &hint : each->hints)
      message += "\nhint: " + hint;
    out << "::" << command(each->severity) << ' ';
    writePlace(out, sources, each->range);
    out << "title=" << code(each->kind) << "::" << escapedData(message) << '\n';
  }
  if (diags.dropped() > 0)
    out << "::notice title=srtc::" << diags.dropped()
        << " more diagnostics are not shown\n";
}

} // namespace srt
