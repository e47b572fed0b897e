// lib/Diag/RenderSarif.cpp: diagnostics as SARIF, for code scanning.
// SPDX-License-Identifier: Apache-2.0
//
// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version
// 2.1.0"; sections in the comments below are of it.
#include "lib/Diag/Columns.h"
#include "lib/Diag/Pages.h"
#include "lib/Diag/Render.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/JSON.h"

#include <map>

namespace srt {

using llvm::json::OStream;

static std::string utf8(llvm::StringRef raw) { return llvm::json::fixUTF8(raw); }

/// 3.27.10: what we call a remark is a note.
static llvm::StringRef level(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Remark:
    return "note";
  }
  llvm_unreachable("unknown severity");
}

/// 3.4.3: a URI, so all but RFC 3986's unreserved characters and `/` are
/// escaped; a path from the root has the scheme `file`.
std::string sarifUri(llvm::StringRef name) {
  std::string out = name.starts_with("/") ? "file://" : "";
  for (char c : name)
    if (llvm::isAlnum(c) || llvm::StringRef("/-._~").contains(c))
      out += c;
    else
      out += "%" + llvm::toHex(llvm::StringRef(&c, 1));
  return out;
}

namespace {
/// Writes the one run of a log.
class SarifWriter {
public:
  SarifWriter(OStream &json, const Sources &sources,
              const DiagnosticEngine &diags)
      : json(json), sources(sources), diags(diags), all(diags.sorted()) {}
  void write();

private:
  void writeText(llvm::StringRef key, llvm::StringRef text);
  void writeRegion(llvm::StringRef key, SourceRange range);
  void writeArtifact(SourceRange range);
  void writePlace(SourceRange range);
  void writeTool();
  void writeRule(KindId kind);
  void writeInvocation();
  void writeResult(const Diagnostic &diagnostic);
  void writeRelated(const Note &note);
  void writeFix(const FixIt &fix);

  OStream &json;
  const Sources &sources;
  const DiagnosticEngine &diags;
  std::vector<const Diagnostic *> all;
  std::map<KindId, size_t> rules; // index in tool.driver.rules
};
} // namespace

void SarifWriter::writeText(llvm::StringRef key, llvm::StringRef text) {
  json.attributeObject(key, [&] { json.attribute("text", utf8(text)); });
}

void SarifWriter::writeRegion(llvm::StringRef key, SourceRange range) {
  SourceRange units = inUtf16(sources, range);
  json.attributeObject(key, [&] {
    json.attribute("startLine", units.line);
    json.attribute("startColumn", units.column);
    json.attribute("endLine", units.endLine);
    json.attribute("endColumn", units.endColumn);
  });
}

void SarifWriter::writeArtifact(SourceRange range) {
  json.attributeObject("artifactLocation", [&] {
    json.attribute("uri", sarifUri(sources.name(range.file)));
  });
}

void SarifWriter::writePlace(SourceRange range) {
  json.attributeObject("physicalLocation", [&] {
    writeArtifact(range);
    writeRegion("region", range);
  });
}

/// The page of the kind: its first line is what the kind is about.
void SarifWriter::writeRule(KindId kind) {
  llvm::StringRef page = pageOf(code(kind));
  json.object([&] {
    json.attribute("id", code(kind));
    llvm::StringRef title = page.take_until([](char c) { return c == '\n'; });
    writeText("shortDescription", title.ltrim("# "));
    json.attributeObject("help", [&] {
      json.attribute("text", utf8(page));
      json.attribute("markdown", utf8(page));
    });
  });
}

void SarifWriter::writeTool() {
  for (const Diagnostic *each : all)
    rules[each->kind] = 0;
  json.attributeObject("tool", [&] {
    json.attributeObject("driver", [&] {
      json.attribute("name", "srtc");
      json.attribute("version", SRT_VERSION_TEXT);
      json.attributeArray("rules", [&] {
        size_t index = 0;
        for (auto &[kind, at] : rules) {
          at = index++;
          writeRule(kind);
        }
      });
    });
  });
}

/// 3.20: results that were not kept must not look like none.
void SarifWriter::writeInvocation() {
  json.attributeArray("invocations", [&] {
    json.object([&] {
      json.attribute("executionSuccessful", true);
      if (diags.dropped() == 0)
        return;
      json.attributeArray("toolExecutionNotifications", [&] {
        json.object([&] {
          writeText("message", std::to_string(diags.dropped()) +
                                   " more diagnostics are not shown");
        });
      });
    });
  });
}

void SarifWriter::writeRelated(const Note &note) {
  json.object([&] {
    writeText("message", note.text);
    if (!note.range.isNowhere())
      writePlace(note.range);
  });
}

void SarifWriter::writeFix(const FixIt &fix) {
  json.object([&] {
    json.attributeArray("artifactChanges", [&] {
      json.object([&] {
        writeArtifact(fix.range);
        json.attributeArray("replacements", [&] {
          json.object([&] {
            writeRegion("deletedRegion", fix.range);
            writeText("insertedContent", fix.text);
          });
        });
      });
    });
  });
}

void SarifWriter::writeResult(const Diagnostic &diagnostic) {
  std::string message = diagnostic.message;
  for (const std::string &hint : diagnostic.hints)
    message += "\nhint: " + hint;
  json.object([&] {
    json.attribute("ruleId", code(diagnostic.kind));
    json.attribute("ruleIndex", int64_t(rules[diagnostic.kind]));
    json.attribute("level", level(diagnostic.severity));
    writeText("message", message);
    json.attributeArray("locations", [&] {
      if (!diagnostic.range.isNowhere())
        json.object([&] { writePlace(diagnostic.range); });
    });
    json.attributeArray("relatedLocations", [&] {
      for (const Note &note : diagnostic.notes)
        writeRelated(note);
    });
    json.attributeArray("fixes", [&] {
      for (const FixIt &fix : diagnostic.fixes)
        writeFix(fix);
    });
  });
}

void SarifWriter::write() {
  writeTool();
  writeInvocation();
  json.attribute("columnKind", "utf16CodeUnits");
  json.attributeArray("results", [&] {
    for (const Diagnostic *each : all)
      writeResult(*each);
  });
}

void renderSarif(llvm::raw_ostream &out, const Sources &sources,
                 const DiagnosticEngine &diags) {
  // Standard error has no buffer, and there are many small parts.
  std::string text;
  llvm::raw_string_ostream whole(text);
  OStream json(whole, 2);
  json.object([&] {
    json.attribute("version", "2.1.0");
    json.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.attributeArray("runs", [&] {
      json.object([&] { SarifWriter(json, sources, diags).write(); });
    });
  });
  json.flush();
  out << text << '\n';
}

} // namespace srt
