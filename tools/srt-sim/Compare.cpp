// tools/srt-sim/Compare.cpp: who says what, and whether that may be.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-sim/Compare.h"

#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

using Reach = BundleVerdict::Reach;

static const BoundPolicy &written(const Case &asked) { return *asked.policy; }

/// "deny (R3, line 9)", "deny (no rule)".
static std::string describe(const ir::Policy &policy, const Verdict &verdict) {
  std::string text = ir::spelling(verdict.effect).str();
  if (!verdict.rule)
    return text + " (no rule)";
  const ir::Rule &rule = policy.rule(*verdict.rule);
  text += " (" + ir::ruleName(*verdict.rule);
  if (rule.origin == ir::Rule::Origin::Implied)
    return text + ", implied)";
  return text + ", line " + std::to_string(rule.range.line) + ")";
}

static std::string describe(const BundleVerdict &verdict) {
  switch (verdict.reach) {
  case Reach::Denied:
    return "deny (" + verdict.refused + ")";
  case Reach::Partly:
    return "partly (" + verdict.permitted + ", but not " + verdict.refused +
           ")";
  case Reach::Permitted:
    return "allow (" + verdict.permitted + ")";
  }
  llvm_unreachable("unknown reach");
}

/// True if the rule that decided is the one that the row names.
static bool isDecider(const VerdictRow &row, const ir::Policy &policy,
                      const Verdict &verdict) {
  switch (row.decider) {
  case VerdictRow::Decider::Unsaid:
    return true;
  case VerdictRow::Decider::NoRule:
    return !verdict.rule;
  case VerdictRow::Decider::RuleOnLine:
    return verdict.rule && policy.rule(*verdict.rule).range.line == row.line;
  }
  llvm_unreachable("unknown decider");
}

static std::string expectation(const VerdictRow &row) {
  std::string text = ir::spelling(row.effect).str();
  if (row.decider == VerdictRow::Decider::NoRule)
    text += " (no rule)";
  if (row.decider == VerdictRow::Decider::RuleOnLine)
    text += " (line " + std::to_string(row.line) + ")";
  return text;
}

namespace {
/// Collects what one table row disagrees with.
class RowComparison {
public:
  RowComparison(const VerdictRow &row, const Case &asked,
                std::vector<Disagreement> &found)
      : row(row), asked(asked), found(found) {}
  void run();

private:
  void add(Evaluator evaluator, std::string what, std::string expected,
           bool isWider);
  void askPolicy(Evaluator evaluator, const BoundPolicy &bound);
  void askBundle();
  Reach expectedReach() const;

  const VerdictRow &row;
  const Case &asked;
  std::vector<Disagreement> &found;
};
} // namespace

void RowComparison::add(Evaluator evaluator, std::string what,
                        std::string expected, bool isWider) {
  found.push_back({row.range, evaluator, row.text, std::move(what),
                   std::move(expected), isWider});
}

void RowComparison::askPolicy(Evaluator evaluator, const BoundPolicy &bound) {
  Verdict verdict = evalPolicy(bound.policy, bound.bindings, row.event);
  // Passes may merge rules, so that another one decides; but not none.
  bool isRight =
      evaluator == Evaluator::Policy
          ? isDecider(row, bound.policy, verdict)
          : row.decider != VerdictRow::Decider::NoRule || !verdict.rule;
  if (verdict.effect != row.effect || !isRight)
    add(evaluator, describe(bound.policy, verdict), expectation(row), false);
}

Reach RowComparison::expectedReach() const {
  if (row.effect != ir::Effect::Allow || row.narrowing == Narrowing::Denied)
    return Reach::Denied;
  return row.narrowing == Narrowing::Partly ? Reach::Partly : Reach::Permitted;
}

static llvm::StringRef spelling(Reach reach) {
  switch (reach) {
  case Reach::Denied:
    return "deny";
  case Reach::Partly:
    return "partly";
  case Reach::Permitted:
    return "allow";
  }
  llvm_unreachable("unknown reach");
}

void RowComparison::askBundle() {
  BundleVerdict verdict = evalBundle(*asked.bundle, asked.start, row.event);
  const BoundPolicy &policy = written(asked);
  bool isAllowed =
      evalPolicy(policy.policy, policy.bindings, row.event).effect ==
      ir::Effect::Allow;
  bool isWider = verdict.reach != Reach::Denied && !isAllowed;
  if (isWider || verdict.reach != expectedReach())
    add(Evaluator::Bundle, describe(verdict), spelling(expectedReach()).str(),
        isWider);
}

void RowComparison::run() {
  askPolicy(Evaluator::Policy, written(asked));
  if (asked.optimised)
    askPolicy(Evaluator::Ir, *asked.optimised);
  if (asked.bundle)
    askBundle();
}

std::vector<Disagreement> compareRows(const VerdictTable &table,
                                      const Case &asked) {
  std::vector<Disagreement> found;
  for (const VerdictRow &row : table.rows)
    RowComparison(row, asked, found).run();
  return found;
}

/// Counts what the bundle says to an event; a disagreement if it is wider.
static void countBundle(const Event &event, const Verdict &verdict,
                        const Case &asked, DerivedCounts &counts,
                        std::vector<Disagreement> &found) {
  BundleVerdict answer = evalBundle(*asked.bundle, asked.start, event);
  bool isAllowed = verdict.effect == ir::Effect::Allow;
  counts.narrower += isAllowed && answer.reach == Reach::Denied;
  counts.partly += isAllowed && answer.reach == Reach::Partly;
  if (!isAllowed && answer.reach != Reach::Denied)
    found.push_back({{},
                     Evaluator::Bundle,
                     eventText(event),
                     describe(answer),
                     describe(written(asked).policy, verdict),
                     true});
}

std::vector<Disagreement> compareEvents(llvm::ArrayRef<Event> events,
                                        const Case &asked,
                                        DerivedCounts &counts) {
  std::vector<Disagreement> found;
  const BoundPolicy &policy = written(asked);
  for (const Event &event : events) {
    ++counts.events;
    Verdict verdict = evalPolicy(policy.policy, policy.bindings, event);
    counts.allowed += verdict.effect == ir::Effect::Allow;
    if (asked.optimised) {
      const BoundPolicy &other = *asked.optimised;
      Verdict answer = evalPolicy(other.policy, other.bindings, event);
      if (answer.effect != verdict.effect)
        found.push_back({{},
                         Evaluator::Ir,
                         eventText(event),
                         describe(other.policy, answer),
                         describe(policy.policy, verdict),
                         false});
    }
    if (asked.bundle)
      countBundle(event, verdict, asked, counts, found);
  }
  return found;
}

std::vector<Disagreement> compareStrangers(const Case &asked,
                                           DerivedCounts &counts) {
  constexpr uint32_t kI386 = 0x40000003; // AUDIT_ARCH_I386
  constexpr uint32_t kX32 = 0x40000000;  // __X32_SYSCALL_BIT
  constexpr uint32_t kCalls = 600;       // past the last number in use
  std::vector<Disagreement> found;
  kernel::Arch arch = asked.start.arch;
  auto expectRefused = [&](uint32_t machine, uint32_t number) {
    SeccompData data;
    data.nr = int32_t(number);
    data.arch = machine;
    ++counts.strangers;
    if (permitsNumber(*asked.bundle, arch, data))
      found.push_back({{},
                       Evaluator::Bundle,
                       "syscall 0x" + llvm::utohexstr(number, true) +
                           " of machine 0x" + llvm::utohexstr(machine, true),
                       "allow",
                       "deny",
                       true});
  };
  bool hasX32 = arch == kernel::Arch::X86_64;
  for (uint32_t number = 0; asked.bundle && number < kCalls; ++number) {
    expectRefused(kI386, number);
    if (hasX32)
      expectRefused(kernel::auditArch(arch), number | kX32);
  }
  return found;
}

} // namespace srt::sim
