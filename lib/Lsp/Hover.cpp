// lib/Lsp/Hover.cpp: what a word of a policy means, and what becomes of its rule.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Hover.h"

#include "lib/Lsp/Cursor.h"
#include "lib/Lsp/Enforcement.h"
#include "lib/Lsp/Names.h"
#include "lib/Lsp/TextIndex.h"
#include "lib/Lsp/Words.h"

namespace srt::lsp {

/// Text between backticks, none of which may end them.
static std::string quoted(llvm::StringRef text) {
  std::string out = "`";
  for (char c : text)
    out += c == '`' || c == '\n' ? ' ' : c;
  return out + "`";
}

static std::string paramText(const Query &query, size_t offset) {
  std::optional<ParamAt> found = paramAt(query, offset);
  if (!found)
    return {};
  std::vector<ProjectFile> project = projectOf(query);
  std::optional<DeclaredParam> declared = findParam(project, found->name);
  return declared ? quoted(declared->param->statement) : std::string();
}

/// What the word itself stands for.
static std::string wordText(const Query &query, size_t offset) {
  llvm::StringRef text = query.document.text;
  // One byte on, so that the first of a word is in it.
  Cursor cursor = cursorAt(text, std::min(offset + 1, text.size()));
  llvm::StringRef word = text.slice(cursor.word.begin, cursor.word.end);
  if (cursor.isInComment || word.empty())
    return {};
  if (cursor.kind == TokenKind::Group && !describedGroup(word).empty())
    return "**" + word.str() + "** " + describedGroup(word).str();
  if (cursor.kind == TokenKind::Word)
    if (std::optional<ir::ActionId> action = ir::actionNamed(word))
      return actionPage(*action);
  bool isCall = cursor.kind == TokenKind::Text &&
                llvm::is_contained(cursor.before, "syscall");
  return isCall ? describedCall(word.drop_front().drop_back())
                : paramText(query, offset);
}

llvm::json::Value hoverAt(const Query &query, llvm::lsp::Position position) {
  TextIndex index(query.document.text);
  size_t offset = index.offset(position);
  bool follows = isSrt(query.document);
  std::string word = follows ? wordText(query, offset) : std::string();
  std::string rule = ruleText(query, offset);
  if (word.empty() && rule.empty())
    return nullptr;
  bool isBoth = !word.empty() && !rule.empty();
  std::string text = word + (isBoth ? "\n\n---\n\n" : "") + rule;
  return llvm::json::Object{
      {"contents", llvm::json::Object{{"kind", "markdown"},
                                      {"value", llvm::json::fixUTF8(text)}}}};
}

} // namespace srt::lsp
