// lib/Analysis/Clauses.cpp: rules taken apart.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Clauses.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

namespace srt {

uint64_t bitOf(ir::ActionId leaf) { return uint64_t(1) << unsigned(leaf); }

uint64_t actionBits(const ir::Rule &rule) {
  uint64_t bits = 0;
  for (ir::ActionId action : rule.actions)
    for (ir::ActionId leaf : ir::leavesOf(action))
      bits |= bitOf(leaf);
  return bits;
}

static bool isIn(Space space, const ir::Pattern &pattern) {
  bool isCommand = std::holds_alternative<ir::CommandPattern>(pattern.value);
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  switch (space) {
  case Space::Paths:
    return !isCommand && pathOf(pattern) != nullptr;
  case Space::Commands:
    return isCommand;
  case Space::Names:
    return std::holds_alternative<ir::NamePattern>(pattern.value);
  case Space::Abstract:
    return endpoint && endpoint->abstract;
  }
  return false;
}

std::string sourceKey(const ir::Pattern &pattern, const ir::Policy &policy) {
  const ir::PathPattern *path = pathOf(pattern);
  if (!path || !path->base)
    return {};
  const ir::Param &param = policy.params[path->base->value];
  return std::to_string(unsigned(param.source)) + param.value;
}

/// Names a pattern by what it means: a param by where its value comes from,
/// not by what it is called.
static std::string keyOf(const ir::Pattern &pattern, const ir::Policy &policy) {
  const ir::PathPattern *path = pathOf(pattern);
  if (!path || !path->base)
    return ir::text(pattern, policy.params) + "\n";
  // One param without a name instead of all that the policy has: there may be
  // as many of them as there are patterns.
  ir::Pattern alone = pattern;
  pathOf(alone)->base = ir::ParamId{0};
  return ir::text(alone, llvm::ArrayRef(ir::Param{})) + "\n" + sourceKey(pattern, policy);
}

static std::string keyOf(const ir::Rule &rule, const ir::Policy &policy) {
  std::vector<std::string> patterns, excepts;
  for (const ir::Pattern &pattern : rule.patterns)
    patterns.push_back(keyOf(pattern, policy));
  for (const ir::Pattern &except : rule.excepts)
    excepts.push_back(keyOf(except, policy));
  llvm::sort(patterns);
  llvm::sort(excepts);
  std::string key = ir::spelling(rule.effect).str() + " " +
                    std::to_string(actionBits(rule));
  for (const std::string &text : patterns)
    key += "\n" + text;
  key += "\nexcept";
  for (const std::string &text : excepts)
    key += "\n" + text;
  return key;
}

/// Stands for a text that would otherwise be kept once for each pattern of its
/// rule, which takes the square of what the rule does.
static std::string digestOf(llvm::StringRef text) {
  auto digest = llvm::SHA256::hash(llvm::arrayRefFromStringRef(text));
  return llvm::toHex(digest);
}

namespace {
/// Appends the clauses of one rule.
class RuleClauses {
public:
  RuleClauses(const ir::Policy &policy, ir::RuleId id, Space space,
              std::vector<Clause> &out)
      : policy(policy), id(id), rule(policy.rule(id)), space(space), out(out) {}

  void add() {
    bool isCut = llvm::any_of(rule.excepts, [&](const ir::Pattern &except) {
      return isIn(space, except);
    });
    std::string pairKey = isCut ? digestOf(keyOf(rule, policy)) : std::string();
    auto part = isCut ? Meaning::Part::Pattern : Meaning::Part::Whole;
    addAll(rule.patterns, part, pairKey);
    addAll(rule.excepts, Meaning::Part::Except, pairKey);
  }

private:
  void addAll(const std::vector<ir::Pattern> &patterns, Meaning::Part part,
              const std::string &pairKey) {
    for (const ir::Pattern &pattern : patterns) {
      if (!isIn(space, pattern))
        continue;
      Clause clause{&policy, id, &pattern, part, rule.effect, actionBits(rule),
                    {}, pairKey};
      clause.key = std::to_string(unsigned(part)) +
                   ir::spelling(rule.effect).str() +
                   std::to_string(clause.actions) + "\n" +
                   keyOf(pattern, policy) + "\n" + pairKey;
      out.push_back(std::move(clause));
    }
  }

  const ir::Policy &policy;
  ir::RuleId id;
  const ir::Rule &rule;
  Space space;
  std::vector<Clause> &out;
};
} // namespace

std::vector<Clause> clausesOf(const ir::Policy &policy, Space space) {
  std::vector<Clause> clauses;
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    RuleClauses(policy, {i}, space, clauses).add();
  return clauses;
}

} // namespace srt
