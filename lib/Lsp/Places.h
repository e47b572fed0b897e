// lib/Lsp/Places.h: source ranges as ranges and locations of the protocol.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_PLACES_H
#define SRT_LIB_LSP_PLACES_H

#include "lib/Lsp/TextIndex.h"
#include "lib/Lsp/Workspace.h"

namespace srt::lsp {

/// Where the file of that name lies: `std/...` in the folder of the library.
std::string pathOfImport(llvm::StringRef name, const CompileOptions &options);

/// A location as JSON that owns its text: what llvm::lsp::toJSON() makes of a
/// URI refers to it.
llvm::json::Value ownedLocation(const llvm::lsp::Location &location);

/// Requires: the compilation and the document outlive it.
class Places {
public:
  Places(const Compilation &compilation, const Document &document)
      : compilation(compilation), document(document) {}

  /// The start of the file for what has no place.
  llvm::lsp::Range range(SourceRange range);
  /// Nothing if the file has no name that makes a URI.
  std::optional<llvm::lsp::Location> location(SourceRange range);

private:
  const TextIndex &indexOf(FileId file);

  const Compilation &compilation;
  const Document &document;
  std::map<FileId, TextIndex> indices;
};

} // namespace srt::lsp

#endif
