// lib/IR/TextLexer.h: tokens of IR text and plan text.
// SPDX-License-Identifier: Apache-2.0
//
// Never fails: what is no token comes out as Kind::Bad, and the end repeats.
// `//` starts a comment that ends with the line.
#ifndef SRT_LIB_IR_TEXTLEXER_H
#define SRT_LIB_IR_TEXTLEXER_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace srt::ir {

/// A piece of the source, at bytes [begin, end) of it.
struct Token {
  enum class Kind : uint8_t {
    Word,   // one or more of [A-Za-z0-9_.@%+-]
    Quoted, // "...", still escaped, on one line
    Punct,  // one of {}[]():,;=<>|&!*
    Bad,    // one stray byte, or a text without closing quote
    End,
  };
  Kind kind = Kind::End;
  llvm::StringRef text; // as written; of Quoted: what is between the quotes
  size_t begin = 0;
  size_t end = 0;
};

/// The token as a message names it: "`rule`", "the end of the text".
std::string described(const Token &token);

/// Cuts a source, which must outlive it, into tokens.
class TextLexer {
public:
  explicit TextLexer(llvm::StringRef source) : source(source) {}

  /// The next token; Kind::End at the end, again and again.
  Token next();

private:
  void skipBlanks();
  Token cut(Token::Kind kind, size_t length);
  Token quoted();

  llvm::StringRef source;
  size_t at = 0;
};

} // namespace srt::ir

#endif
