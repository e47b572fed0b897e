// lib/IR/PlanVerify.cpp: the checks behind ir::verifyPlan.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanVerify.h"

#include "lib/IR/PlanVerifyParts.h"
#include "lib/IR/Verify.h"
#include "lib/Kernel/Landlock.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::ir {

static Fault faultInTarget(const Plan &plan) {
  auto target = kernel::targetNamed(plan.target.name);
  if (!target || target->os != plan.target.os ||
      target->landlockAbi != plan.target.landlockAbi)
    return "target `" + plan.target.name + "` is not as in the table";
  for (size_t i = 1; i < plan.archs.size(); ++i)
    if (plan.archs[i] <= plan.archs[i - 1])
      return "its architectures are not distinct and in table order";
  if (target->os == kernel::Os::Linux && plan.archs.empty())
    return "it has no architecture";
  return "";
}

static Fault faultInAbi(const Plan &plan) {
  unsigned newest = kernel::newestAbi();
  if ((plan.handledFs & ~kernel::fsRightsOf(newest)) ||
      (plan.handledNet & ~kernel::netRightsOf(newest)) ||
      (plan.scoped & ~kernel::scopesOf(newest)))
    return "it handles a right that is in no Landlock ABI";
  std::string abi = "abi " + std::to_string(plan.landlockAbi);
  unsigned least =
      kernel::leastAbi(plan.handledFs, plan.handledNet, plan.scoped);
  if (plan.landlockAbi < least)
    return abi + " lacks a right that is handled";
  if (plan.audit == Audit::Denials && plan.landlockAbi < kLeastAuditAbi)
    return abi + " logs nothing, and denials are to be logged";
  if (plan.landlockAbi > plan.target.landlockAbi)
    return abi + " is newer than the target's";
  return "";
}

/// Rules of a person's that say yes or no. What is asked needs somebody to ask.
static bool needsMechanism(const Rule &rule) {
  return rule.origin == Rule::Origin::Written && rule.effect != Effect::Ask;
}

static bool isAccepted(const Plan &plan, RuleId rule) {
  return llvm::any_of(plan.accepted, [&](const AcceptedWider &accepted) {
    return accepted.rule == rule;
  });
}

static Fault faultIn(const Plan &plan, RuleId id) {
  const Decision &decision = plan.decisions[id.value];
  llvm::ArrayRef<Mechanism> mechanisms = decision.mechanisms;
  for (size_t i = 1; i < mechanisms.size(); ++i)
    if (mechanisms[i] <= mechanisms[i - 1])
      return "its mechanisms are not distinct and in order";
  if (mechanisms.size() > 1 && mechanisms.back() == Mechanism::Nothing)
    return "`nothing` stands beside another mechanism";
  if (mechanisms.empty() && needsMechanism(plan.policy.rule(id)))
    return "it was written but has no mechanism";
  if (decision.exactness == Exactness::Wider && !isAccepted(plan, id))
    return "it is enforced more widely than written, which nobody accepted";
  return "";
}

static Fault faultInDecisions(const Plan &plan) {
  size_t rules = plan.policy.rules.size();
  if (plan.decisions.size() != rules)
    return std::to_string(rules) + " rules have " +
           std::to_string(plan.decisions.size()) + " decisions";
  for (uint32_t i = 0; i < rules; ++i)
    if (Fault fault = faultIn(plan, RuleId{i}); !fault.empty())
      return "rule " + ruleName({i}) + ": " + fault;
  for (const AcceptedWider &accepted : plan.accepted)
    if (accepted.rule.value >= rules)
      return "accepted: there is no rule " + ruleName(accepted.rule);
  return "";
}

bool verifyPlan(const Plan &plan, std::string &why) {
  if (!verify(plan.policy, why))
    return false;
  for (auto check : {faultInTarget, faultInAbi, faultInDecisions, faultInRoots,
                     faultInGrants, faultInForbidden, faultInMediated,
                     faultInSyscalls}) {
    why = check(plan);
    if (!why.empty())
      return false;
  }
  return true;
}

bool verifyPlanOrReport(const Plan &plan, DiagnosticEngine &diags) {
  std::string why;
  if (verifyPlan(plan, why))
    return true;
  diags.report(plan.policy.range, diag::IrBroken, "plan: " + why);
  return false;
}

} // namespace srt::ir
