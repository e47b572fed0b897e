// lib/Parse/Flatten.cpp: the statements of a policy in one list.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Flatten.h"

namespace srt {

namespace {
/// A list of statements that is being walked over.
struct Level {
  const std::vector<syntax::Statement> *statements;
  FlatStatement::Count count;
  SourceRange scope;
  size_t next = 0;
};
} // namespace

static void flattenModule(const std::vector<Module> &modules, size_t module,
                          const Selection &selection, Scope &scope,
                          std::vector<FlatStatement> &out) {
  using Count = FlatStatement::Count;
  std::vector<Level> levels{{&modules[module].policy.statements, Count::Yes, {}}};
  while (!levels.empty()) {
    Level &level = levels.back();
    if (level.next == level.statements->size()) {
      levels.pop_back();
      continue;
    }
    const syntax::Statement &statement = (*level.statements)[level.next++];
    auto *block = std::get_if<syntax::ScopeBlock>(&statement.value);
    if (!block) {
      out.push_back(
          {&statement, module, unsigned(levels.size() - 1), level.count,
           level.scope});
      continue;
    }
    bool isSelected = select(*block, selection, scope) == Selected::Yes;
    Count count = isSelected ? level.count : Count::No;
    // `on` is no scope: a policy is for one system at a time.
    SourceRange inside = block->kind.text == "on" ? level.scope : block->range;
    levels.push_back({&block->statements, count, inside});
  }
}

std::vector<FlatStatement> flatten(const std::vector<Module> &modules,
                                   const Selection &selection, Scope &scope) {
  std::vector<FlatStatement> flat;
  for (size_t i = 0; i < modules.size(); ++i)
    flattenModule(modules, i, selection, scope, flat);
  return flat;
}

} // namespace srt
