// lib/Lsp/Cursor.h: the words around a place in a .srt text.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_CURSOR_H
#define SRT_LIB_LSP_CURSOR_H

#include "lib/Lsp/Outline.h"

namespace srt::lsp {

/// Where in the file a statement stands.
enum class Block : uint8_t { File, Policy, Test };

/// What stands at a place and, in its statement, before it.
struct Cursor {
  /// The word that the place is in or at the end of; empty between words.
  Span word;
  TokenKind kind = TokenKind::Other; // Other: between words
  bool isInComment = false;
  std::vector<std::string> before; // words of the statement, quotes included
  Block block = Block::File;

  bool isInText() const {
    return kind == TokenKind::Text || kind == TokenKind::Unclosed;
  }
  /// The first word, or an empty text.
  llvm::StringRef head() const {
    return before.empty() ? llvm::StringRef() : llvm::StringRef(before.front());
  }
  llvm::StringRef last() const {
    return before.empty() ? llvm::StringRef() : llvm::StringRef(before.back());
  }
};

/// O(n). Requires: offset <= text.size().
Cursor cursorAt(llvm::StringRef text, size_t offset);

} // namespace srt::lsp

#endif
