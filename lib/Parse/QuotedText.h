// lib/Parse/QuotedText.h: what stands between the quotes of YAML, TOML, JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_QUOTEDTEXT_H
#define SRT_LIB_PARSE_QUOTEDTEXT_H

#include "lib/Parse/Tables.h"

namespace srt::tables {

/// How a text is quoted, that is, what a backslash or a quote in it means.
enum class Quoting : uint8_t {
  Bare,       // YAML plain, TOML bare keys: every byte is itself
  Json,       // "..."
  TomlBasic,  // "..."
  TomlRaw,    // '...'
  YamlDouble, // "..."
  YamlSingle  // '...', where '' is one quote
};

/// One quoted text in the file: bytes [begin, end), `lead` of them the quotes
/// in front and as many behind.
struct Quoted {
  Quoting quoting = Quoting::Bare;
  size_t begin = 0;
  size_t end = 0;
  uint32_t lead = 0;
};

/// Makes a Text node out of it. Reports escapes that the format does not have,
/// and code points that are none, at their places; then returns nothing.
std::optional<Node> readQuoted(const Reading &reading, const Quoted &quoted);

/// The place behind the closing `quote` of the text that opens at `at`, on one
/// line; reports a missing one. With `escapes`, a backslash hides a quote.
enum class Backslash : uint8_t { Escapes, IsPlain };
std::optional<size_t> closingQuote(const Reading &reading, size_t at,
                                   Backslash backslash);

} // namespace srt::tables

#endif
