// lib/Sim/MatchPath.cpp: globs, paths and commands, by tables of positions.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/Match.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>

namespace srt::sim {

std::vector<std::string> componentsOf(llvm::StringRef path) {
  std::vector<std::string> components;
  llvm::SmallVector<llvm::StringRef, 16> parts;
  path.split(parts, '/', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts)
    components.push_back(part.str());
  return components;
}

static bool accepts(const ir::GlobItem &item, uint8_t byte, Slash slash) {
  bool isSlash = byte == '/' && slash == Slash::Excluded;
  switch (item.kind) {
  case ir::GlobItem::Kind::Byte:
    return byte == item.byte;
  case ir::GlobItem::Kind::AnyOne:
  case ir::GlobItem::Kind::AnyRun:
    return !isSlash;
  case ir::GlobItem::Kind::Class:
    return item.accept[byte] && !isSlash;
  }
  return false;
}

bool matchesGlob(const ir::Glob &glob, llvm::StringRef text, Slash slash) {
  // reached[i]: the items so far can end after i bytes of the text.
  std::vector<bool> reached(text.size() + 1);
  reached[0] = true;
  for (const ir::GlobItem &item : glob.items) {
    std::vector<bool> next(text.size() + 1);
    bool isRun = item.kind == ir::GlobItem::Kind::AnyRun;
    for (size_t i = 0; i <= text.size(); ++i) {
      if (isRun && reached[i])
        next[i] = true;
      if (i == 0 || !accepts(item, uint8_t(text[i - 1]), slash))
        continue;
      if (reached[i - 1] || (isRun && next[i - 1]))
        next[i] = true;
    }
    reached = std::move(next);
  }
  return reached[text.size()];
}

/// reached[i]: the segments so far can end after i components.
static std::vector<bool> step(const std::vector<bool> &reached,
                              const ir::Segment &segment,
                              const std::vector<std::string> &components) {
  std::vector<bool> next(reached.size());
  for (size_t i = 0; i < reached.size(); ++i) {
    if (segment.kind == ir::Segment::Kind::AnyDepth)
      next[i] = reached[i] || (i > 0 && next[i - 1]);
    else
      next[i] = i > 0 && reached[i - 1] &&
                matchesGlob(segment.name, components[i - 1], Slash::Excluded);
  }
  return next;
}

bool matchesPath(const ir::PathPattern &pattern, const Bindings &bindings,
                 llvm::StringRef path) {
  std::vector<std::string> components = componentsOf(path);
  std::vector<std::string> base;
  if (pattern.base) {
    assert(pattern.base->value < bindings.params.size());
    base = componentsOf(bindings.params[pattern.base->value]);
  }
  if (base.size() > components.size() ||
      !std::equal(base.begin(), base.end(), components.begin()))
    return false;
  std::vector<bool> reached(components.size() + 1);
  reached[base.size()] = true;
  for (const ir::Segment &segment : pattern.segments)
    reached = step(reached, segment, components);
  // Any prefix of the path will do: a pattern covers what is beneath.
  return llvm::is_contained(reached, true);
}

static bool matchesProgram(const ir::CommandPattern &pattern,
                           const Bindings &bindings, llvm::StringRef path) {
  if (auto *tree = std::get_if<ir::PathPattern>(&pattern.program))
    return matchesPath(*tree, bindings, path);
  const std::string &name = std::get<std::string>(pattern.program);
  return llvm::any_of(bindings.searchPath, [&](const std::string &folder) {
    return path == folder + "/" + name;
  });
}

bool matchesCommand(const ir::CommandPattern &pattern, const Bindings &bindings,
                    const Command &command) {
  if (!matchesProgram(pattern, bindings, command.path))
    return false;
  if (!pattern.words)
    return true;
  const std::vector<ir::Glob> &words = *pattern.words;
  if (command.arguments.size() < words.size() ||
      (command.arguments.size() > words.size() && !pattern.anyRest))
    return false;
  for (size_t i = 0; i < words.size(); ++i)
    if (!matchesGlob(words[i], command.arguments[i], Slash::Ordinary))
      return false;
  return true;
}

} // namespace srt::sim
