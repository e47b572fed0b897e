// lib/Parse/Format.cpp: one layout for policy texts.
// SPDX-License-Identifier: Apache-2.0
//
// Works on tokens, not on the syntax, for the syntax has no comments.
#include "lib/Parse/Format.h"

#include "lib/Parse/ByteStream.h"
#include "lib/Parse/PrintSyntax.h"
#include "lib/Parse/SrtReader.h"

#include "SrtLexer.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

using grammar::SrtLexer;

namespace {
/// One token, comments included.
struct Piece {
  std::string text;
  size_t line = 0;    // where it begins, from 1
  size_t endLine = 0; // where it ends
  bool isComment = false;
};

/// Writes pieces in the common layout.
class Formatter {
public:
  std::string format(const std::vector<Piece> &pieces);

private:
  void startLine(const Piece &piece, const Piece *before);
  void write(const Piece &piece, const Piece *before);
  void track(const Piece &piece);

  std::string out;
  unsigned depth = 0;
  bool isContinued = false; // inside a statement
};
} // namespace

static std::vector<Piece> piecesOf(llvm::StringRef text) {
  ByteStream bytes(text);
  SrtLexer lexer(&bytes);
  lexer.removeErrorListeners();
  antlr4::CommonTokenStream tokens(&lexer);
  tokens.fill();
  std::vector<Piece> pieces;
  for (antlr4::Token *token : tokens.getTokens()) {
    if (token->getType() == antlr4::Token::EOF)
      break;
    Piece piece;
    piece.text = llvm::StringRef(token->getText()).rtrim("\r").str();
    piece.line = token->getLine();
    piece.endLine = piece.line + llvm::StringRef(piece.text).count('\n');
    piece.isComment = token->getChannel() != antlr4::Token::DEFAULT_CHANNEL;
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

/// True if no space stands between the two on one line.
static bool isTight(const Piece &before, const Piece &piece) {
  if (before.isComment || piece.isComment)
    return false;
  return piece.text == ";" || piece.text == "," || piece.text == ")" ||
         piece.text == ":" || piece.text == "(" || before.text == "(";
}

void Formatter::startLine(const Piece &piece, const Piece *before) {
  if (before) {
    out += '\n';
    if (piece.line > before->endLine + 1)
      out += '\n';
  }
  unsigned level = piece.text == "}" && depth > 0 ? depth - 1 : depth;
  out += std::string(2 * level + (isContinued ? 4 : 0), ' ');
}

/// Keeps count of blocks and of whether a statement is still open.
void Formatter::track(const Piece &piece) {
  if (piece.isComment)
    return;
  if (piece.text == "{")
    ++depth;
  if (piece.text == "}" && depth > 0)
    --depth;
  isContinued = piece.text != ";" && piece.text != "{" && piece.text != "}";
}

void Formatter::write(const Piece &piece, const Piece *before) {
  if (!before || piece.line > before->endLine)
    startLine(piece, before);
  else if (!isTight(*before, piece))
    out += ' ';
  out += piece.text;
  track(piece);
}

std::string Formatter::format(const std::vector<Piece> &pieces) {
  const Piece *before = nullptr;
  for (const Piece &piece : pieces) {
    write(piece, before);
    before = &piece;
  }
  out += '\n';
  return std::move(out);
}

static std::string syntaxText(const syntax::File &file) {
  std::string text;
  llvm::raw_string_ostream out(text);
  printSyntax(out, file);
  return text;
}

std::optional<std::string> formatSrt(Sources &sources, FileId file,
                                     DiagnosticEngine &diags) {
  llvm::StringRef name = sources.name(file);
  for (llvm::StringRef ending : {".yaml", ".yml", ".toml", ".json"})
    if (name.ends_with(ending)) {
      diags.report(sources.range(file, 0, 0), diag::NotSrt,
                   ending.drop_front().upper());
      return std::nullopt;
    }
  std::optional<syntax::File> before = readSrt(sources, file, diags);
  if (!before)
    return std::nullopt;
  std::string text = Formatter().format(piecesOf(sources.text(file)));
  FileId again = sources.add(sources.name(file), text);
  std::optional<syntax::File> after = readSrt(sources, again, diags);
  // A mistake of ours must not change a policy: then the file stays as it is.
  bool isSame = after && syntaxText(*after) == syntaxText(*before);
  return isSame ? text : sources.text(file).str();
}

} // namespace srt
