// lib/Lsp/Documents.h: the texts that an editor has open.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_DOCUMENTS_H
#define SRT_LIB_LSP_DOCUMENTS_H

#include "llvm/Support/LSP/Protocol.h"

#include <map>
#include <optional>
#include <string>

namespace srt::lsp {

/// More than the compiler reads of one file; a document that is larger is kept
/// without its text, and says so (see Document::isTooLarge).
inline constexpr size_t kMaxDocument = 16u << 20; // bytes
inline constexpr size_t kMaxDocuments = 256;

struct Document {
  llvm::lsp::URIForFile uri;
  std::string text; // UTF-8
  int64_t version = 0;
  bool isTooLarge = false;

  /// As the file is called on this machine.
  std::string path() const { return uri.file().str(); }
};

/// By URI. Nothing that a client says about documents that are not open does
/// anything.
class Documents {
public:
  /// Returns nothing if as many as there may be are open.
  const Document *open(const llvm::lsp::DidOpenTextDocumentParams &params);
  const Document *change(const llvm::lsp::DidChangeTextDocumentParams &params);
  void close(const llvm::lsp::URIForFile &uri);

  const Document *find(const llvm::lsp::URIForFile &uri) const;
  const std::map<std::string, Document> &all() const { return documents; }

private:
  std::map<std::string, Document> documents;
};

} // namespace srt::lsp

#endif
