// lib/IR/TextCursor.cpp: the steps and the errors of reading IR text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/TextCursor.h"

#include <algorithm>

namespace srt::ir {

/// Sources looks names up one by one; more files than this would be slow, and
/// no policy has them.
static constexpr uint32_t kMaxFiles = 1024;

TextCursor::TextCursor(Sources &sources, FileId file, DiagnosticEngine &diags)
    : sources(sources), file(file), diags(diags), lexer(sources.text(file)),
      ahead(lexer.next()) {}

Token TextCursor::take() {
  Token taken = ahead;
  lastEnd = taken.end;
  ahead = lexer.next();
  return taken;
}

bool TextCursor::atWord(llvm::StringRef word) const {
  return ahead.kind == Token::Kind::Word && ahead.text == word;
}

bool TextCursor::acceptWord(llvm::StringRef word) {
  if (!atWord(word))
    return false;
  take();
  return true;
}

bool TextCursor::acceptPunct(char punct) {
  if (ahead.kind != Token::Kind::Punct || ahead.text.front() != punct)
    return false;
  take();
  return true;
}

bool TextCursor::expectWord(llvm::StringRef word) {
  return acceptWord(word) || fail(("`" + word + "`").str());
}

bool TextCursor::expectPunct(char punct) {
  return acceptPunct(punct) || fail(std::string("`") + punct + "`");
}

std::optional<llvm::StringRef> TextCursor::word(llvm::StringRef what) {
  if (ahead.kind == Token::Kind::Word)
    return take().text;
  fail(what);
  return std::nullopt;
}

std::optional<Token> TextCursor::quotedToken(llvm::StringRef what) {
  if (ahead.kind == Token::Kind::Quoted)
    return take();
  fail(what);
  return std::nullopt;
}

std::optional<std::string> TextCursor::quotedText(llvm::StringRef what) {
  std::optional<Token> token = quotedToken(what);
  if (!token)
    return std::nullopt;
  TextError error;
  std::optional<std::string> text = readQuoted(token->text, error);
  if (!text)
    failInside(*token, error);
  return text;
}

std::optional<uint64_t> TextCursor::number(llvm::StringRef what,
                                           uint64_t most) {
  TextError error;
  TextScan scan(ahead.text, error);
  if (ahead.kind == Token::Kind::Word) {
    std::optional<uint64_t> value = scan.decimal(most);
    if (value && scan.atEnd()) {
      take();
      return value;
    }
  }
  fail(what);
  return std::nullopt;
}

bool TextCursor::fail(llvm::StringRef expected) {
  return failAt(rangeOf(ahead), described(ahead), expected);
}

bool TextCursor::failInside(const Token &token, const TextError &error) {
  // One past the opening quote.
  size_t begin = token.begin + 1 + std::min(error.at, token.text.size());
  llvm::StringRef byte = token.text.substr(error.at, 1);
  std::string found =
      byte.empty() ? "the closing quote" : "`" + shown(byte) + "`";
  return failAt(sources.range(file, begin, begin + 1), found, error.expected);
}

bool TextCursor::failAt(SourceRange range, llvm::StringRef found,
                        llvm::StringRef expected) {
  if (!hasFailed)
    diags.report(range, diag::IrSyntax, found, expected);
  hasFailed = true;
  return false;
}

SourceRange TextCursor::rangeFrom(size_t begin) const {
  return sources.range(file, begin, std::max(begin, lastEnd));
}

SourceRange TextCursor::rangeOf(const Token &token) const {
  return sources.range(file, token.begin, token.end);
}

std::optional<FileId> TextCursor::fileNamed(llvm::StringRef name) {
  FileId found = sources.named(name);
  if (found.value < kMaxFiles)
    return found;
  fail("at most 1024 different file names");
  return std::nullopt;
}

} // namespace srt::ir
