// lib/Parse/Selection.cpp: which scope blocks count in this compilation.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Selection.h"

#include "lib/Parse/Texts.h"
#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace srt {

static bool accepts(const ir::GlobItem &item, uint8_t byte) {
  switch (item.kind) {
  case ir::GlobItem::Kind::Byte:
    return item.byte == byte;
  case ir::GlobItem::Kind::AnyOne:
  case ir::GlobItem::Kind::AnyRun:
    return true;
  case ir::GlobItem::Kind::Class:
    return item.accept[byte];
  }
  return false;
}

/// Requires: no '/' in `text`.
static bool matches(const ir::Glob &glob, llvm::StringRef text) {
  std::vector<bool> reached(text.size() + 1, false);
  reached[0] = true;
  for (const ir::GlobItem &item : glob.items) {
    bool isRun = item.kind == ir::GlobItem::Kind::AnyRun;
    std::vector<bool> next(text.size() + 1, false);
    next[0] = isRun && reached[0];
    for (size_t i = 1; i <= text.size(); ++i) {
      bool fromBefore = (reached[i - 1] || (isRun && next[i - 1])) &&
                        accepts(item, uint8_t(text[i - 1]));
      next[i] = fromBefore || (isRun && reached[i]);
    }
    reached = std::move(next);
  }
  return reached.back();
}

/// True if the pattern names the path or something above it.
static bool covers(const ir::PathPattern &pattern, llvm::StringRef path) {
  llvm::SmallVector<llvm::StringRef, 16> parts;
  path.split(parts, '/', -1, /*KeepEmpty=*/false);
  std::vector<bool> reached(parts.size() + 1, false);
  reached[0] = true;
  for (const ir::Segment &segment : pattern.segments) {
    bool isDeep = segment.kind == ir::Segment::Kind::AnyDepth;
    std::vector<bool> next(parts.size() + 1, false);
    for (size_t i = 0; i <= parts.size(); ++i)
      next[i] = isDeep ? reached[i] || (i > 0 && next[i - 1])
                       : i > 0 && reached[i - 1] &&
                             matches(segment.name, parts[i - 1]);
    reached = std::move(next);
  }
  return llvm::is_contained(reached, true);
}

static void reportParam(const syntax::ScopeBlock &block, Scope &scope) {
  scope.diags.report(block.value.range, diag::ScopeValue,
                     shown(block.value.text), block.kind.text,
                     "a param is not known yet when blocks are chosen");
}

/// `dir` and `repo` blocks name paths; a repository is one without the slash.
static Selected selectPath(const syntax::ScopeBlock &block,
                           const std::string &given, Scope &scope) {
  syntax::Literal literal = block.value;
  bool isRepo = block.kind.text == "repo";
  llvm::StringRef text(block.value.text);
  size_t host = isRepo ? text.find('/') : 0;
  if (isRepo) // hosts have no case
    literal.text = "/" + text.take_front(host).lower() + text.substr(host).str();
  if (text.starts_with("~") || text.starts_with(".")) {
    reportParam(block, scope);
    return Selected::Wrong;
  }
  std::optional<std::vector<ir::PathPattern>> patterns =
      readPaths(literal, scope);
  if (!patterns)
    return Selected::Wrong;
  bool hasParam = llvm::any_of(
      *patterns, [](const ir::PathPattern &p) { return p.base.has_value(); });
  if (hasParam) {
    reportParam(block, scope);
    return Selected::Wrong;
  }
  bool isCovered = !given.empty() &&
                   llvm::any_of(*patterns, [&](const ir::PathPattern &p) {
                     return covers(p, given);
                   });
  return isCovered ? Selected::Yes : Selected::No;
}

static Selected selectOs(const syntax::ScopeBlock &block,
                         const Selection &selection, Scope &scope) {
  if (block.value.text == "linux" || block.value.text == "macos")
    return block.value.text == selection.os ? Selected::Yes : Selected::No;
  scope.diags.report(block.value.range, diag::UnknownOs,
                     shown(block.value.text));
  return Selected::Wrong;
}

Selected select(const syntax::ScopeBlock &block, const Selection &selection,
                Scope &scope) {
  if (block.kind.text == "on")
    return selectOs(block, selection, scope);
  if (block.kind.text == "dir")
    return selectPath(block, selection.dir, scope);
  if (block.kind.text == "repo")
    return selectPath(block, selection.repo, scope);
  if (block.kind.text == "tool")
    return !selection.tool.empty() && block.value.text == selection.tool
               ? Selected::Yes
               : Selected::No;
  Diagnostic &error = scope.diags.report(block.kind.range, diag::UnknownScope,
                                         shown(block.kind.text));
  if (auto near = nearest(block.kind.text, {"tool", "dir", "repo"}))
    error.hint("did you mean `" + near->str() + "`")
        .fix(block.kind.range, near->str());
  return Selected::Wrong;
}

} // namespace srt
