// lib/Analysis/CheckRules.cpp: rules that change nothing.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/CellUniverse.h"
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Decide.h"
#include "lib/Analysis/RuleChecker.h"
#include "lib/Analysis/Samples.h"
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
      : policy(policy), typical(withTypicalParams(policy)), depth(depth),
        diags(diags) {}
  void run();

private:
  void report(ir::RuleId id, const RuleFinding &finding);
  void reportCovered(ir::RuleId id, const RuleFinding &finding,
                     ir::RuleId other, const std::string &event);
  void checkSpace(Space space);

  const ir::Policy &policy;
  ir::Policy typical;
  CheckDepth depth;
  DiagnosticEngine &diags;
  automata::Budget steps{kSteps};
};
} // namespace

/// True if some endpoint is no path: what the space of paths says of the rule is
/// not all of it.
static bool isPartlyUnseen(const ir::Rule &rule) {
  if (ir::resource(rule.actions.front()) != ir::Resource::Endpoint)
    return false;
  auto isPath = [](const ir::Pattern &pattern) {
    return std::get<ir::EndpointPattern>(pattern.value).path.has_value();
  };
  return !llvm::all_of(rule.patterns, isPath);
}

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

void RuleReporter::checkSpace(Space space) {
  RuleChecker checker(policy, space, RuleChecker::Grain::Rules);
  if (checker.isUnusable())
    return;
  for (size_t i = 0; i < checker.parts().size(); ++i) {
    ir::RuleId rule = checker.parts()[i].rule;
    if (policy.rule(rule).origin == ir::Rule::Origin::Implied ||
        isPartlyUnseen(policy.rule(rule)) || surelyMatters(typical, rule))
      continue;
    std::optional<RuleFinding> finding = checker.check(i, steps);
    if (!finding)
      return;
    if (!finding->matters && finding->witness)
      report(rule, *finding);
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
