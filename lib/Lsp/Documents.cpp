// lib/Lsp/Documents.cpp: the texts that an editor has open.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Documents.h"

#include "lib/Lsp/TextIndex.h"

namespace srt::lsp {

using namespace llvm::lsp;

static void setText(Document &document, std::string text) {
  document.isTooLarge = text.size() > kMaxDocument;
  document.text = document.isTooLarge ? std::string() : std::move(text);
}

const Document *Documents::open(const DidOpenTextDocumentParams &params) {
  std::string uri = params.textDocument.uri.uri().str();
  if (documents.size() >= kMaxDocuments && !documents.count(uri))
    return nullptr;
  Document &document = documents[uri];
  document.uri = params.textDocument.uri;
  document.version = params.textDocument.version;
  setText(document, params.textDocument.text);
  return &document;
}

/// Without a range the text is all of the document.
static std::string applied(const TextDocumentContentChangeEvent &event,
                           const std::string &text) {
  if (!event.range)
    return event.text;
  TextIndex index(text);
  size_t begin = index.offset(event.range->start);
  size_t end = std::max(begin, index.offset(event.range->end));
  return text.substr(0, begin) + event.text + text.substr(end);
}

const Document *Documents::change(const DidChangeTextDocumentParams &params) {
  auto found = documents.find(params.textDocument.uri.uri().str());
  if (found == documents.end())
    return nullptr;
  Document &document = found->second;
  document.version = params.textDocument.version;
  for (const TextDocumentContentChangeEvent &event : params.contentChanges)
    // What is missing of a text cannot be changed, only replaced.
    if (!document.isTooLarge || !event.range)
      setText(document, applied(event, document.text));
  return &document;
}

void Documents::close(const URIForFile &uri) {
  documents.erase(uri.uri().str());
}

const Document *Documents::find(const URIForFile &uri) const {
  auto found = documents.find(uri.uri().str());
  return found == documents.end() ? nullptr : &found->second;
}

} // namespace srt::lsp
