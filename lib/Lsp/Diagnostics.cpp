// lib/Lsp/Diagnostics.cpp: what `srtc check` says, as the protocol wants it.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Diagnostics.h"

#include "lib/Lsp/Outline.h"
#include "lib/Lsp/Places.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Path.h"

namespace srt::lsp {

using llvm::json::Array;
using llvm::json::fixUTF8;
using llvm::json::Object;
using llvm::lsp::DiagnosticSeverity;

namespace {
class Converter {
public:
  Converter(const Query &query, const Compilation &compilation)
      : compilation(compilation), places(compilation, query.document),
        outline(outlineOf(query.document.text)), text(query.document.text) {}

  Object convert(const Diagnostic &diagnostic);

private:
  llvm::lsp::Range importOf(FileId file);
  Array related(const Diagnostic &diagnostic);
  void relate(Array &related, SourceRange range, llvm::StringRef message);
  Array fixes(const Diagnostic &diagnostic);

  const Compilation &compilation;
  Places places;
  Outline outline;
  TextIndex text;
};
} // namespace

static DiagnosticSeverity severityOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return DiagnosticSeverity::Error;
  case Severity::Warning:
    return DiagnosticSeverity::Warning;
  case Severity::Remark:
    return DiagnosticSeverity::Information;
  }
  llvm_unreachable("unknown severity");
}

/// The import of the root that brings the file in; the first one if another
/// file imports it.
llvm::lsp::Range Converter::importOf(FileId file) {
  llvm::StringRef name =
      llvm::sys::path::filename(compilation.sources.name(file));
  for (const ImportSite &site : outline.imports)
    if (llvm::sys::path::filename(site.file) == name)
      return text.range(site.span.begin, site.span.end);
  if (outline.imports.empty())
    return {};
  Span first = outline.imports.front().span;
  return text.range(first.begin, first.end);
}

void Converter::relate(Array &related, SourceRange range,
                       llvm::StringRef message) {
  if (std::optional<llvm::lsp::Location> location = places.location(range))
    related.push_back(
        Object{{"location", ownedLocation(*location)},
               {"message", fixUTF8(message)}});
}

Array Converter::related(const Diagnostic &diagnostic) {
  Array related;
  if (!diagnostic.range.isNowhere() &&
      diagnostic.range.file != compilation.root)
    relate(related, diagnostic.range, diagnostic.message);
  for (const Note &note : diagnostic.notes)
    relate(related, note.range, note.text);
  return related;
}

/// Fixes of other files are left to these.
Array Converter::fixes(const Diagnostic &diagnostic) {
  Array fixes;
  for (const FixIt &fix : diagnostic.fixes)
    if (fix.range.file == compilation.root)
      fixes.push_back(Object{
          {"title", fix.text.empty()
                        ? std::string("Remove it")
                        : "Replace by `" + fixUTF8(shown(fix.text)) + "`"},
          {"range", places.range(fix.range)},
          {"newText", fixUTF8(fix.text)}});
  return fixes;
}

Object Converter::convert(const Diagnostic &diagnostic) {
  bool isOwn = diagnostic.range.isNowhere() ||
               diagnostic.range.file == compilation.root;
  std::string message = diagnostic.message;
  for (const std::string &hint : diagnostic.hints)
    message += "\nhint: " + hint;
  Object out{{"range", isOwn ? places.range(diagnostic.range)
                             : importOf(diagnostic.range.file)},
             {"severity", int(severityOf(diagnostic.severity))},
             {"code", code(diagnostic.kind)},
             {"source", "srtc"},
             {"message", fixUTF8(message)}};
  Array others = related(diagnostic), edits = fixes(diagnostic);
  if (!others.empty())
    out["relatedInformation"] = std::move(others);
  if (!edits.empty())
    out["data"] = Object{{"fixes", std::move(edits)}};
  return out;
}

static void compile(Compilation &compilation, Depth depth) {
  Sources &sources = compilation.sources;
  CompileOptions &options = compilation.options;
  auto target = kernel::targetNamed(options.target);
  bool isMac = target && target->os == kernel::Os::Macos;
  Stage stage = isMac ? Stage::Sbpl : Stage::Bundle;
  if (depth == Depth::All)
    options.checks = CheckDepth::Remarks;
  else
    stage = isMac ? Stage::Ir : Stage::Plan;
  compileTo(stage, sources, compilation.root, options, compilation.diags);
}

Array diagnosticsOf(const Query &query, Depth depth) {
  if (query.document.isTooLarge)
    return noticeOf("the document is larger than " +
                    std::to_string(kMaxDocument >> 20) + " MiB; it is not read");
  Compilation compilation(query);
  compile(compilation, depth);
  Converter converter(query, compilation);
  Array out;
  for (const Diagnostic *each : compilation.diags.sorted())
    out.push_back(converter.convert(*each));
  return out;
}

Array noticeOf(llvm::StringRef message) {
  return Array{Object{{"range", llvm::lsp::Range()},
                      {"severity", int(DiagnosticSeverity::Warning)},
                      {"source", "srt-lsp"},
                      {"message", message.str()}}};
}

} // namespace srt::lsp
