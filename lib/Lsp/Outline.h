// lib/Lsp/Outline.h: the names in a .srt text, whether or not it reads.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_OUTLINE_H
#define SRT_LIB_LSP_OUTLINE_H

#include "lib/Parse/Tokens.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace srt::lsp {

/// Bytes [begin, end) of a text.
struct Span {
  size_t begin = 0;
  size_t end = 0;

  /// True on the first byte, on the last, and right behind it.
  bool touches(size_t offset) const {
    return begin <= offset && offset <= end;
  }
};

/// A name and where it stands.
struct NameSite {
  std::string name;
  Span span;
};

/// `import "file";`, the place that of what stands between the quotes.
struct ImportSite {
  std::string file;
  Span span;
};

/// `param NAME: TYPE = VALUE;`
struct ParamSite {
  std::string name;
  Span span; // of the name
  std::string type;
  std::string statement; // all of it, on one line
};

/// A param in a text: `${name}`, or `~/` for home and `./` for project.
struct UseSite {
  enum class Spelling : uint8_t { Braces, Short };
  std::string name;
  Span span; // of the name, or of the `~` or `.`
  Spelling spelling = Spelling::Braces;
};

struct Outline {
  std::vector<ImportSite> imports;
  std::optional<NameSite> policy;
  std::vector<NameSite> parents; // behind `extends`
  std::vector<ParamSite> params;
  std::vector<UseSite> uses;
};

/// O(n).
Outline outlineOf(llvm::StringRef text);

/// tokensOf() without comments.
std::vector<TextToken> wordsOf(llvm::StringRef text);

} // namespace srt::lsp

#endif
