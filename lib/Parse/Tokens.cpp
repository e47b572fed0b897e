// lib/Parse/Tokens.cpp: the words of a .srt text, whether or not it reads.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Tokens.h"

#include "lib/Parse/ByteStream.h"

#include "SrtLexer.h"

#include "llvm/ADT/StringExtras.h"

namespace srt {

using grammar::SrtLexer;

static TokenKind kindOf(size_t type, llvm::StringRef text) {
  switch (type) {
  case SrtLexer::TEXT:
    return TokenKind::Text;
  case SrtLexer::NUMBER:
    return TokenKind::Number;
  case SrtLexer::GROUP:
    return TokenKind::Group;
  case SrtLexer::COMMENT:
  case SrtLexer::BLOCK_COMMENT:
  case SrtLexer::UNCLOSED_COMMENT:
    return TokenKind::Comment;
  case SrtLexer::UNCLOSED_TEXT:
    return TokenKind::Unclosed;
  case SrtLexer::STRAY:
    return TokenKind::Other;
  }
  // What is left are names, and the words and marks that the grammar quotes.
  bool isWord = !text.empty() && (llvm::isAlpha(text[0]) || text[0] == '_');
  return isWord ? TokenKind::Word : TokenKind::Punctuation;
}

std::vector<TextToken> tokensOf(llvm::StringRef text) {
  ByteStream bytes(text);
  SrtLexer lexer(&bytes);
  lexer.removeErrorListeners();
  std::vector<TextToken> tokens;
  while (true) {
    std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF)
      return tokens;
    size_t begin = token->getStartIndex();
    size_t end = token->getStopIndex() + 1;
    tokens.push_back(
        {kindOf(token->getType(), text.slice(begin, end)), begin, end});
  }
}

} // namespace srt
