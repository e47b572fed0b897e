// lib/Parse/SrtReader.cpp: lexes, checks and parses one file.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/SrtReader.h"

#include "lib/Parse/ByteStream.h"
#include "lib/Parse/SyntaxBuilder.h"
#include "lib/Parse/SyntaxErrors.h"

#include "SrtLexer.h"
#include "SrtParser.h"

namespace srt {

using grammar::SrtLexer;
using grammar::SrtParser;

namespace {
/// What the token checks need at hand.
struct Reading {
  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
};
} // namespace

static bool checkToken(const Reading &reading, const antlr4::Token *token) {
  SourceRange range = rangeOf(reading.sources, reading.file, token);
  switch (token->getType()) {
  case SrtLexer::UNCLOSED_TEXT:
    reading.diags.report(range, diag::UnclosedText);
    return false;
  case SrtLexer::UNCLOSED_COMMENT:
    reading.diags.report(range, diag::UnclosedComment);
    return false;
  }
  return true;
}

/// Reports each run of characters without a meaning once, not byte by byte.
static bool checkStrays(const Reading &reading,
                        const std::vector<antlr4::Token *> &tokens) {
  bool isFine = true;
  for (size_t i = 0; i < tokens.size();) {
    size_t first = i;
    while (tokens[i]->getType() == SrtLexer::STRAY &&
           tokens[i]->getStartIndex() ==
               tokens[first]->getStartIndex() + (i - first))
      ++i; // the last token is the end of the file, so i stays inside
    if (i == first) {
      ++i;
      continue;
    }
    size_t begin = tokens[first]->getStartIndex();
    size_t end = tokens[i - 1]->getStopIndex() + 1;
    reading.diags.report(
        reading.sources.range(reading.file, begin, end), diag::StrayCharacter,
        shown(reading.sources.text(reading.file).slice(begin, end), 40));
    isFine = false;
  }
  return isFine;
}

/// The generated parser recurses into blocks, so their depth is bounded first.
static bool checkNesting(const Reading &reading, antlr4::Token *const *begin,
                         antlr4::Token *const *end) {
  unsigned depth = 0;
  for (antlr4::Token *const *token = begin; token != end; ++token) {
    if ((*token)->getText() == "{" && ++depth > kMaxNesting) {
      reading.diags.report(rangeOf(reading.sources, reading.file, *token),
                           diag::NestingTooDeep, kMaxNesting);
      return false;
    }
    if ((*token)->getText() == "}" && depth > 0)
      --depth;
  }
  return true;
}

static bool checkTokens(const Reading &reading,
                        antlr4::CommonTokenStream &tokens) {
  tokens.fill();
  std::vector<antlr4::Token *> all = tokens.getTokens();
  bool isFine = true;
  for (antlr4::Token *token : all)
    isFine &= checkToken(reading, token);
  isFine &= checkStrays(reading, all);
  return isFine && checkNesting(reading, all.data(), all.data() + all.size());
}

/// SLL prediction is fast and enough for nearly every text; what it stumbles
/// over is parsed again with full LL, which alone may report.
static SrtParser::FileContext *parse(SrtParser &parser,
                                     antlr4::CommonTokenStream &tokens,
                                     SyntaxErrors &errors) {
  parser.removeErrorListeners();
  auto *interpreter = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
  interpreter->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return parser.file();
  } catch (const antlr4::ParseCancellationException &) {
    tokens.seek(0);
    parser.reset();
    parser.addErrorListener(&errors);
    parser.setErrorHandler(std::make_shared<antlr4::DefaultErrorStrategy>());
    interpreter->setPredictionMode(antlr4::atn::PredictionMode::LL);
    return parser.file();
  }
}

std::optional<syntax::File> readSrt(const Sources &sources, FileId file,
                                    DiagnosticEngine &diags) {
  Reading reading{sources, file, diags};
  if (!checkText(sources, file, diags))
    return std::nullopt;
  ByteStream bytes(sources.text(file));
  SrtLexer lexer(&bytes);
  lexer.removeErrorListeners();
  antlr4::CommonTokenStream tokens(&lexer);
  if (!checkTokens(reading, tokens))
    return std::nullopt;
  SrtParser parser(&tokens);
  SyntaxErrors errors(sources, file, diags);
  size_t before = diags.errors();
  SrtParser::FileContext *tree = parse(parser, tokens, errors);
  if (diags.errors() != before)
    return std::nullopt;
  return buildSyntax(sources, file, *tree, diags);
}

} // namespace srt
