// lib/Transforms/LowerSyscalls.cpp: one decision for every known syscall.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/Closures.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using ir::ActionId;
using ir::SyscallPattern;

namespace {
class SyscallLowering {
public:
  explicit SyscallLowering(Lowering &lowering) : lowering(lowering) {}
  void run();

private:
  void applyRules(ir::SyscallDecision &decision);
  void applyAllow(ir::RuleId id, ir::SyscallDecision &decision);
  void applyDeny(ir::RuleId id, ir::SyscallDecision &decision);
  void applyClosure(const Closure &closure);
  void restrictTo(const Closure &closure, ir::SyscallDecision &decision);
  void tell(const Closure &closure);
  void checkStart();

  Lowering &lowering;
};
} // namespace

static bool names(const SyscallPattern &pattern, llvm::StringRef syscall) {
  switch (pattern.kind) {
  case SyscallPattern::Kind::All:
    return true;
  case SyscallPattern::Kind::Group:
    return kernel::isInGroup(syscall, pattern.name);
  case SyscallPattern::Kind::Name:
    return pattern.name == syscall;
  }
  return false;
}

/// What some patterns say about a syscall: nothing, all of it, or the calls
/// that pass one of the tests.
namespace {
struct Spoken {
  bool isWhole = false;
  std::vector<ir::Conjunction> tests;
};
} // namespace

static Spoken spokenOf(llvm::ArrayRef<ir::Pattern> patterns,
                       llvm::StringRef syscall) {
  Spoken spoken;
  for (const ir::Pattern &pattern : patterns) {
    auto &named = std::get<SyscallPattern>(pattern.value);
    if (!names(named, syscall))
      continue;
    if (named.tests.empty())
      spoken.isWhole = true;
    else
      spoken.tests.push_back(named.tests);
  }
  return spoken;
}

void SyscallLowering::applyAllow(ir::RuleId id, ir::SyscallDecision &decision) {
  const ir::Rule &rule = lowering.rule(id);
  Spoken spoken = spokenOf(rule.patterns, decision.name);
  Spoken cut = spokenOf(rule.excepts, decision.name);
  if (cut.isWhole || (!spoken.isWhole && spoken.tests.empty()))
    return;
  if (!cut.tests.empty()) {
    // Refusing those calls outright is narrower than the rule if another rule
    // allows them, so it is said.
    llvm::append_range(decision.denyIf, cut.tests);
    lowering.narrow(id, "its exceptions hold for `" + decision.name +
                            "` whatever other rules say");
  }
  bool wasWhole = decision.isAllowed && decision.allowIf.empty();
  decision.isAllowed = true;
  if (spoken.isWhole || wasWhole)
    decision.allowIf.clear();
  else
    llvm::append_range(decision.allowIf, spoken.tests);
}

void SyscallLowering::applyDeny(ir::RuleId id, ir::SyscallDecision &decision) {
  const ir::Rule &rule = lowering.rule(id);
  Spoken spoken = spokenOf(rule.patterns, decision.name);
  Spoken spared = spokenOf(rule.excepts, decision.name);
  if (spared.isWhole)
    return;
  if (!spared.tests.empty())
    lowering.narrow(id, "it denies the whole of `" + decision.name + "`");
  if (spoken.isWhole)
    decision.isAllowed = false;
  llvm::append_range(decision.denyIf, spoken.tests);
}

void SyscallLowering::applyRules(ir::SyscallDecision &decision) {
  const ir::Policy &policy = lowering.policy();
  for (ir::RuleId id : rulesOn(policy, ir::Effect::Allow, ActionId::Syscall))
    applyAllow(id, decision);
  for (ir::RuleId id : rulesOn(policy, ir::Effect::Deny, ActionId::Syscall))
    applyDeny(id, decision);
  if (!decision.isAllowed)
    decision.allowIf.clear();
}

/// Whoever names a closed syscall is told so; whoever says `all` or a group
/// gets a note.
void SyscallLowering::tell(const Closure &closure) {
  for (ir::RuleId id :
       rulesOn(lowering.policy(), ir::Effect::Allow, ActionId::Syscall)) {
    for (const ir::Pattern &pattern : lowering.rule(id).patterns) {
      auto &named = std::get<SyscallPattern>(pattern.value);
      bool isByName = named.kind == SyscallPattern::Kind::Name &&
                      named.name == closure.syscall;
      if (isByName && closure.kind == Closure::Kind::Refuse)
        lowering.diags.report(pattern.range, diag::SyscallClosed,
                              closure.syscall, closure.why);
      if (names(named, closure.syscall) && lowering.rule(id).origin == ir::Rule::Origin::Written)
        lowering.narrow(id, "`" + closure.syscall + "`: " + closure.why);
    }
  }
}

/// Both the rule's tests and the closure's must hold: every pair of them.
void SyscallLowering::restrictTo(const Closure &closure,
                                 ir::SyscallDecision &decision) {
  if (decision.allowIf.empty()) {
    decision.allowIf = closure.conjunctions;
    return;
  }
  std::vector<ir::Conjunction> pairs;
  for (const ir::Conjunction &mine : decision.allowIf)
    for (const ir::Conjunction &theirs : closure.conjunctions) {
      ir::Conjunction both = mine;
      llvm::append_range(both, theirs);
      pairs.push_back(std::move(both));
    }
  decision.allowIf = std::move(pairs);
}

void SyscallLowering::applyClosure(const Closure &closure) {
  auto &all = lowering.plan.syscalls;
  auto decision = llvm::find_if(
      all, [&](const auto &d) { return d.name == closure.syscall; });
  if (decision == all.end() || !decision->isAllowed) {
    // What is refused anyway is refused with the error that programs expect.
    if (decision != all.end() && closure.kind == Closure::Kind::Refuse)
      decision->error = closure.error;
    return;
  }
  tell(closure);
  decision->why = closure.why;
  switch (closure.kind) {
  case Closure::Kind::Refuse:
    decision->isAllowed = false;
    decision->allowIf.clear();
    decision->denyIf.clear();
    decision->error = closure.error;
    return;
  case Closure::Kind::OnlyIf:
    decision->error = closure.error;
    return restrictTo(closure, *decision);
  case Closure::Kind::RefuseIf:
    llvm::append_range(decision->denyIf, closure.conjunctions);
    return;
  }
}

/// Without these nothing can start, or end with a message.
void SyscallLowering::checkStart() {
  for (const ir::SyscallDecision &decision : lowering.plan.syscalls) {
    bool isNeeded = decision.name == "execve" || decision.name == "exit_group" ||
                    decision.name == "write";
    bool isFree = decision.isAllowed && decision.allowIf.empty() &&
                  decision.denyIf.empty();
    if (isNeeded && !isFree)
      lowering.diags.report(lowering.policy().range, diag::CannotStart,
                            decision.name);
  }
}

void SyscallLowering::run() {
  for (const kernel::Syscall &syscall : kernel::allSyscalls()) {
    ir::SyscallDecision decision;
    decision.name = syscall.name.str();
    applyRules(decision);
    lowering.plan.syscalls.push_back(std::move(decision));
  }
  for (const Closure &closure : closuresFor(lowering))
    applyClosure(closure);
  for (ir::Effect effect : {ir::Effect::Allow, ir::Effect::Deny})
    for (ir::RuleId id :
         rulesOn(lowering.policy(), effect, ActionId::Syscall))
      lowering.carry(id, ir::Mechanism::Seccomp);
  checkStart();
}

void lowerSyscalls(Lowering &lowering) { SyscallLowering(lowering).run(); }

} // namespace srt
