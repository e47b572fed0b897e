// lib/Analysis/CheckRules.cpp: rules that change nothing.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/CellUniverse.h"
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Decide.h"
#include "lib/Analysis/RuleChecker.h"
#include "lib/Analysis/WordWitness.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <bit>

namespace srt {

/// States that the searches of one policy may look at together.
static constexpr uint64_t kSteps = 1'000'000;

namespace {
class RuleReporter {
public:
  RuleReporter(const ir::Policy &policy, CheckDepth depth,
               DiagnosticEngine &diags)
      : policy(policy), depth(depth), diags(diags) {}
  void run();

private:
  void report(ir::RuleId id, const RuleFinding &finding);
  void reportCovered(ir::RuleId id, const RuleFinding &finding,
                     ir::RuleId other, const std::string &event);
  void checkSpace(Space space);

  const ir::Policy &policy;
  CheckDepth depth;
  DiagnosticEngine &diags;
  automata::Budget steps{kSteps};
};
} // namespace

/// An action of the rule to show, the first that it names.
static ir::ActionId leafOf(const ir::Rule &rule) {
  return ir::leavesOf(rule.actions.front()).front();
}

void RuleReporter::reportCovered(ir::RuleId id, const RuleFinding &finding,
                                 ir::RuleId other, const std::string &event) {
  const ir::Rule &rule = policy.rule(id);
  std::string own = describe(policy, id), others = describe(policy, other);
  Diagnostic &found =
      finding.isDenied && rule.effect != ir::Effect::Deny
          ? diags.report(rule.range, diag::NeverDecides, own, others)
          : diags.report(rule.range, diag::SaidAlready, own, others);
  found.hint("for example: " + event);
  if (!policy.rule(other).range.isNowhere())
    found.note(policy.rule(other).range, "decided here");
}

void RuleReporter::report(ir::RuleId id, const RuleFinding &finding) {
  const ir::Rule &rule = policy.rule(id);
  ir::ActionId leaf = leafOf(rule);
  std::vector<ir::RuleId> matching =
      matchingRules(policy, leaf, finding.witness->newValues, *finding.witness);
  llvm::erase(matching, id);
  std::optional<ir::RuleId> other = decidingRule(policy, matching);
  std::string event = eventText(leaf, *finding.witness);
  bool isCovered = other && policy.rule(*other).effect >= rule.effect;
  if (isCovered)
    return reportCovered(id, finding, *other, event);
  if (rule.effect == ir::Effect::Deny && depth == CheckDepth::Remarks)
    diags.report(rule.range, diag::DenyWithoutEffect, describe(policy, id))
        .hint("for example: " + event);
}

static bool isIn(Space space, const ir::Rule &rule) {
  switch (ir::resource(rule.actions.front())) {
  case ir::Resource::Path:
    return space == Space::Paths;
  case ir::Resource::Command:
    return space == Space::Commands;
  case ir::Resource::Name:
    return space == Space::Names;
  case ir::Resource::Endpoint:
  case ir::Resource::Subject:
  case ir::Resource::Syscall:
    return false;
  }
  llvm_unreachable("unknown resource");
}

void RuleReporter::checkSpace(Space space) {
  std::optional<RuleChecker> checker;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (!isIn(space, rule) || rule.origin == ir::Rule::Origin::Implied)
      continue;
    if (!checker)
      checker.emplace(policy, space);
    if (checker->isUnusable())
      return;
    std::optional<RuleFinding> finding = checker->check({i}, steps);
    if (!finding)
      return;
    if (!finding->matters && finding->witness)
      report({i}, *finding);
  }
}

void RuleReporter::run() {
  for (Space space : {Space::Paths, Space::Commands, Space::Names})
    checkSpace(space);
}

void checkRules(const ir::Policy &policy, CheckDepth depth,
                DiagnosticEngine &diags) {
  RuleReporter(policy, depth, diags).run();
}

} // namespace srt
