// lib/Analysis/CheckPatterns.cpp: patterns that are hardly what is meant.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Clauses.h"

#include "lib/Analysis/PathSpace.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace srt {

using automata::Next;

/// Directories of every Unix (hier(7)), by their last component's beginning.
static bool isKnownFolder(llvm::StringRef path) {
  return llvm::StringSwitch<bool>(path)
      .Cases({"/bin", "/dev", "/etc", "/home", "/lib", "/opt", "/proc"}, true)
      .Cases({"/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr"}, true)
      .Cases({"/usr/bin", "/usr/lib", "/usr/share", "/usr/local"}, true)
      .Cases({"/var", "/var/log", "/var/tmp", "/var/lib", "/var/cache"}, true)
      .Default(false);
}

/// The literal bytes at the front of a pattern without a base, up to its first
/// wildcard; nothing if that is not in its last component.
static std::optional<std::string> frontOf(const ir::PathPattern &path) {
  std::string front;
  if (path.base)
    return std::nullopt;
  for (const ir::Segment &segment : path.segments) {
    bool isLast = &segment == &path.segments.back();
    if (segment.kind != ir::Segment::Kind::Name ||
        (!segment.name.isLiteral() && !isLast))
      return std::nullopt;
    front += '/';
    for (const ir::GlobItem &item : segment.name.items) {
      if (item.kind != ir::GlobItem::Kind::Byte)
        return front;
      front += char(item.byte);
    }
  }
  return std::nullopt;
}

/// True if no word at all matches the pattern.
static bool isEmpty(const Clause &clause, Space kind) {
  automata::Budget budget(1000);
  PathSpace space(kind, budget);
  space.add(*clause.pattern, clause.policy->params,
            {1, ir::Effect::Allow, 1, Meaning::Part::Whole, 0}, 0);
  space.close();
  bool isMatched = false;
  bool isWhole = space.explorer(1, budget).search([&](const automata::Visit &v) {
    isMatched = v.isWord && v.label != automata::AtomSets::empty();
    return isMatched ? Next::Stop : Next::GoOn;
  });
  return isWhole && !isMatched;
}

static bool hasWildcard(const Clause &clause) {
  const ir::PathPattern *path = pathOf(*clause.pattern);
  auto *command = std::get_if<ir::CommandPattern>(&clause.pattern->value);
  return !path || !path->isLiteral() || (command && command->words);
}

static void checkClause(const Clause &clause, Space kind,
                        DiagnosticEngine &diags) {
  std::string text = ir::text(*clause.pattern, clause.policy->params);
  if (isEmpty(clause, kind)) {
    diags.report(clause.pattern->range, diag::MatchesNothing, text);
    return;
  }
  const ir::PathPattern *path = pathOf(*clause.pattern);
  std::optional<std::string> front = path ? frontOf(*path) : std::nullopt;
  if (front && isKnownFolder(*front))
    diags.report(clause.pattern->range, diag::FolderWithTail, text, *front)
        .hint("write `" + *front + "/*` for what is in it, or `" + *front +
              "` for all of it");
}

void checkPatterns(const ir::Policy &policy, DiagnosticEngine &diags) {
  for (Space kind :
       {Space::Paths, Space::Commands, Space::Names, Space::Abstract})
    for (const Clause &clause : clausesOf(policy, kind))
      if (hasWildcard(clause))
        checkClause(clause, kind, diags);
}

} // namespace srt
