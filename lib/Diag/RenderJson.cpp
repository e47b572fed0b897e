// lib/Diag/RenderJson.cpp: diagnostics for machines, one JSON object per line.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Diag/Render.h"

#include "llvm/Support/JSON.h"

namespace srt {

/// JSON strings must be UTF-8, and file names and messages may hold any byte.
static std::string text(llvm::StringRef raw) { return llvm::json::fixUTF8(raw); }

static void writeRange(llvm::json::OStream &json, SourceRange range) {
  json.attribute("line", range.line);
  json.attribute("column", range.column);
  json.attribute("endLine", range.endLine);
  json.attribute("endColumn", range.endColumn);
}

static std::string fileOf(const Sources &sources, SourceRange range) {
  return range.isNowhere() ? std::string() : text(sources.name(range.file));
}

static void writeFix(llvm::json::OStream &json, const FixIt &fix) {
  json.object([&] {
    writeRange(json, fix.range);
    json.attribute("replacement", text(fix.text));
  });
}

static void writeNote(llvm::json::OStream &json, const Sources &sources,
                      const Note &note) {
  json.object([&] {
    json.attribute("file", fileOf(sources, note.range));
    writeRange(json, note.range);
    json.attribute("message", text(note.text));
  });
}

static void writeOne(llvm::json::OStream &json, const Sources &sources,
                     const Diagnostic &diagnostic) {
  json.object([&] {
    json.attribute("file", fileOf(sources, diagnostic.range));
    writeRange(json, diagnostic.range);
    json.attribute("severity", spelling(diagnostic.severity));
    json.attribute("code", code(diagnostic.kind));
    json.attribute("message", text(diagnostic.message));
    json.attributeArray("hints", [&] {
      for (const std::string &hint : diagnostic.hints)
        json.value(text(hint));
    });
    json.attributeArray("fixes", [&] {
      for (const FixIt &fix : diagnostic.fixes)
        writeFix(json, fix);
    });
    json.attributeArray("notes", [&] {
      for (const Note &note : diagnostic.notes)
        writeNote(json, sources, note);
    });
  });
}

void renderJson(llvm::raw_ostream &out, const Sources &sources,
                const DiagnosticEngine &diags) {
  for (const Diagnostic *diagnostic : diags.sorted()) {
    llvm::json::OStream json(out);
    writeOne(json, sources, *diagnostic);
    out << '\n';
  }
  if (diags.dropped() > 0)
    out << "{\"dropped\":" << diags.dropped() << "}\n";
}

} // namespace srt
