// lib/Parse/TomlScalars.h: the smallest parts of a TOML file.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_TOMLSCALARS_H
#define SRT_LIB_PARSE_TOMLSCALARS_H

#include "lib/Parse/Tables.h"

#include "llvm/Support/Regex.h"

namespace srt::tables {

/// Reads on from `at`, the only state it has. Every function that returns
/// nothing or false has reported why.
class TomlCursor {
public:
  explicit TomlCursor(const Reading &reading)
      : reading(reading), text(reading.text()), integer(kInteger), real(kReal),
        date(kDate) {}

  bool isAt(llvm::StringRef what) const {
    return text.substr(at).starts_with(what);
  }
  bool isAtEnd() const { return at == text.size(); }
  bool isAtLineEnd() const { return isAtEnd() || isAt("\n") || isAt("\r\n"); }

  /// Spaces and tabs.
  void skipBlanks();
  /// Blanks, line ends and comments.
  void skipLines();
  /// Blanks and a comment, then the end of the line.
  bool endLine();
  bool take(llvm::StringRef what);

  /// One or more keys with dots between them.
  std::optional<std::vector<Node>> dottedKey();
  /// A text, number, truth value or date.
  std::optional<Node> scalar();

  /// Reports "found X, expected ..." at `at`.
  bool fail(llvm::StringRef expected);

  const Reading &reading;
  llvm::StringRef text; // owned by Sources
  size_t at = 0;

private:
  std::optional<Node> key();
  std::optional<Node> quoted();
  std::optional<Node> longQuoted();
  std::optional<Node> word();
  std::optional<Node::Kind> kindOf(llvm::StringRef word) const;

  static const llvm::StringLiteral kInteger;
  static const llvm::StringLiteral kReal;
  static const llvm::StringLiteral kDate;
  llvm::Regex integer;
  llvm::Regex real;
  llvm::Regex date;
};

} // namespace srt::tables

#endif
