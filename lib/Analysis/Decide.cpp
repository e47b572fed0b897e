// lib/Analysis/Decide.cpp: rules asked one after the other.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Decide.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/MatchWitness.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

std::vector<ir::RuleId> matchingRules(const ir::Policy &policy,
                                      ir::ActionId leaf,
                                      llvm::ArrayRef<std::string> values,
                                      const Witness &witness) {
  auto isIt = [&](const ir::Pattern &pattern) {
    return matchesWitness(pattern, values, witness);
  };
  std::vector<ir::RuleId> found;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if ((actionBits(rule) & bitOf(leaf)) && llvm::any_of(rule.patterns, isIt) &&
        llvm::none_of(rule.excepts, isIt))
      found.push_back({i});
  }
  return found;
}

std::optional<ir::RuleId> decidingRule(const ir::Policy &policy,
                                       llvm::ArrayRef<ir::RuleId> matching) {
  std::optional<ir::RuleId> best;
  for (ir::RuleId id : matching)
    if (!best || policy.rule(id).effect > policy.rule(*best).effect)
      best = id;
  return best;
}

std::string describe(const ir::Policy &policy, ir::RuleId id) {
  const ir::Rule &rule = policy.rule(id);
  std::string text = "`" + ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions)
    text += " " + ir::spelling(action).str();
  return text + "` (" + ir::ruleName(id) +
         (rule.origin == ir::Rule::Origin::Implied ? ", implied)" : ")");
}

} // namespace srt
