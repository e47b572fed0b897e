// test/Tools/srt-mutate/BrokerFaults.cpp: mistakes in tables and notifications.
// SPDX-License-Identifier: Apache-2.0
//
// The tables are made from the policy of the plan, so a fault in that is one in
// the tables alone: roots and filter are planned already.
#include "test/Tools/srt-mutate/Faults.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::mutate {

/// A change to the first rule with that effect that the broker judges.
static std::function<bool(ir::Plan &)>
onRule(ir::Effect effect, std::function<bool(ir::Rule &)> change) {
  return [=](ir::Plan &plan) {
    for (size_t i = 0; i < plan.policy.rules.size(); ++i)
      if (plan.policy.rules[i].effect == effect &&
          llvm::is_contained(plan.decisions[i].mechanisms,
                             ir::Mechanism::Broker) &&
          change(plan.policy.rules[i]))
        return true;
    return false;
  };
}

static bool cutPattern(ir::Rule &rule) {
  for (ir::Pattern &pattern : rule.patterns)
    if (ir::PathPattern *path = pathOf(pattern); path && path->segments.size() > 1) {
      path->segments.pop_back();
      return true;
    }
  return false;
}

static bool anchorPattern(ir::Rule &rule) {
  for (ir::Pattern &pattern : rule.patterns)
    if (ir::PathPattern *path = pathOf(pattern))
      if (!path->segments.empty() &&
          path->segments.front().kind == ir::Segment::Kind::AnyDepth) {
        path->segments.erase(path->segments.begin());
        return true;
      }
  return false;
}

static bool dropExcept(ir::Rule &rule) {
  if (rule.excepts.empty())
    return false;
  rule.excepts.pop_back();
  return true;
}

std::vector<Fault> brokerFaults() {
  using Effect = ir::Effect;
  auto drop = [](ir::Rule &rule) {
    rule.patterns.clear();
    rule.excepts.clear();
    return true;
  };
  auto become = [](Effect effect) {
    return [=](ir::Rule &rule) {
      rule.effect = effect;
      return true;
    };
  };
  std::vector<Fault> faults = {
      {"table-without-deny", onRule(Effect::Deny, drop)},
      {"table-without-allow", onRule(Effect::Allow, drop)},
      {"table-allows-deny", onRule(Effect::Deny, become(Effect::Allow))},
      {"table-denies-allow", onRule(Effect::Allow, become(Effect::Deny))},
      {"table-cut-deny", onRule(Effect::Deny, cutPattern)},
      {"table-cut-allow", onRule(Effect::Allow, cutPattern)},
      {"table-without-depth", onRule(Effect::Deny, anchorPattern)},
      {"table-without-except", onRule(Effect::Allow, dropExcept)},
      {"table-without-deny-except", onRule(Effect::Deny, dropExcept)}};
  faults.push_back({"judges-less", [](ir::Plan &plan) {
                      if (plan.mediated.empty())
                        return false;
                      plan.mediated.pop_back();
                      return true;
                    }});
  faults.push_back({"judges-nothing", [](ir::Plan &plan) {
                      bool had = !plan.mediated.empty();
                      plan.mediated.clear();
                      return had;
                    }});
  return faults;
}

std::vector<Fault> forgottenCalls() {
  std::vector<Fault> faults;
  for (llvm::StringRef name :
       {"open", "openat", "creat", "mkdir", "mkdirat", "mknodat", "symlinkat",
        "linkat", "rename", "renameat2", "unlink", "unlinkat", "rmdir",
        "truncate", "chmod", "fchmod", "fchmodat", "fchownat", "utimensat",
        "setxattr", "fremovexattr", "execve", "execveat", "connect", "bind",
        "listen", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg",
        "getpeername"}) {
    faults.push_back({("forgets-" + name).str(), [=](ir::Plan &plan) {
                        for (ir::SyscallDecision &decision : plan.syscalls)
                          if (decision.name == name && !decision.notifyIf.empty()) {
                            decision.notifyIf.clear();
                            return true;
                          }
                        return false;
                      }});
    faults.push_back({("forgets-a-case-of-" + name).str(), [=](ir::Plan &plan) {
                        for (ir::SyscallDecision &decision : plan.syscalls)
                          if (decision.name == name && decision.notifyIf.size() > 1) {
                            decision.notifyIf.erase(decision.notifyIf.begin());
                            return true;
                          }
                        return false;
                      }});
  }
  faults.push_back({"opens-openat2", [](ir::Plan &plan) {
                      for (ir::SyscallDecision &decision : plan.syscalls)
                        if (decision.name == "openat2" && !plan.mediated.empty())
                          decision.isAllowed = true;
                      return !plan.mediated.empty();
                    }});
  return faults;
}

} // namespace srt::mutate
