// lib/Analysis/RuleIndex.cpp: patterns by the last name that they need.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/RuleIndex.h"

#include "lib/Analysis/Clauses.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

/// The last component that stands in the pattern without a wildcard. The first
/// ones tell little apart: half of all paths begin with `/usr`.
static std::optional<std::string> neededName(const ir::PathPattern &path) {
  for (const ir::Segment &segment : llvm::reverse(path.segments))
    if (segment.kind == ir::Segment::Kind::Name && segment.name.isLiteral())
      return segment.name.literal();
  return std::nullopt;
}

static std::optional<std::string> neededName(const ir::Pattern &pattern) {
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  if (command && std::holds_alternative<std::string>(command->program))
    return std::get<std::string>(command->program);
  if (auto *path = pathOf(pattern))
    return neededName(*path);
  return std::nullopt;
}

void RuleIndex::add(const ir::Pattern &pattern, PatternRef ref) {
  if (std::optional<std::string> name = neededName(pattern))
    byName[*name].push_back(ref);
  else
    others.push_back(ref);
}

RuleIndex::RuleIndex(const ir::Policy &policy) {
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    for (uint32_t j = 0; j < policy.rules[i].patterns.size(); ++j)
      add(policy.rules[i].patterns[j], {{i}, j});
}

std::vector<PatternRef> RuleIndex::candidates(const Witness &witness) const {
  std::vector<PatternRef> found = others;
  llvm::StringRef rest = witness.words[0];
  while (!rest.empty()) {
    auto [name, behind] = rest.split('/');
    auto it = byName.find(name);
    if (it != byName.end())
      llvm::append_range(found, it->second);
    rest = behind;
  }
  llvm::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

} // namespace srt
