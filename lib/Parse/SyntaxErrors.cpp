// lib/Parse/SyntaxErrors.cpp: "found X, expected Y".
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/SyntaxErrors.h"

#include "SrtParser.h"

#include "llvm/ADT/StringExtras.h"

namespace srt {

using grammar::SrtParser;

SourceRange rangeOf(const Sources &sources, FileId file,
                    const antlr4::Token *token) {
  size_t size = sources.text(file).size();
  if (token->getType() == antlr4::Token::EOF)
    return sources.range(file, size, size);
  size_t begin = std::min(token->getStartIndex(), size);
  size_t end = std::min(token->getStopIndex() + 1, size);
  return sources.range(file, begin, std::max(begin, end));
}

static std::string foundText(const antlr4::Token *token) {
  if (token->getType() == antlr4::Token::EOF)
    return "the end of the file";
  return "`" + shown(token->getText(), 40) + "`";
}

/// How the vocabulary's token is named to a person.
static std::string tokenText(const antlr4::dfa::Vocabulary &words, size_t type) {
  switch (type) {
  case SrtParser::NAME:
    return "a name";
  case SrtParser::GROUP:
    return "a group such as `@default`";
  case SrtParser::NUMBER:
    return "a number";
  case SrtParser::TEXT:
    return "text in quotes";
  case antlr4::Token::EOF:
    return "the end of the file";
  }
  std::string literal = words.getLiteralName(type);
  return "`" + llvm::StringRef(literal).trim('\'').str() + "`";
}

static std::string expectedText(antlr4::Parser &parser) {
  antlr4::misc::IntervalSet expected = parser.getExpectedTokens();
  const antlr4::dfa::Vocabulary &words = parser.getVocabulary();
  // Every keyword may stand where a name may: naming them all says nothing.
  bool isName = expected.contains(ssize_t(SrtParser::NAME));
  bool isStatement =
      !isName && expected.contains(ssize_t(parser.getTokenType("'param'")));
  std::vector<std::string> texts;
  if (isStatement)
    texts.push_back("a statement");
  for (ssize_t type : expected.toList()) {
    bool isKeyword = type != ssize_t(antlr4::Token::EOF) &&
                     llvm::isAlpha(tokenText(words, type)[1]) &&
                     tokenText(words, type)[0] == '`';
    if (!isKeyword || (!isName && !isStatement))
      texts.push_back(tokenText(words, size_t(type)));
  }
  if (texts.size() == 1)
    return texts[0];
  std::string last = texts.empty() ? "something else" : texts.back();
  if (!texts.empty())
    texts.pop_back();
  return texts.empty() ? last : llvm::join(texts, ", ") + " or " + last;
}

void SyntaxErrors::syntaxError(antlr4::Recognizer *recognizer,
                               antlr4::Token *offending, size_t, size_t,
                               const std::string &, std::exception_ptr) {
  auto &parser = *static_cast<antlr4::Parser *>(recognizer);
  diags.report(rangeOf(sources, file, offending), diag::Unexpected,
               foundText(offending), expectedText(parser));
}

} // namespace srt
