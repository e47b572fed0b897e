// lib/IR/PlanVerifySyscalls.cpp: checks of the syscall table.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanVerifyParts.h"

namespace srt::ir {

/// SECCOMP_RET_ERRNO takes 1 to MAX_ERRNO (include/linux/err.h, v6.12).
static constexpr uint16_t kMaxErrno = 4095;
static constexpr size_t kArgs = 6;

static Fault faultIn(llvm::ArrayRef<Conjunction> conditions) {
  for (const Conjunction &tests : conditions)
    for (const ArgTest &test : tests)
      if (test.index >= kArgs)
        return "there is no arg" + std::to_string(test.index);
  return "";
}

static Fault faultIn(const SyscallDecision &decision) {
  if (!kernel::isSyscall(decision.name))
    return "it is not in the table of syscalls";
  if (decision.error == 0 || decision.error > kMaxErrno)
    return std::to_string(decision.error) + " is not an error number";
  for (const auto *conditions :
       {&decision.allowIf, &decision.denyIf, &decision.notifyIf})
    if (Fault fault = faultIn(*conditions); !fault.empty())
      return fault;
  return "";
}

/// Actions that the broker judges by path: on files, programs and, if it judges
/// these at all, unix sockets.
static bool isJudged(const Plan &plan, ActionId leaf) {
  if (resource(leaf) == Resource::Endpoint)
    return plan.network && plan.network->unixes;
  bool isFile = resource(leaf) == Resource::Path &&
                leaf != ActionId::ReadMetadata && leaf != ActionId::Ioctl &&
                leavesOf(leaf).front() == leaf;
  return isFile || leaf == ActionId::Exec;
}

Fault faultInMediated(const Plan &plan) {
  if (plan.mediatedFs & ~plan.handledFs)
    return "mediated: it has a right that is not handled";
  for (size_t i = 0; i < plan.mediated.size(); ++i)
    if (!isJudged(plan, plan.mediated[i]) ||
        (i > 0 && plan.mediated[i] <= plan.mediated[i - 1]))
      return "mediated: its actions are not of those that the broker judges, "
             "distinct and in table order";
  if (plan.network && (plan.handledNet || !plan.ports.empty()))
    return "network: the broker judges ports, and Landlock handles some";
  for (const SyscallDecision &decision : plan.syscalls)
    if (!decision.notifyIf.empty() && !plan.hasBroker())
      return "syscall " + decision.name + ": it goes to the broker, and there "
             "is none";
  return "";
}

Fault faultInSyscalls(const Plan &plan) {
  const std::string *previous = nullptr;
  for (const SyscallDecision &decision : plan.syscalls) {
    Fault fault = faultIn(decision);
    if (previous && *previous == decision.name)
      fault = "it is decided twice";
    else if (previous && *previous > decision.name)
      fault = "it is not in the order of names";
    if (!fault.empty())
      return "syscall " + decision.name + ": " + fault;
    previous = &decision.name;
  }
  return "";
}

} // namespace srt::ir
