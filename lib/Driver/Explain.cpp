// lib/Driver/Explain.cpp: a plan for people: which rule is enforced by what.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Explain.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

namespace srt {

namespace {
/// Patterns are cut where the table would become too wide for a terminal.
constexpr size_t kPatternWidth = 44;

struct Row {
  std::string id, place, says, mechanism, exactness;
};
} // namespace

static std::string saysText(const ir::Rule &rule, const ir::Policy &policy) {
  std::string text = ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions)
    text += " " + ir::spelling(action).str();
  std::string patterns = llvm::join(
      llvm::map_range(rule.patterns,
                      [&](const ir::Pattern &pattern) {
                        return ir::text(pattern, policy.params);
                      }),
      ", ");
  if (patterns.size() > kPatternWidth)
    patterns = patterns.substr(0, kPatternWidth - 3) + "...";
  return text + " " + patterns;
}

static Row rowOf(const ir::Plan &plan, ir::RuleId id) {
  const ir::Rule &rule = plan.policy.rule(id);
  const ir::Decision &decision = plan.decisions[id.value];
  bool isImplied = rule.origin == ir::Rule::Origin::Implied;
  std::string mechanisms = llvm::join(
      llvm::map_range(decision.mechanisms,
                      [](ir::Mechanism each) { return ir::spelling(each); }),
      "+");
  return {ir::ruleName(id),
          isImplied ? "implied" : "line " + std::to_string(rule.range.line),
          saysText(rule, plan.policy), mechanisms,
          ir::spelling(decision.exactness).str()};
}

static void writeRow(llvm::raw_ostream &out, const Row &row) {
  out << llvm::left_justify(row.id, 4) << ' '
      << llvm::left_justify(row.place, 9) << ' '
      << llvm::left_justify(row.says, 62) << ' '
      << llvm::left_justify(row.mechanism, 17) << ' ' << row.exactness << '\n';
}

static void writeSummary(llvm::raw_ostream &out, const ir::Plan &plan) {
  size_t permitted = llvm::count_if(
      plan.syscalls, [](const auto &syscall) { return syscall.isAllowed; });
  out << "\ntarget " << plan.target.name << ": Landlock ABI "
      << plan.landlockAbi << ", " << plan.roots.size() << " roots, "
      << plan.commands.size() << " commands, " << plan.ports.size()
      << " ports; seccomp permits " << permitted << " of "
      << plan.syscalls.size() << " syscalls\n";
  if (!plan.forbidden.empty())
    out << plan.forbidden.size()
        << " denied places are compared with the roots when the sandbox "
           "starts\n";
  for (const ir::AcceptedWider &accepted : plan.accepted)
    out << "ACCEPTED WIDER: " << ir::ruleName(accepted.rule) << ": "
        << accepted.what << '\n';
}

void explainPlan(llvm::raw_ostream &out, const ir::Plan &plan,
                 const Sources &sources) {
  out << "policy " << plan.policy.name;
  if (!plan.policy.range.isNowhere())
    out << " (" << sources.name(plan.policy.range.file) << ")";
  out << "\n\n";
  writeRow(out, {"rule", "where", "says", "enforced by", "exactness"});
  for (uint32_t i = 0; i < plan.policy.rules.size(); ++i) {
    writeRow(out, rowOf(plan, {i}));
    for (const std::string &note : plan.decisions[i].notes)
      out << "               - " << note << '\n';
  }
  writeSummary(out, plan);
}

} // namespace srt
