// lib/IR/Read.cpp: the reader of IR text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Read.h"

#include "lib/IR/PatternText.h"
#include "lib/IR/ReadParts.h"

namespace srt::ir {

static constexpr Effect kEffects[] = {Effect::Allow, Effect::Ask, Effect::Deny};

namespace {
class PolicyReader {
public:
  PolicyReader(TextCursor &cursor) : cursor(cursor) {}

  std::optional<Policy> read();

private:
  bool readHeader();
  bool readStatement();
  bool readParam();
  bool readParamValue(Param &param);
  bool readRule();
  bool readActions(Rule &rule);
  bool readPatterns(std::vector<Pattern> &patterns);
  bool readPattern(std::vector<Pattern> &patterns);

  TextCursor &cursor;
  Policy policy;
};
} // namespace

bool PolicyReader::readHeader() {
  size_t begin = cursor.peek().begin;
  if (!cursor.expectWord("policy"))
    return false;
  llvm::StringRef name = cursor.peek().text;
  if (!name.consume_front("@") || !isIdentifier(name))
    return cursor.fail("`@` and the name of the policy");
  cursor.take();
  policy.name = name.str();
  return readLocation(cursor, begin, policy.range);
}

bool PolicyReader::readParamValue(Param &param) {
  if (cursor.acceptWord("cwd"))
    return true;
  bool isEnv = cursor.acceptWord("env");
  param.source = isEnv ? Param::Source::Env : Param::Source::Literal;
  std::optional<std::string> value = cursor.quotedText(
      isEnv ? "the name of a variable" : "`cwd`, `env` or a path");
  param.value = value.value_or("");
  return value.has_value();
}

bool PolicyReader::readParam() {
  // A pattern looks its param up one by one, so their number must be small.
  constexpr size_t kMaxParams = 1024;
  size_t begin = cursor.take().begin;
  Param param;
  llvm::StringRef name = cursor.peek().text;
  if (!name.consume_front("%") || !isIdentifier(name))
    return cursor.fail("`%` and the name of a param");
  if (policy.params.size() == kMaxParams)
    return cursor.fail("at most 1024 params");
  cursor.take();
  param.name = name.str();
  if (!cursor.expectPunct(':') || !cursor.expectWord("path") ||
      !cursor.expectPunct('=') || !readParamValue(param) ||
      !readLocation(cursor, begin, param.range))
    return false;
  policy.params.push_back(std::move(param));
  return true;
}

static std::optional<Effect> readEffect(TextCursor &cursor) {
  for (Effect effect : kEffects)
    if (cursor.acceptWord(spelling(effect)))
      return effect;
  cursor.fail("`allow`, `ask` or `deny`");
  return std::nullopt;
}

bool PolicyReader::readActions(Rule &rule) {
  while (cursor.peek().kind == Token::Kind::Word) {
    std::optional<ActionId> action = actionNamed(cursor.peek().text);
    if (!action)
      break;
    cursor.take();
    rule.actions.push_back(*action);
  }
  if (rule.actions.empty())
    return cursor.fail("an action");
  return true;
}

bool PolicyReader::readPattern(std::vector<Pattern> &patterns) {
  size_t begin = cursor.peek().begin;
  std::optional<Resource> resource = readResource(cursor);
  if (!resource)
    return false;
  std::optional<Pattern> pattern =
      readPatternText(cursor, *resource, policy.params);
  if (!pattern || !readLocation(cursor, begin, pattern->range))
    return false;
  patterns.push_back(std::move(*pattern));
  return true;
}

bool PolicyReader::readPatterns(std::vector<Pattern> &patterns) {
  if (!cursor.expectPunct('['))
    return false;
  do {
    if (!readPattern(patterns))
      return false;
  } while (cursor.acceptPunct(','));
  return cursor.acceptPunct(']') || cursor.fail("`,` or `]`");
}

bool PolicyReader::readRule() {
  size_t begin = cursor.take().begin;
  Rule rule;
  if (!cursor.expectWord(ruleName({uint32_t(policy.rules.size())})))
    return false;
  rule.origin = readOrigin(cursor);
  std::optional<Effect> effect = readEffect(cursor);
  if (!effect || !readActions(rule) || !readPatterns(rule.patterns))
    return false;
  rule.effect = *effect;
  if (cursor.acceptWord("except") && !readPatterns(rule.excepts))
    return false;
  if (!readLocation(cursor, begin, rule.range))
    return false;
  policy.rules.push_back(std::move(rule));
  return true;
}

bool PolicyReader::readStatement() {
  if (cursor.atWord("param"))
    return readParam();
  if (cursor.atWord("rule"))
    return readRule();
  if (cursor.atWord("env"))
    return readEnv(cursor, policy.env.emplace_back());
  if (cursor.atWord("limit"))
    return readLimit(cursor, policy.limits.emplace_back());
  return cursor.fail("`param`, `rule`, `env`, `limit` or `}`");
}

std::optional<Policy> PolicyReader::read() {
  if (!readHeader() || !cursor.expectPunct('{'))
    return std::nullopt;
  while (!cursor.acceptPunct('}'))
    if (!readStatement())
      return std::nullopt;
  if (cursor.peek().kind != Token::Kind::End) {
    cursor.fail("the end of the text");
    return std::nullopt;
  }
  return std::move(policy);
}

std::optional<Policy> readPolicy(Sources &sources, FileId file,
                                 DiagnosticEngine &diags) {
  TextCursor cursor(sources, file, diags);
  size_t size = sources.text(file).size();
  if (size > kMaxIrText) {
    cursor.failAt({}, std::to_string(size) + " bytes",
                  "at most " + std::to_string(kMaxIrText));
    return std::nullopt;
  }
  return PolicyReader(cursor).read();
}

} // namespace srt::ir
