// test/Tools/srt-algebra-check/Policies.cpp: random policies in every form.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/Check.h"

#include "lib/Analysis/MatchWitness.h"
#include "lib/Analysis/PathSpace.h"
#include "lib/Analysis/PathTables.h"
#include "lib/Analysis/RuleIndex.h"
#include "lib/IR/Print.h"
#include "lib/Sim/EvalPolicy.h"
#include "lib/Verify/Verify.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::check {

using sim::Dice;

namespace {
struct Counts {
  uint64_t paths = 0, states = 0, failed = 0, permitted = 0;
};

class OnePolicy {
public:
  OnePolicy(uint64_t seed, Counts &counts)
      : seed(seed), dice(seed), policy(randomIr(dice)), index(policy),
        counts(counts) {}
  void checkTables();
  void checkSearch();

private:
  Outcome asked(llvm::StringRef path, const std::vector<std::string> &values);
  void compare(const Outcome &outcome, llvm::StringRef path,
               const std::vector<std::string> &values, llvm::StringRef who);

  uint64_t seed;
  Dice dice;
  ir::Policy policy;
  RuleIndex index;
  Counts &counts;
};
} // namespace

static ir::Effect oracle(const ir::Policy &policy, ir::ActionId leaf,
                         llvm::StringRef path,
                         const std::vector<std::string> &values) {
  sim::Bindings bindings;
  bindings.params = values;
  return sim::evalPolicy(policy, bindings, {leaf, sim::Name{path.str()}}).effect;
}

void OnePolicy::compare(const Outcome &outcome, llvm::StringRef path,
                        const std::vector<std::string> &values,
                        llvm::StringRef who) {
  using ir::ActionId;
  for (ActionId leaf : {ActionId::ReadData, ActionId::ReadList,
                        ActionId::WriteCreate, ActionId::WriteData}) {
    ir::Effect wanted = oracle(policy, leaf, path, values);
    ir::Effect found = verdictOn(outcome, bitOf(leaf));
    counts.permitted += wanted == ir::Effect::Allow;
    if (wanted == found)
      continue;
    ++counts.failed;
    Sources sources;
    llvm::outs() << "seed " << seed << ": " << who << " says "
                 << ir::spelling(found) << ", lib/Sim " << ir::spelling(wanted)
                 << " to " << ir::spelling(leaf) << " " << path << " with p = "
                 << values[0] << ", q = " << values[1] << "\n";
    ir::print(llvm::outs(), policy, sources, ir::Locations::Off);
  }
}

/// What the rules say that match when asked one after the other. Counts a failure
/// for a pattern that the index of the policy would not have found.
Outcome OnePolicy::asked(llvm::StringRef path,
                         const std::vector<std::string> &values) {
  Witness witness{{path.str()}, {}, values, values, {}};
  std::vector<PatternRef> candidates = index.candidates(witness);
  Outcome outcome;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    bool isMatched = false;
    for (uint32_t j = 0; j < rule.patterns.size(); ++j) {
      bool isIt = matchesWitness(rule.patterns[j], values, witness);
      counts.failed += isIt && !llvm::is_contained(candidates, PatternRef{{i}, j});
      isMatched |= isIt;
    }
    if (isMatched && llvm::none_of(rule.excepts, [&](const auto &except) {
          return matchesWitness(except, values, witness);
        }))
      addEffect(outcome, rule.effect, actionBits(rule));
  }
  return outcome;
}

void OnePolicy::checkTables() {
  automata::Budget budget;
  std::optional<PathTables> tables = buildPathTables(policy, budget);
  if (!tables) {
    ++counts.failed;
    return;
  }
  verify::Result proof = verify::verifyTables(policy, *tables);
  if (proof.counterexample || !proof.isComplete) {
    ++counts.failed;
    llvm::outs() << "seed " << seed << ": the verifier objects to the tables\n";
  }
  for (unsigned i = 0; i < 8; ++i) {
    std::vector<std::string> values{randomPath(dice, 2), randomPath(dice, 2)};
    std::string path = randomPath(dice, 4);
    ++counts.paths;
    compare(evaluate(*tables, values, path), path, values, "the table");
    compare(asked(path, values), path, values, "each rule");
  }
}

/// Every state of a search: its shortest word, with its markers as the values
/// of the params, must get the verdicts of its label.
void OnePolicy::checkSearch() {
  automata::Budget budget;
  PathSpace space(Space::Paths, budget);
  for (const Clause &clause : clausesOf(policy, Space::Paths))
    space.add(clause, 1, 0);
  space.close();
  automata::Explorer explorer = space.explorer(1, budget);
  bool isWhole = explorer.search([&](const automata::Visit &visit) {
    if (!visit.isWord)
      return automata::Next::GoOn;
    ++counts.states;
    automata::Word word = explorer.word(visit.index);
    std::vector<std::string> values;
    for (const ir::Param &param : policy.params)
      values.push_back(space.valueOf(param, word));
    std::string path = word.bytes.empty() ? "/" : word.bytes;
    compare(space.outcome(visit.label, 0), path, values, "the search");
    compare(asked(path, values), path, values, "each rule");
    return automata::Next::GoOn;
  });
  counts.failed += !isWhole;
}

size_t checkPolicies(uint64_t count, uint64_t seed) {
  Counts counts;
  for (uint64_t i = 0; i < count && counts.failed < 10; ++i) {
    OnePolicy one(seed + i, counts);
    one.checkTables();
    if (i % 16 == 0)
      one.checkSearch();
  }
  llvm::outs() << count << " policies from seed " << seed << ": "
               << counts.paths << " paths, " << counts.states
               << " states of a search, " << counts.permitted
               << " verdicts allow; " << counts.failed << " differ\n";
  return counts.failed;
}

} // namespace srt::check
