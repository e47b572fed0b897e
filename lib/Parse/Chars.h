// lib/Parse/Chars.h: the bytes of a quoted text, escapes and params resolved.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_CHARS_H
#define SRT_LIB_PARSE_CHARS_H

#include "lib/Parse/Scope.h"

namespace srt {

/// One byte of a text. A plain byte was escaped or came out of a param: it
/// stands for itself and is never a wildcard, a brace or a separator of words.
struct Char {
  enum class Role : uint8_t { Active, Plain };
  uint8_t byte = 0;
  Role role = Role::Active;
  uint32_t at = 0; // offset in Literal::text of what it came from

  bool is(char c) const { return role == Role::Active && byte == uint8_t(c); }
};
using Chars = std::vector<Char>;

/// A param whose value is part of a text.
struct ParamUse {
  std::string name;
  ParamType type;
  SourceRange range;
  size_t begin; // index of its first char
};

/// A text without its path param, if it starts with one.
struct Spelled {
  std::optional<ir::ParamId> base = {}; // a `${path-param}` at the very start
  Chars chars = {};
  std::vector<ParamUse> uses = {}; // in the order in which they stand
};

/// Resolves `\x` and `${param}`. A path param may only stand at the start,
/// and there only if `base` is Allowed. Nothing on error, which is reported.
enum class Base : uint8_t { Allowed, Unwanted };
std::optional<Spelled> spell(const syntax::Literal &literal, Base base,
                             Scope &scope);

/// The text with each `\\x` replaced by `x`.
std::string unescaped(llvm::StringRef text);

/// The text of the chars, roles forgotten.
std::string plainText(const Chars &chars);

/// Replaces each `{a,b}` by its alternatives; nothing on error. Iterative, and
/// bounded by kMaxAlternatives results.
inline constexpr unsigned kMaxAlternatives = 512;
std::optional<std::vector<Chars>> expandAlternatives(
    const syntax::Literal &literal, Chars chars, Scope &scope);

/// The place in the file that a stretch of chars came from.
SourceRange rangeOf(const syntax::Literal &literal, const Chars &chars,
                    size_t begin, size_t end);

/// Reports E2006: what is wrong with the glob at chars [begin, end).
void reportGlob(const syntax::Literal &literal, SourceRange range,
                llvm::StringRef what, Scope &scope);

} // namespace srt

#endif
