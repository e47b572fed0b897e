// lib/Lsp/Places.cpp: source ranges as ranges and locations of the protocol.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Places.h"

namespace srt::lsp {

std::string pathOfImport(llvm::StringRef name, const CompileOptions &options) {
  llvm::StringRef rest = name;
  if (rest.consume_front("std/"))
    return options.stdFolder + "/" + rest.str();
  return name.str();
}

llvm::json::Value ownedLocation(const llvm::lsp::Location &location) {
  return llvm::json::Object{{"uri", location.uri.uri().str()},
                            {"range", location.range}};
}

const TextIndex &Places::indexOf(FileId file) {
  auto found = indices.find(file);
  if (found == indices.end())
    found = indices.emplace(file, compilation.sources.text(file)).first;
  return found->second;
}

llvm::lsp::Range Places::range(SourceRange range) {
  if (range.isNowhere())
    return {};
  const Sources &sources = compilation.sources;
  size_t begin = sources.offset(range.file, range.line, range.column);
  size_t end = sources.offset(range.file, range.endLine, range.endColumn);
  return indexOf(range.file).range(begin, std::max(begin, end));
}

std::optional<llvm::lsp::Location> Places::location(SourceRange range) {
  if (range.isNowhere() || range.file == compilation.root)
    return llvm::lsp::Location(document.uri, this->range(range));
  auto uri = llvm::lsp::URIForFile::fromFile(pathOfImport(
      compilation.sources.name(range.file), compilation.options));
  if (uri)
    return llvm::lsp::Location(*uri, this->range(range));
  llvm::consumeError(uri.takeError());
  return std::nullopt;
}

} // namespace srt::lsp
