// lib/Transforms/DropIdle.cpp: patterns and rules that decide nothing. *Keeps*.
// SPDX-License-Identifier: Apache-2.0
//
// merge-subsumed drops what others say as strongly or more strongly; drop-idle
// also drops denies of what nothing allows. Each pattern is held against all
// that is still there, so of two that cover each other one stays.
#include "lib/Analysis/QuickRules.h"
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace srt::transforms {

/// States that all searches of one pass may look at; what is left then stays.
static constexpr uint64_t kSteps = 2'000'000;

namespace {
enum class Drops : uint8_t { Covered, AllIdle };

/// Which patterns of a policy can go.
class IdlePatterns {
public:
  IdlePatterns(const ir::Policy &policy, Drops drops)
      : policy(policy), drops(drops), steps(kSteps), quick(policy) {}
  llvm::DenseSet<const ir::Pattern *> find();

private:
  std::optional<RuleFinding> find(RuleChecker &checker, size_t part, Space space);
  void checkSpace(Space space);
  bool isIdle(const RuleFinding &finding, const ir::Rule &rule) const;

  const ir::Policy &policy;
  Drops drops;
  automata::Budget steps;
  QuickRules quick;
  llvm::DenseSet<const ir::Pattern *> idle;
};
} // namespace

bool IdlePatterns::isIdle(const RuleFinding &finding,
                          const ir::Rule &rule) const {
  if (finding.matters)
    return false;
  return drops == Drops::AllIdle || finding.isCovered ||
         rule.effect != ir::Effect::Deny;
}

/// What a pattern adds to those that are still there; nothing if that is not
/// known, or it surely adds something.
std::optional<RuleFinding> IdlePatterns::find(RuleChecker &checker, size_t i,
                                              Space space) {
  const RuleChecker::Part &part = checker.parts()[i];
  const ir::Rule &rule = policy.rule(part.rule);
  uint32_t pattern = part.pattern - rule.patterns.data();
  auto isGone = [&](PatternRef ref) {
    return idle.contains(&policy.rule(ref.rule).patterns[ref.pattern]);
  };
  if (quick.surelyMatter(part.rule, pattern, isGone))
    return std::nullopt;
  if (auto found = quick.covered(part.rule, pattern, space, isGone))
    return found;
  if (steps.isSpent())
    return std::nullopt;
  return checker.check(i, steps);
}

void IdlePatterns::checkSpace(Space space) {
  RuleChecker checker(policy, space, RuleChecker::Grain::Patterns);
  if (checker.isUnusable())
    return;
  for (size_t i = 0; i < checker.parts().size(); ++i) {
    const RuleChecker::Part &part = checker.parts()[i];
    const ir::Rule &rule = policy.rule(part.rule);
    // A rule with excepts goes as a whole, or not at all.
    if (rule.origin == ir::Rule::Origin::Implied || !part.pattern)
      continue;
    std::optional<RuleFinding> finding = find(checker, i, space);
    if (!finding || !isIdle(*finding, rule))
      continue;
    checker.drop(i);
    idle.insert(part.pattern);
  }
}

llvm::DenseSet<const ir::Pattern *> IdlePatterns::find() {
  for (Space space :
       {Space::Paths, Space::Commands, Space::Names, Space::Abstract})
    checkSpace(space);
  return std::move(idle);
}

static void dropIdlePatterns(ir::Policy &policy, Drops drops) {
  auto idle = IdlePatterns(policy, drops).find();
  for (ir::Rule &rule : policy.rules) {
    std::vector<ir::Pattern> kept;
    for (ir::Pattern &pattern : rule.patterns)
      if (!idle.contains(&pattern))
        kept.push_back(std::move(pattern));
    rule.patterns = std::move(kept);
  }
  llvm::erase_if(policy.rules,
                 [](const ir::Rule &rule) { return rule.patterns.empty(); });
}

void mergeSubsumed(ir::Policy &policy, DiagnosticEngine &) {
  dropIdlePatterns(policy, Drops::Covered);
}

void dropIdle(ir::Policy &policy, DiagnosticEngine &) {
  dropIdlePatterns(policy, Drops::AllIdle);
}

} // namespace srt::transforms
