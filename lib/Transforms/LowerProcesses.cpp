// lib/Transforms/LowerProcesses.cpp: signal and trace.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/Lowering.h"

namespace srt {

using ir::ActionId;
using ir::SubjectPattern;

/// The widest subject that the allows of an action leave after its denies, or
/// nothing. `self` alone cannot be enforced: it is reported.
static std::optional<SubjectPattern> reach(Lowering &lowering, ActionId action) {
  std::optional<SubjectPattern> reached;
  for (ir::Effect effect : {ir::Effect::Allow, ir::Effect::Deny})
    for (ir::RuleId id : rulesOn(lowering.policy(), effect, action)) {
      lowering.carry(id, ir::Mechanism::Landlock);
      lowering.carry(id, ir::Mechanism::Seccomp);
      for (const ir::Pattern &pattern : lowering.rule(id).patterns) {
        auto subject = std::get<SubjectPattern>(pattern.value);
        if (subject == SubjectPattern::Self)
          lowering.diags.report(pattern.range, diag::SubjectNeedsBroker,
                                ir::spelling(action), "self");
        else if (effect == ir::Effect::Deny)
          reached.reset(); // denies come second; both kinds cover the sandbox
        else
          reached = std::max(reached.value_or(subject), subject);
      }
    }
  return reached;
}

static void lowerSignals(Lowering &lowering) {
  std::optional<SubjectPattern> reached = reach(lowering, ActionId::Signal);
  lowering.open.signals = reached.has_value();
  lowering.open.signalsAnywhere = reached == SubjectPattern::All;
  uint64_t known = kernel::scopesOf(lowering.abi());
  // Where no AF_UNIX socket can be made, only pairs, this scope is the second
  // lock on that door, so an old kernel may lack it. See lowerAbstract().
  if (!lowering.open.abstractConnect)
    lowering.plan.scoped |= kernel::kScopeAbstractUnix & known;
  if (reached == SubjectPattern::All)
    return;
  // Also where no signal is allowed at all: fcntl(F_SETOWN) makes the kernel
  // send them (fs/fcntl.c:send_sigio, v6.12), and only the scope stops that.
  lowering.plan.scoped |= kernel::kScopeSignal & known;
  if (!reached || (known & kernel::kScopeSignal))
    return;
  for (ir::RuleId id :
       rulesOn(lowering.policy(), ir::Effect::Allow, ActionId::Signal))
    if (!lowering.allowWider(id, "signals reach processes outside"))
      reportAbi(lowering, lowering.rule(id).range, "signal sandbox",
                kernel::leastAbi(0, 0, kernel::kScopeSignal),
                "allow signal all;");
}

/// A Landlock domain may only trace itself and what is nested in it
/// (security/landlock/task.c:hook_ptrace_access_check, v6.12).
static void lowerTrace(Lowering &lowering) {
  std::optional<SubjectPattern> reached = reach(lowering, ActionId::Trace);
  lowering.open.tracing = reached.has_value();
  if (reached != SubjectPattern::All)
    return;
  for (ir::RuleId id :
       rulesOn(lowering.policy(), ir::Effect::Allow, ActionId::Trace))
    lowering.narrow(id, "only processes of the sandbox can be traced");
}

void lowerProcesses(Lowering &lowering) {
  lowerSignals(lowering);
  lowerTrace(lowering);
}

} // namespace srt
