// lib/Lsp/Outline.cpp: the names in a .srt text, whether or not it reads.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Outline.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::lsp {

std::vector<TextToken> wordsOf(llvm::StringRef text) {
  std::vector<TextToken> tokens = tokensOf(text);
  llvm::erase_if(tokens, [](const TextToken &token) {
    return token.kind == TokenKind::Comment;
  });
  return tokens;
}

namespace {
/// Walks over the tokens once, from statement to statement.
class OutlineReader {
public:
  explicit OutlineReader(llvm::StringRef text)
      : text(text), tokens(wordsOf(text)) {}
  Outline read();

private:
  llvm::StringRef word(size_t index) const;
  bool isWord(size_t index) const {
    return index < tokens.size() && tokens[index].kind == TokenKind::Word;
  }
  NameSite name(size_t index) const {
    return {word(index).str(), {tokens[index].begin, tokens[index].end}};
  }
  void readImport(size_t at);
  void readPolicy(size_t at);
  void readParam(size_t at);
  void readUses(const TextToken &token);

  llvm::StringRef text;
  std::vector<TextToken> tokens;
  Outline outline;
};
} // namespace

llvm::StringRef OutlineReader::word(size_t index) const {
  if (index >= tokens.size())
    return {};
  return text.slice(tokens[index].begin, tokens[index].end);
}

void OutlineReader::readImport(size_t at) {
  bool isFile = at + 1 < tokens.size() && tokens[at + 1].kind == TokenKind::Text;
  if (!isFile)
    return;
  Span span{tokens[at + 1].begin + 1, tokens[at + 1].end - 1};
  outline.imports.push_back({text.slice(span.begin, span.end).str(), span});
}

void OutlineReader::readPolicy(size_t at) {
  if (!isWord(at + 1) || outline.policy)
    return;
  outline.policy = name(at + 1);
  if (word(at + 2) != "extends")
    return;
  for (size_t i = at + 3; isWord(i) || word(i) == ","; ++i)
    if (isWord(i))
      outline.parents.push_back(name(i));
}

void OutlineReader::readParam(size_t at) {
  if (!isWord(at + 1) || word(at + 2) != ":")
    return;
  NameSite named = name(at + 1);
  std::string statement;
  // A statement that is not closed yet ends somewhere in the next one.
  constexpr size_t kLongest = 12;
  for (size_t i = at; i < std::min(tokens.size(), at + kLongest); ++i) {
    llvm::StringRef next = word(i);
    bool isTight = next == ";" || next == ":" || next == "(" || next == ")" ||
                   llvm::StringRef(statement).ends_with("(");
    if (!statement.empty() && !isTight)
      statement += ' ';
    statement += next.str();
    if (next == ";")
      break;
  }
  outline.params.push_back(
      {named.name, named.span, word(at + 3).str(), std::move(statement)});
}

/// Finds `${name}` that no backslash escapes, and a `~` or `.` in front.
void OutlineReader::readUses(const TextToken &token) {
  size_t end = token.end - (token.kind == TokenKind::Text ? 1 : 0);
  llvm::StringRef inside = text.slice(token.begin + 1, end);
  bool isHome = inside == "~" || inside.starts_with("~/");
  bool isProject = inside == "." || inside.starts_with("./");
  if (isHome || isProject)
    outline.uses.push_back({isHome ? "home" : "project",
                            {token.begin + 1, token.begin + 2},
                            UseSite::Spelling::Short});
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\') {
      ++i;
      continue;
    }
    if (!inside.substr(i).starts_with("${"))
      continue;
    size_t close = inside.find('}', i);
    if (close == llvm::StringRef::npos)
      return;
    Span span{token.begin + 1 + i + 2, token.begin + 1 + close};
    outline.uses.push_back({text.slice(span.begin, span.end).str(), span,
                            UseSite::Spelling::Braces});
    i = close;
  }
}

Outline OutlineReader::read() {
  for (size_t i = 0; i < tokens.size(); ++i) {
    TokenKind kind = tokens[i].kind;
    if (kind == TokenKind::Text || kind == TokenKind::Unclosed)
      readUses(tokens[i]);
    llvm::StringRef before = i == 0 ? ";" : word(i - 1);
    bool isFirst = before == ";" || before == "{" || before == "}";
    if (kind != TokenKind::Word || !isFirst)
      continue;
    if (word(i) == "import")
      readImport(i);
    if (word(i) == "policy")
      readPolicy(i);
    if (word(i) == "param")
      readParam(i);
  }
  return std::move(outline);
}

Outline outlineOf(llvm::StringRef text) { return OutlineReader(text).read(); }

} // namespace srt::lsp
