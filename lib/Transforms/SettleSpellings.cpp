// lib/Transforms/SettleSpellings.cpp: several names of one call, one decision.
// SPDX-License-Identifier: Apache-2.0
//
// A rule on `fcntl` means fcntl64 as well: whoever wrote it thought of what the
// call does. A multiplexer stands for several calls and has their arguments in
// memory, so it is open for those only that are open whatever their arguments.
#include "lib/Transforms/Lowering.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using ir::SyscallDecision;

static constexpr uint16_t kEnosys = 38;

/// plan.syscalls has every known call, sorted by name.
static SyscallDecision &decisionOn(ir::Plan &plan, llvm::StringRef name) {
  auto at = llvm::lower_bound(plan.syscalls, name,
                              [](const SyscallDecision &decision,
                                 llvm::StringRef name) {
                                return decision.name < name;
                              });
  assert(at != plan.syscalls.end() && at->name == name);
  return *at;
}

/// True if the policy refuses it under just this name.
static bool isDeniedByName(const ir::Policy &policy, llvm::StringRef name) {
  for (ir::RuleId id :
       rulesOn(policy, ir::Effect::Deny, ir::ActionId::Syscall))
    for (const ir::Pattern &pattern : policy.rule(id).patterns) {
      auto &named = std::get<ir::SyscallPattern>(pattern.value);
      if (named.kind == ir::SyscallPattern::Kind::Name && named.name == name)
        return true;
    }
  return false;
}

static bool hasTests(const SyscallDecision &decision) {
  return !decision.allowIf.empty() || !decision.denyIf.empty() ||
         !decision.notifyIf.empty();
}

static SyscallDecision refused(llvm::StringRef name, std::string why) {
  SyscallDecision decision;
  decision.name = name.str();
  decision.error = kEnosys;
  decision.why = std::move(why);
  return decision;
}

static void settle(ir::Plan &plan, const kernel::Spelling &spelling) {
  SyscallDecision &decision = decisionOn(plan, spelling.name);
  SyscallDecision same = decisionOn(plan, spelling.of);
  same.name = spelling.name.str();
  if (hasTests(same) && !spelling.hasSameArgs)
    same = refused(spelling.name, "its arguments stand elsewhere than those of `" +
                                      spelling.of.str() + "`, which are tested");
  if (isDeniedByName(plan.policy, spelling.name))
    same = refused(spelling.name, "");
  decision = std::move(same);
}

/// The rows are of one multiplexer.
static void settle(ir::Plan &plan, llvm::ArrayRef<kernel::Multiplexed> rows) {
  llvm::StringRef name = rows.front().name;
  SyscallDecision made = refused(
      name, "its arguments are in memory, where seccomp cannot read them");
  for (const kernel::Multiplexed &row : rows) {
    const SyscallDecision &member = decisionOn(plan, row.of);
    if (member.isAllowed && !hasTests(member))
      made.allowIf.push_back(
          {{0, ir::ArgTest::Op::Eq, row.mask, row.value}});
  }
  made.isAllowed = !made.allowIf.empty();
  if (isDeniedByName(plan.policy, name))
    made = refused(name, "");
  decisionOn(plan, name) = std::move(made);
}

static bool isOnAny(llvm::ArrayRef<kernel::Arch> archs, llvm::StringRef name) {
  return llvm::any_of(archs, [&](kernel::Arch arch) {
    return kernel::syscallNumber(name, arch).has_value();
  });
}

/// The broker reads memory and descriptors of machines that it was built for.
static void checkBroker(Lowering &lowering) {
  for (kernel::Arch arch : lowering.plan.archs)
    if (lowering.plan.hasBroker() &&
        !llvm::is_contained(kernel::runtimeArchs(), arch))
      lowering.diags.report(lowering.policy().range, diag::BrokerArch,
                            kernel::archName(arch));
}

void settleSpellings(Lowering &lowering) {
  ir::Plan &plan = lowering.plan;
  checkBroker(lowering);
  for (const kernel::Spelling &spelling : kernel::allSpellings())
    settle(plan, spelling);
  llvm::ArrayRef<kernel::Multiplexed> rows = kernel::allMultiplexed();
  while (!rows.empty()) {
    llvm::StringRef name = rows.front().name;
    auto ofOne = rows.take_while(
        [&](const kernel::Multiplexed &row) { return row.name == name; });
    settle(plan, ofOne);
    rows = rows.drop_front(ofOne.size());
  }
  llvm::erase_if(plan.syscalls, [&](const SyscallDecision &decision) {
    return !isOnAny(plan.archs, decision.name);
  });
}

} // namespace srt
