// lib/IR/TextLexer.cpp: cuts IR text into tokens.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/TextLexer.h"

#include "lib/Diag/Diagnostic.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <algorithm>

namespace srt::ir {

static bool isWordByte(char c) {
  return llvm::isAlnum(c) || llvm::StringRef("_.@%+-").contains(c);
}

static bool isPunct(char c) {
  return llvm::StringRef("{}[]():,;=<>|&!*").contains(c);
}

std::string described(const Token &token) {
  switch (token.kind) {
  case Token::Kind::Word:
  case Token::Kind::Punct:
    return "`" + shown(token.text) + "`";
  case Token::Kind::Quoted:
    return "text `" + shown(token.text) + "`";
  case Token::Kind::Bad:
    return token.text.starts_with("\"") ? "text without a closing quote"
                                        : "byte `" + shown(token.text) + "`";
  case Token::Kind::End:
    return "the end of the text";
  }
  llvm_unreachable("unknown kind of token");
}

void TextLexer::skipBlanks() {
  while (at < source.size()) {
    llvm::StringRef rest = source.drop_front(at);
    if (rest.starts_with("//"))
      at = std::min(source.find('\n', at), source.size());
    else if (llvm::StringRef(" \t\n").contains(rest.front()))
      ++at;
    else
      return;
  }
}

Token TextLexer::cut(Token::Kind kind, size_t length) {
  Token token{kind, source.substr(at, length), at, at + length};
  at += length;
  return token;
}

/// Requires: a quote stands here.
Token TextLexer::quoted() {
  size_t end = at + 1;
  while (end < source.size() && source[end] != '"' && source[end] != '\n')
    end += source[end] == '\\' && source.substr(end + 1, 1) != "\n" ? 2 : 1;
  if (end >= source.size() || source[end] != '"')
    return cut(Token::Kind::Bad, std::min(end, source.size()) - at);
  Token token = cut(Token::Kind::Quoted, end + 1 - at);
  token.text = token.text.drop_front().drop_back();
  return token;
}

Token TextLexer::next() {
  skipBlanks();
  llvm::StringRef rest = source.drop_front(at);
  if (rest.empty())
    return cut(Token::Kind::End, 0);
  if (rest.front() == '"')
    return quoted();
  if (isWordByte(rest.front()))
    return cut(Token::Kind::Word, rest.take_while(isWordByte).size());
  return cut(isPunct(rest.front()) ? Token::Kind::Punct : Token::Kind::Bad, 1);
}

} // namespace srt::ir
