// lib/Parse/TomlScalars.cpp: keys, texts, numbers and dates of TOML.
// SPDX-License-Identifier: Apache-2.0
//
// Source: TOML 1.0.0, sections "Keys", "String", "Integer" to "Local Time".
#include "lib/Parse/TomlScalars.h"

#include "lib/Parse/QuotedText.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::tables {

void TomlCursor::skipBlanks() {
  at = std::min(text.find_first_not_of(" \t", at), text.size());
}

void TomlCursor::skipLines() {
  for (skipBlanks(); !isAtEnd(); skipBlanks()) {
    if (isAt("#"))
      at = std::min(text.find('\n', at), text.size());
    else if (isAt("\r\n"))
      at += 2;
    else if (isAt("\n"))
      ++at;
    else
      return;
  }
}

bool TomlCursor::endLine() {
  skipBlanks();
  if (isAt("#"))
    at = std::min(text.find('\n', at), text.size());
  return isAtLineEnd() || fail("the end of the line");
}

bool TomlCursor::take(llvm::StringRef what) {
  if (!isAt(what))
    return false;
  at += what.size();
  return true;
}

bool TomlCursor::fail(llvm::StringRef expected) {
  size_t end = isAtLineEnd() ? at : at + 1;
  reading.syntaxError(
      at, end, "found " + reading.found(at) + ", expected " + expected.str());
  return false;
}

static bool isBare(char c) { return llvm::isAlnum(c) || c == '_' || c == '-'; }

std::optional<Node> TomlCursor::key() {
  if (isAt("\"\"\"") || isAt("'''")) {
    fail("a key on one line");
    return std::nullopt;
  }
  if (isAt("\"") || isAt("'"))
    return quoted();
  size_t begin = at;
  while (!isAtEnd() && isBare(text[at]))
    ++at;
  if (begin == at) {
    fail("a key");
    return std::nullopt;
  }
  return readQuoted(reading, {Quoting::Bare, begin, at, 0});
}

std::optional<std::vector<Node>> TomlCursor::dottedKey() {
  std::vector<Node> keys;
  do {
    skipBlanks();
    std::optional<Node> next = key();
    if (!next)
      return std::nullopt;
    keys.push_back(std::move(*next));
    skipBlanks();
  } while (take("."));
  return keys;
}

std::optional<Node> TomlCursor::quoted() {
  bool isBasic = isAt("\"");
  size_t begin = at;
  std::optional<size_t> end = closingQuote(
      reading, at, isBasic ? Backslash::Escapes : Backslash::IsPlain);
  if (!end)
    return std::nullopt;
  at = *end;
  return readQuoted(
      reading, {isBasic ? Quoting::TomlBasic : Quoting::TomlRaw, begin, at, 1});
}

/// At three quotes. Up to two quotes may stand right before the closing three.
std::optional<Node> TomlCursor::longQuoted() {
  bool isBasic = isAt("\"");
  char quote = text[at];
  size_t begin = at;
  size_t end = at + 3;
  std::string three(3, quote);
  while (end < text.size() && !text.substr(end).starts_with(three))
    end += isBasic && text[end] == '\\' ? 2 : 1;
  if (end >= text.size()) {
    reading.syntaxError(at, at + 3, "text has no closing quotes");
    return std::nullopt;
  }
  end += 3;
  for (int extra = 0; extra < 2 && end < text.size() && text[end] == quote;
       ++extra)
    ++end;
  at = end;
  Quoting quoting = isBasic ? Quoting::TomlBasic : Quoting::TomlRaw;
  if (!text.slice(begin, end).contains('\n'))
    return readQuoted(reading, {quoting, begin, end, 3});
  // Read as it stands, without folding: FromTables says E1021 to it.
  return readQuoted(reading, {Quoting::TomlRaw, begin, end, 3});
}

const llvm::StringLiteral TomlCursor::kInteger =
    "^([-+]?(0|[1-9](_?[0-9])*)|0x[0-9A-Fa-f](_?[0-9A-Fa-f])*|"
    "0o[0-7](_?[0-7])*|0b[01](_?[01])*)$";
const llvm::StringLiteral TomlCursor::kReal =
    "^[-+]?((0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?"
    "([eE][-+]?[0-9](_?[0-9])*)?|inf|nan)$";
const llvm::StringLiteral TomlCursor::kDate =
    "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?"
    "([Tt ]?([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"
    "([Zz]|[-+]([01][0-9]|2[0-3]):[0-5][0-9])?)?$";

std::optional<Node::Kind> TomlCursor::kindOf(llvm::StringRef word) const {
  if (word == "true" || word == "false")
    return Node::Kind::Boolean;
  if (integer.match(word) || real.match(word))
    return Node::Kind::Number;
  if (!word.empty() && llvm::isDigit(word[0]) && date.match(word))
    return Node::Kind::Date;
  return std::nullopt;
}

std::optional<Node> TomlCursor::word() {
  auto isPart = [](char c) {
    return isBare(c) || c == '+' || c == '.' || c == ':';
  };
  llvm::StringRef found = text.substr(at).take_while(isPart);
  // A space may stand between date and time.
  llvm::StringRef rest = text.substr(at + found.size());
  bool isDate = found.size() == 10 && found[4] == '-' && rest.size() > 3 &&
                rest[0] == ' ' && llvm::isDigit(rest[1]) && rest[3] == ':';
  if (isDate)
    found = text.substr(at, 11 + rest.drop_front().take_while(isPart).size());
  std::optional<Node::Kind> kind = kindOf(found);
  if (!kind) {
    Diagnostic &error = reading.syntaxError(
        at, at + std::max<size_t>(found.size(), isAtLineEnd() ? 0 : 1),
        "found " + reading.found(at) + ", expected a value");
    if (!found.empty())
      error.hint("a text stands in quotes");
    return std::nullopt;
  }
  Node node{*kind, 0, found.str(), reading.range(at, at + found.size())};
  at += found.size();
  return node;
}

std::optional<Node> TomlCursor::scalar() {
  if (isAt("\"\"\"") || isAt("'''"))
    return longQuoted();
  return isAt("\"") || isAt("'") ? quoted() : word();
}

} // namespace srt::tables
