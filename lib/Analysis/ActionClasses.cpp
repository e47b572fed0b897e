// lib/Analysis/ActionClasses.cpp: policies cut down to one action.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/ActionClasses.h"

#include "lib/Analysis/Clauses.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt {

/// The rules that speak of an action, by number.
static std::vector<uint32_t> rulesOn(ir::ActionId leaf, const ir::Policy &policy) {
  std::vector<uint32_t> rules;
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    if (actionBits(policy.rules[i]) & bitOf(leaf))
      rules.push_back(i);
  return rules;
}

// Params stay, used or not: patterns name them by number.
ir::Policy cutTo(ir::ActionId leaf, const ir::Policy &policy) {
  ir::Policy cut;
  cut.name = policy.name;
  cut.params = policy.params;
  for (uint32_t rule : rulesOn(leaf, policy)) {
    cut.rules.push_back(policy.rules[rule]);
    cut.rules.back().actions = {leaf};
  }
  return cut;
}

std::vector<ActionClass> actionClasses(const ir::Policy &before,
                                       const ir::Policy &after) {
  using Rules = std::vector<uint32_t>;
  std::map<std::pair<Rules, Rules>, size_t> known;
  std::vector<ActionClass> classes;
  for (ir::ActionId leaf : ir::leafActions()) {
    std::pair<Rules, Rules> rules{rulesOn(leaf, before), rulesOn(leaf, after)};
    if (rules.first.empty() && rules.second.empty())
      continue;
    auto [it, isNew] = known.try_emplace(std::move(rules), classes.size());
    if (isNew)
      classes.emplace_back();
    classes[it->second].push_back(leaf);
  }
  return classes;
}

} // namespace srt
