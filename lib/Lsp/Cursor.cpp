// lib/Lsp/Cursor.cpp: the words around a place in a .srt text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Cursor.h"

namespace srt::lsp {

namespace {
/// Keeps the blocks that are open and the statement that is being written.
class Walk {
public:
  void add(llvm::StringRef word);
  Block block() const;

  std::vector<std::string> statement;

private:
  std::vector<Block> open;
};
} // namespace

Block Walk::block() const { return open.empty() ? Block::File : open.back(); }

void Walk::add(llvm::StringRef word) {
  if (word == "{") {
    bool isTest = !statement.empty() && statement.front() == "test";
    open.push_back(isTest ? Block::Test : Block::Policy);
  }
  if (word == "}" && !open.empty())
    open.pop_back();
  if (word == "{" || word == "}" || word == ";")
    statement.clear();
  else
    statement.push_back(word.str());
}

/// True if the place is part of the token: inside it, or at the end of one that
/// could go on.
static bool isIn(const TextToken &token, llvm::StringRef text, size_t offset) {
  if (token.begin >= offset)
    return false;
  switch (token.kind) {
  case TokenKind::Word:
  case TokenKind::Number:
  case TokenKind::Group:
  case TokenKind::Unclosed:
    return offset <= token.end;
  case TokenKind::Comment:
    // A comment to the end of the line goes on, one in marks has ended.
    return offset < token.end ||
           (offset == token.end && !text.slice(token.begin, token.end).ends_with("*/"));
  case TokenKind::Text:
  case TokenKind::Punctuation:
  case TokenKind::Other:
    return offset < token.end;
  }
  return false;
}

Cursor cursorAt(llvm::StringRef text, size_t offset) {
  Cursor cursor;
  cursor.word = {offset, offset};
  Walk walk;
  for (const TextToken &token : tokensOf(text)) {
    if (token.begin >= offset)
      break;
    bool isComment = token.kind == TokenKind::Comment;
    if (isIn(token, text, offset)) {
      cursor.isInComment = isComment;
      cursor.kind = token.kind;
      cursor.word = {token.begin, token.end};
      break;
    }
    if (!isComment)
      walk.add(text.slice(token.begin, token.end));
  }
  cursor.before = std::move(walk.statement);
  cursor.block = walk.block();
  return cursor;
}

} // namespace srt::lsp
