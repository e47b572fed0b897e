// lib/Report/Clashes.cpp: rules that match each other's examples.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Clashes.h"

#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::report {

namespace {
/// Patterns of a rule that are looked at, and clashes that are told of it.
constexpr size_t kMaxTried = 6;
constexpr size_t kMaxTold = 6;

class Finder {
public:
  Finder(const Facts &facts, const Judge &judge, const Examples &examples)
      : policy(facts.now.policy), bindings(facts.now.bindings), judge(judge),
        examples(examples) {}
  std::map<ir::RuleId, std::vector<Clash>> run();

private:
  void tryPattern(ir::RuleId rule, const ir::Pattern &pattern);
  void relate(ir::RuleId a, ir::RuleId b, const sim::Event &event);
  void add(ir::RuleId rule, Clash clash);

  const ir::Policy &policy;
  const sim::Bindings &bindings;
  const Judge &judge;
  const Examples &examples;
  std::map<ir::RuleId, std::vector<Clash>> found;
};
} // namespace

void Finder::add(ir::RuleId rule, Clash clash) {
  std::vector<Clash> &known = found[rule];
  bool isKnown = llvm::any_of(known, [&](const Clash &each) {
    return each.other == clash.other;
  });
  if (!isKnown && known.size() < kMaxTold)
    known.push_back(std::move(clash));
}

void Finder::relate(ir::RuleId a, ir::RuleId b, const sim::Event &event) {
  ir::Effect mine = policy.rule(a).effect, theirs = policy.rule(b).effect;
  if (mine == theirs)
    return;
  std::string text = sim::eventText(event);
  add(a, {b, theirs > mine, text});
  add(b, {a, mine > theirs, text});
}

void Finder::tryPattern(ir::RuleId rule, const ir::Pattern &pattern) {
  for (ir::ActionId action : policy.rule(rule).actions)
    for (ir::ActionId leaf : ir::leavesOf(action)) {
      sim::Event event = examples.of(leaf, pattern, bindings);
      std::vector<ir::RuleId> matching =
          judge.onAction(judge.touching(event), leaf);
      if (!llvm::is_contained(matching, rule))
        continue; // its own `except` spares the example
      for (ir::RuleId other : matching)
        relate(rule, other, event);
    }
}

std::map<ir::RuleId, std::vector<Clash>> Finder::run() {
  size_t count = std::min(policy.rules.size(), kMaxRules);
  for (uint32_t i = 0; i < count; ++i)
    for (const ir::Pattern &pattern :
         llvm::ArrayRef(policy.rules[i].patterns).take_front(kMaxTried))
      tryPattern({i}, pattern);
  return std::move(found);
}

std::map<ir::RuleId, std::vector<Clash>>
clashesOf(const Facts &facts, const Judge &judge, const Examples &examples) {
  return Finder(facts, judge, examples).run();
}

} // namespace srt::report
