// lib/Lsp/Names.h: where names are declared, and how they are changed.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_NAMES_H
#define SRT_LIB_LSP_NAMES_H

#include "lib/Lsp/Project.h"

#include "llvm/Support/JSON.h"

namespace srt::lsp {

/// True for the policy language; names in YAML, TOML and JSON are not followed.
bool isSrt(const Document &document);

/// The param whose declaration or use a place touches.
struct ParamAt {
  std::string name;
  Span span;
};
std::optional<ParamAt> paramAt(const Query &query, size_t offset);

/// A `Location`: of a param its declaration, of a parent its policy, of an
/// import its file. Null for everything else.
llvm::json::Value definitionAt(const Query &query,
                               llvm::lsp::Position position);

/// The range of the param at a place, or null: only params can be renamed.
llvm::json::Value renamableAt(const Query &query, llvm::lsp::Position position);

/// Renames the param at a place in the document and in every open document that
/// imports it. *Keeps* what the policy means. An LSPError (RequestFailed) says
/// why not: no param, a name that is none or taken, a param that another file
/// declares, `home` or `project` where `~/` or `./` stand for them.
llvm::Expected<llvm::json::Value> renameAt(const Query &query,
                                           llvm::lsp::Position position,
                                           llvm::StringRef newName);

} // namespace srt::lsp

#endif
