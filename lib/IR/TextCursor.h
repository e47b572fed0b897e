// lib/IR/TextCursor.h: stepping through IR text, and saying what was wrong.
// SPDX-License-Identifier: Apache-2.0
//
// Keeps one token of look-ahead. Reports the first error only: what follows it
// in a text that a program wrote would be noise.
#ifndef SRT_LIB_IR_TEXTCURSOR_H
#define SRT_LIB_IR_TEXTCURSOR_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/TextLexer.h"
#include "lib/IR/TextScan.h"
#include "lib/Support/Sources.h"

namespace srt::ir {

/// A place in one file of IR text. The file must have been added with a text.
class TextCursor {
public:
  TextCursor(Sources &sources, FileId file, DiagnosticEngine &diags);

  const Token &peek() const { return ahead; }
  Token take();

  bool atWord(llvm::StringRef word) const;
  bool acceptWord(llvm::StringRef word);
  bool acceptPunct(char punct);

  /// The same, but anything else is an error.
  bool expectWord(llvm::StringRef word);
  bool expectPunct(char punct);

  /// Takes a word, a quoted text (as written, or decoded) or a number; `what`
  /// completes "expected ...".
  std::optional<llvm::StringRef> word(llvm::StringRef what);
  std::optional<Token> quotedToken(llvm::StringRef what);
  std::optional<std::string> quotedText(llvm::StringRef what);
  std::optional<uint64_t> number(llvm::StringRef what, uint64_t most);

  /// Reports that `expected` should stand where the next token is. E4003.
  bool fail(llvm::StringRef expected);
  /// Reports that `expected` should stand at a byte inside a quoted token.
  bool failInside(const Token &token, const TextError &error);
  /// Reports what was found instead of `expected`. Always returns false.
  bool failAt(SourceRange range, llvm::StringRef found,
              llvm::StringRef expected);

  /// From byte `begin` to the end of the last token taken.
  SourceRange rangeFrom(size_t begin) const;
  SourceRange rangeOf(const Token &token) const;
  /// The file of that name, or nothing and an error if there are too many.
  std::optional<FileId> fileNamed(llvm::StringRef name);

private:
  Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
  TextLexer lexer;
  Token ahead;
  size_t lastEnd = 0;
  bool hasFailed = false;
};

} // namespace srt::ir

#endif
