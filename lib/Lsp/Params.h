// lib/Lsp/Params.h: parameters of requests that LLVM's Protocol.h lacks.
// SPDX-License-Identifier: Apache-2.0
//
// Shapes: Language Server Protocol 3.17, the sections of the same names.
#ifndef SRT_LIB_LSP_PARAMS_H
#define SRT_LIB_LSP_PARAMS_H

#include "llvm/Support/JSON.h"
#include "llvm/Support/LSP/Protocol.h"

namespace srt::lsp {

/// `textDocument/rename`.
struct RenameParams : llvm::lsp::TextDocumentPositionParams {
  std::string newName;
};
inline bool fromJSON(const llvm::json::Value &value, RenameParams &out,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("newName", out.newName) &&
         fromJSON(value,
                  static_cast<llvm::lsp::TextDocumentPositionParams &>(out),
                  path);
}

/// `textDocument/formatting` and `textDocument/didSave`: what else they say
/// makes no difference, for there is one layout.
struct DocumentParams {
  llvm::lsp::TextDocumentIdentifier textDocument;
};
inline bool fromJSON(const llvm::json::Value &value, DocumentParams &out,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("textDocument", out.textDocument);
}

} // namespace srt::lsp

#endif
