// lib/Analysis/QuickRules.cpp: a policy of few patterns, searched as usual.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/QuickRules.h"

#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Clauses.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace srt {

/// More patterns than this are not few.
static constexpr size_t kFew = 16;
/// States for one search; few patterns have few states.
static constexpr uint64_t kQuickSteps = 4'000;

QuickRules::QuickRules(const ir::Policy &policy)
    : policy(policy), typical(withTypicalParams(policy)), samples(typical) {}

/// A copy of a rule with only some of its patterns, which says no more.
static ir::Rule partOf(const ir::Rule &rule) {
  ir::Rule part = rule;
  part.patterns.clear();
  return part;
}

std::optional<RuleFinding>
QuickRules::covered(ir::RuleId rule, llvm::ArrayRef<uint32_t> patterns,
                    Space kind, IsGone isGone) const {
  ir::Policy few;
  few.params = policy.params;
  few.rules.push_back(partOf(policy.rule(rule)));
  std::set<PatternRef> others;
  for (uint32_t pattern : patterns) {
    few.rules[0].patterns.push_back(policy.rule(rule).patterns[pattern]);
    for (PatternRef ref : samples.beside({rule, pattern}, isGone))
      if (ref.rule != rule || !llvm::is_contained(patterns, ref.pattern))
        others.insert(ref);
    if (others.size() > kFew)
      return std::nullopt;
  }
  if (others.empty())
    return std::nullopt;
  for (std::optional<ir::RuleId> last; PatternRef ref : others) {
    if (last != ref.rule)
      few.rules.push_back(partOf(policy.rule(ref.rule)));
    few.rules.back().patterns.push_back(policy.rule(ref.rule).patterns[ref.pattern]);
    last = ref.rule;
  }
  RuleChecker checker(few, kind, RuleChecker::Grain::Rules);
  if (checker.isUnusable() || checker.parts().empty() ||
      checker.parts()[0].rule != ir::RuleId{0})
    return std::nullopt;
  automata::Budget steps(kQuickSteps);
  std::optional<RuleFinding> finding = checker.check(0, steps);
  if (!finding || !finding->isCovered || !finding->witness)
    return std::nullopt;
  return finding;
}

} // namespace srt
