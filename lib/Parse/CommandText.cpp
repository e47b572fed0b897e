// lib/Parse/CommandText.cpp: commands, subjects and service names.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Texts.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

static void reportCommand(const syntax::Literal &literal, llvm::StringRef why,
                          Scope &scope) {
  scope.diags.report(literal.range, diag::CommandSyntax, shown(literal.text),
                     why);
}

namespace {
struct Span {
  size_t begin, end;
};
} // namespace

/// Words are divided by plain spaces; an escaped space belongs to its word.
static std::vector<Span> wordsOf(const Chars &chars) {
  std::vector<Span> words;
  size_t begin = 0;
  for (size_t i = 0; i <= chars.size(); ++i) {
    if (i < chars.size() && !chars[i].is(' ') && !chars[i].is('\t'))
      continue;
    if (i > begin)
      words.push_back({begin, i});
    begin = i + 1;
  }
  return words;
}

static bool isBareName(const Chars &chars, Span word) {
  return llvm::none_of(
      llvm::ArrayRef(chars).slice(word.begin, word.end - word.begin),
      [](Char c) { return c.byte == '/'; });
}

static bool readBareName(const syntax::Literal &literal, const Chars &chars,
                         Span word, std::string &name, Scope &scope) {
  for (size_t i = word.begin; i < word.end; ++i) {
    const Char &c = chars[i];
    if (c.is('*') || c.is('?') || c.is('[') || c.is('{')) {
      reportCommand(literal,
                    "a bare name has no wildcards; write a path pattern such "
                    "as `/usr/bin/*`",
                    scope);
      return false;
    }
    name += char(c.byte);
  }
  if (name != "." && name != "..")
    return true;
  reportCommand(literal, "a directory is not a program", scope);
  return false;
}

static bool readWords(const syntax::Literal &literal, const Chars &chars,
                      llvm::ArrayRef<Span> words, ir::CommandPattern &command,
                      Scope &scope) {
  for (size_t i = 0; i < words.size(); ++i) {
    bool isRest = words[i].end - words[i].begin == 2 &&
                  chars[words[i].begin].is('*') &&
                  chars[words[i].begin + 1].is('*');
    if (isRest && i + 1 == words.size()) {
      command.anyRest = true;
      return true;
    }
    if (isRest) {
      reportCommand(literal, "`**` stands for the rest, so it comes last",
                    scope);
      return false;
    }
    std::optional<ir::Glob> glob =
        readGlob(literal, chars, words[i].begin, words[i].end, scope);
    if (!glob)
      return false;
    command.words->push_back(std::move(*glob));
  }
  return true;
}

/// The first word: a bare name, or a path pattern (with `base` if it began
/// with a path param).
static bool readProgram(const syntax::Literal &literal, const Spelled &spelled,
                        Span word, ir::CommandPattern &command, Scope &scope) {
  if (!spelled.base && isBareName(spelled.chars, word)) {
    std::string name;
    bool isRead = readBareName(literal, spelled.chars, word, name, scope);
    command.program = std::move(name);
    return isRead;
  }
  Spelled program{spelled.base,
                  Chars(spelled.chars.begin() + word.begin,
                        spelled.chars.begin() + word.end),
                  {}};
  std::optional<ir::PathPattern> path =
      readSpelledPath(literal, std::move(program), scope);
  if (path)
    command.program = std::move(*path);
  return path.has_value();
}

std::optional<ir::CommandPattern> readCommand(const syntax::Literal &literal,
                                              Scope &scope) {
  std::optional<Spelled> spelled = spell(literal, Base::Allowed, scope);
  if (!spelled)
    return std::nullopt;
  const Chars &chars = spelled->chars;
  std::vector<Span> words = wordsOf(chars);
  // A path param at the start left no chars behind, but it is a word.
  if (spelled->base && (words.empty() || words[0].begin > 0))
    words.insert(words.begin(), Span{0, 0});
  bool hasBraces = llvm::any_of(
      chars, [](Char c) { return c.is('{') || c.is('}'); });
  if (words.empty() || hasBraces) {
    reportCommand(literal,
                  hasBraces ? "alternatives are written as separate commands"
                            : "it names no program",
                  scope);
    return std::nullopt;
  }
  ir::CommandPattern command;
  if (!readProgram(literal, *spelled, words[0], command, scope))
    return std::nullopt;
  if (words.size() == 1)
    return command;
  command.words.emplace();
  if (!readWords(literal, chars, llvm::ArrayRef(words).drop_front(), command,
                 scope))
    return std::nullopt;
  return command;
}

std::optional<ir::SubjectPattern> readSubject(const syntax::Literal &literal,
                                              Scope &scope) {
  if (literal.text == "self")
    return ir::SubjectPattern::Self;
  if (literal.text == "sandbox")
    return ir::SubjectPattern::Sandbox;
  if (literal.text == "all")
    return ir::SubjectPattern::All;
  scope.diags.report(literal.range, diag::UnknownSubject, shown(literal.text));
  return std::nullopt;
}

std::optional<ir::NamePattern> readName(const syntax::Literal &literal,
                                        Scope &scope) {
  std::optional<Spelled> spelled = spell(literal, Base::Unwanted, scope);
  if (!spelled)
    return std::nullopt;
  if (spelled->chars.empty()) {
    scope.diags.report(literal.range, diag::NameSyntax, shown(literal.text),
                       "it is empty");
    return std::nullopt;
  }
  std::optional<ir::Glob> glob =
      readGlob(literal, spelled->chars, 0, spelled->chars.size(), scope);
  if (!glob)
    return std::nullopt;
  return ir::NamePattern{std::move(*glob)};
}

} // namespace srt
