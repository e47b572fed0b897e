// lib/Analysis/CheckRules.cpp: rules that change nothing.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/CellUniverse.h"
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Decide.h"
#include "lib/Analysis/QuickRules.h"
#include "lib/Analysis/WordWitness.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/ErrorHandling.h"

#include <map>

namespace srt {

/// States that the searches of one policy may look at together.
static constexpr uint64_t kSteps = 1'000'000;
/// States that one of them may look at.
static constexpr uint64_t kRuleSteps = 100'000;

namespace {
class RuleReporter {
public:
  RuleReporter(const ir::Policy &policy, CheckDepth depth,
               DiagnosticEngine &diags)
      : policy(policy), quick(policy), depth(depth), diags(diags) {}
  void run();

private:
  void report(ir::RuleId id, const RuleFinding &finding,
              std::vector<ir::RuleId> matching);
  void reportCovered(ir::RuleId id, const RuleFinding &finding,
                     ir::RuleId other, const std::string &event);
  bool isOpen(ir::RuleId id) const;
  std::optional<RuleFinding> find(RuleChecker &checker, size_t part, Space space);
  void checkSpace(Space space);
  void checkCells(const CellUniverse &cells);

  const ir::Policy &policy;
  QuickRules quick;
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

/// True if a policy that says nothing of it gets a rule that allows some: then a
/// deny that denies nothing else still keeps that rule out.
static bool isImpliedOtherwise(ir::Resource resource) {
  return resource == ir::Resource::Subject || resource == ir::Resource::Syscall;
}

/// True if the rule comes from a file that was imported, and what covers it does
/// not: whoever puts libraries together means that, and could not change it.
static bool isOfOthers(const ir::Policy &policy, const ir::Rule &rule,
                       const ir::Rule &other) {
  return !rule.range.isNowhere() && rule.range.file != policy.range.file &&
         rule.range.file != other.range.file;
}

/// `matching`: the rules on the first action of the rule that match the witness.
void RuleReporter::report(ir::RuleId id, const RuleFinding &finding,
                          std::vector<ir::RuleId> matching) {
  const ir::Rule &rule = policy.rule(id);
  ir::ActionId leaf = leafOf(rule);
  llvm::erase(matching, id);
  std::optional<ir::RuleId> other = decidingRule(policy, matching);
  std::string event = eventText(leaf, *finding.witness);
  bool isCovered = other && policy.rule(*other).effect >= rule.effect;
  if (isCovered && isOfOthers(policy, rule, policy.rule(*other)))
    return;
  if (isCovered)
    return reportCovered(id, finding, *other, event);
  if (rule.effect == ir::Effect::Deny && depth == CheckDepth::Remarks &&
      !isImpliedOtherwise(ir::resource(leaf)))
    diags.report(rule.range, diag::DenyWithoutEffect, describe(policy, id))
        .hint("for example: " + event);
}

static llvm::SmallVector<uint32_t> patternsOf(const ir::Rule &rule) {
  return llvm::to_vector(llvm::seq<uint32_t>(0, rule.patterns.size()));
}

static bool noneIsGone(PatternRef) { return false; }

/// True if a search can tell more of the rule than is known already.
bool RuleReporter::isOpen(ir::RuleId id) const {
  const ir::Rule &rule = policy.rule(id);
  if (rule.origin == ir::Rule::Origin::Implied || isPartlyUnseen(rule))
    return false;
  return !quick.surelyMatter(id, patternsOf(rule), noneIsGone);
}

/// What a rule adds, found quickly or by a search of bounded length.
std::optional<RuleFinding> RuleReporter::find(RuleChecker &checker, size_t part,
                                              Space space) {
  ir::RuleId id = checker.parts()[part].rule;
  auto finding =
      quick.covered(id, patternsOf(policy.rule(id)), space, noneIsGone);
  if (finding || steps.isSpent())
    return finding;
  automata::Budget own(std::min(kRuleSteps, steps.remaining()));
  uint64_t before = own.remaining();
  finding = checker.check(part, own);
  for (uint64_t used = before - own.remaining(); used > 0; --used)
    steps.spend();
  return finding;
}

void RuleReporter::checkSpace(Space space) {
  RuleChecker checker(policy, space, RuleChecker::Grain::Rules);
  if (checker.isUnusable())
    return;
  for (size_t i = 0; i < checker.parts().size(); ++i) {
    ir::RuleId rule = checker.parts()[i].rule;
    if (!isOpen(rule))
      continue;
    std::optional<RuleFinding> finding = find(checker, i, space);
    if (finding && !finding->matters && finding->witness)
      report(rule, *finding,
             quick.rulesAt(leafOf(policy.rule(rule)), *finding->witness));
  }
}

namespace {
/// What the cells so far say of one rule.
struct CellFinding {
  RuleFinding found;
  std::vector<ir::RuleId> matching; // the rules at the witness
  bool isTelling = false; // the witness is decided as the rule has it
};
} // namespace

/// The outcome of some rules on the actions of one of them, without it or not.
static Outcome outcomeOf(const ir::Policy &policy,
                         llvm::ArrayRef<ir::RuleId> rules, uint64_t actions,
                         std::optional<ir::RuleId> without) {
  Outcome outcome;
  for (ir::RuleId rule : rules)
    if (rule != without)
      addEffect(outcome, policy.rule(rule).effect,
                actionBits(policy.rule(rule)) & actions);
  return outcome;
}

/// Takes a cell into account in which the rule matches, beside `rules`.
static void weigh(const ir::Policy &policy, ir::RuleId id,
                  const Witness &witness, llvm::ArrayRef<ir::RuleId> rules,
                  CellFinding &finding) {
  uint64_t actions = actionBits(policy.rule(id));
  Outcome with = outcomeOf(policy, rules, actions, std::nullopt);
  Outcome without = outcomeOf(policy, rules, actions, id);
  finding.found.matters |= with.permitted() != without.permitted() ||
                           with.questioned() != without.questioned();
  finding.found.isDenied &= (actions & ~(without.denied | without.asked)) == 0;
  uint64_t leaf = bitOf(leafOf(policy.rule(id)));
  bool isTelling = verdictOn(with, leaf) == policy.rule(id).effect;
  if (finding.found.witness && (finding.isTelling || !isTelling))
    return;
  finding.isTelling = isTelling;
  finding.found.witness = witness;
  finding.matching.clear();
  for (ir::RuleId rule : rules)
    if (actionBits(policy.rule(rule)) & leaf)
      finding.matching.push_back(rule);
}

void RuleReporter::checkCells(const CellUniverse &cells) {
  if (cells.isExhausted())
    return;
  std::map<uint32_t, CellFinding> findings; // by rule
  cells.scanRules([&](const Witness &witness, llvm::ArrayRef<ir::RuleId> rules) {
    for (ir::RuleId rule : rules)
      weigh(policy, rule, witness, rules, findings[rule.value]);
  });
  for (auto &[number, finding] : findings) {
    ir::RuleId id{number};
    if (!finding.found.matters &&
        policy.rule(id).origin != ir::Rule::Origin::Implied &&
        cells.isWhole(id))
      report(id, finding.found, std::move(finding.matching));
  }
}

void RuleReporter::run() {
  for (Space space : {Space::Paths, Space::Commands, Space::Names})
    checkSpace(space);
  for (auto cellsOf : {endpointCells, subjectCells, syscallCells})
    checkCells(*cellsOf(policy, policy));
}

void checkRules(const ir::Policy &policy, CheckDepth depth,
                DiagnosticEngine &diags) {
  RuleReporter(policy, depth, diags).run();
}

} // namespace srt
