// lib/Parse/Tokens.h: the words of a .srt text, whether or not it reads.
// SPDX-License-Identifier: Apache-2.0
//
// For editors: a text that is being written is broken most of the time, and
// its words are known all the same.
#ifndef SRT_LIB_PARSE_TOKENS_H
#define SRT_LIB_PARSE_TOKENS_H

#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace srt {

/// Text and Unclosed begin with a quote; only Text ends with one.
enum class TokenKind : uint8_t {
  Word,
  Text,
  Number,
  Group,
  Punctuation,
  Comment,
  Unclosed, // a text without its closing quote: it ends with the line
  Other
};

/// Bytes [begin, end) of the text.
struct TextToken {
  TokenKind kind = TokenKind::Other;
  size_t begin = 0;
  size_t end = 0;
};

/// Every token, comments included, in order. White space is between them.
std::vector<TextToken> tokensOf(llvm::StringRef text);

} // namespace srt

#endif
