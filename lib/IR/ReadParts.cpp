// lib/IR/ReadParts.cpp: locations, patterns, env rules and limits from text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/ReadParts.h"

#include "lib/IR/PatternText.h"

#include <limits>

namespace srt::ir {

static constexpr Resource kResources[] = {Resource::Path,     Resource::Command,
                                          Resource::Endpoint, Resource::Subject,
                                          Resource::Syscall,  Resource::Name};

static constexpr Limit::Kind kLimits[] = {
#define SRT_LIMIT(id, ...) Limit::Kind::id,
#include "lib/IR/Limits.def"
};

/// Reads a line or a column.
static bool readCount(llvm::StringRef text, uint32_t &count) {
  TextError error;
  TextScan scan(text, error);
  std::optional<uint64_t> value =
      scan.decimal(std::numeric_limits<uint32_t>::max());
  count = value.value_or(0);
  return count > 0 && scan.atEnd();
}

/// Reads `COLUMN-LINE`, which the lexer takes for one word.
static bool readMiddle(TextCursor &cursor, SourceRange &range) {
  auto [column, line] = cursor.peek().text.split('-');
  if (cursor.peek().kind != Token::Kind::Word ||
      !readCount(column, range.column) || !readCount(line, range.endLine))
    return cursor.fail("`COLUMN-LINE`, both from 1");
  cursor.take();
  return true;
}

static bool readNumber(TextCursor &cursor, uint32_t &count) {
  if (cursor.peek().kind != Token::Kind::Word ||
      !readCount(cursor.peek().text, count))
    return cursor.fail("a line or column, from 1");
  cursor.take();
  return true;
}

static bool isOrdered(SourceRange range) {
  return std::pair(range.line, range.column) <=
         std::pair(range.endLine, range.endColumn);
}

bool readLocation(TextCursor &cursor, size_t begin, SourceRange &range) {
  range = cursor.rangeFrom(begin);
  size_t start = cursor.peek().begin;
  if (!cursor.acceptWord("at"))
    return true;
  range = {};
  if (cursor.acceptWord("nowhere"))
    return true;
  auto name = cursor.quotedText("the name of a file, or `nowhere`");
  std::optional<FileId> file = name ? cursor.fileNamed(*name) : std::nullopt;
  if (!file)
    return false;
  range.file = *file;
  if (!cursor.expectPunct(':') || !readNumber(cursor, range.line) ||
      !cursor.expectPunct(':') || !readMiddle(cursor, range) ||
      !cursor.expectPunct(':') || !readNumber(cursor, range.endColumn))
    return false;
  return isOrdered(range) ||
         cursor.failAt(cursor.rangeFrom(start), "a range that ends early",
                       "an end not before the start");
}

Rule::Origin readOrigin(TextCursor &cursor) {
  return cursor.acceptWord("implied") ? Rule::Origin::Implied
                                      : Rule::Origin::Written;
}

std::optional<Resource> readResource(TextCursor &cursor) {
  for (Resource resource : kResources)
    if (cursor.acceptWord(resourceName(resource)))
      return resource;
  cursor.fail("`path`, `command`, `endpoint`, `subject`, `syscall` or `name`");
  return std::nullopt;
}

/// Reads the one kind of pattern that stands without quotes.
static std::optional<Pattern> readSubjectWord(TextCursor &cursor) {
  TextError error;
  if (cursor.peek().kind == Token::Kind::Word)
    if (auto subject = readSubject(cursor.peek().text, error)) {
      cursor.take();
      return Pattern{*subject, {}};
    }
  cursor.fail("`self`, `sandbox` or `all`");
  return std::nullopt;
}

std::optional<Pattern> readPatternText(TextCursor &cursor, Resource resource,
                                       llvm::ArrayRef<Param> params) {
  if (resource == Resource::Subject)
    return readSubjectWord(cursor);
  std::optional<Token> token = cursor.quotedToken("a quoted pattern");
  if (!token)
    return std::nullopt;
  TextError error;
  auto pattern = readPattern(resource, token->text, params, error);
  if (!pattern)
    cursor.failInside(*token, error);
  return pattern;
}

static bool readEnvKind(TextCursor &cursor, EnvRule &env) {
  if (cursor.acceptWord("pass"))
    env.kind = EnvRule::Kind::Pass;
  else if (cursor.acceptWord("set"))
    env.kind = EnvRule::Kind::Set;
  else if (cursor.acceptWord("unset"))
    env.kind = EnvRule::Kind::Unset;
  else
    return cursor.fail("`pass`, `set` or `unset`");
  return true;
}

bool readEnv(TextCursor &cursor, EnvRule &env) {
  size_t begin = cursor.take().begin;
  env.origin = readOrigin(cursor);
  if (!readEnvKind(cursor, env))
    return false;
  auto name = cursor.quotedText("the name of a variable");
  if (!name)
    return false;
  env.name = *name;
  if (env.kind == EnvRule::Kind::Set) {
    if (!cursor.expectPunct('='))
      return false;
    auto value = cursor.quotedText("the value of the variable");
    if (!value)
      return false;
    env.value = *value;
  }
  return readLocation(cursor, begin, env.range);
}

static std::optional<Limit::Kind> readLimitKind(TextCursor &cursor) {
  for (Limit::Kind kind : kLimits)
    if (cursor.acceptWord(spelling(kind)))
      return kind;
  cursor.fail("the name of a limit");
  return std::nullopt;
}

bool readLimit(TextCursor &cursor, Limit &limit) {
  size_t begin = cursor.take().begin;
  std::optional<Limit::Kind> kind = readLimitKind(cursor);
  if (!kind)
    return false;
  auto value = cursor.number("a number", std::numeric_limits<uint64_t>::max());
  if (!value)
    return false;
  limit.kind = *kind;
  limit.value = *value;
  return readLocation(cursor, begin, limit.range);
}

} // namespace srt::ir
