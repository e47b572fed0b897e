// lib/Analysis/WordUniverse.cpp: questions become focused searches.
// SPDX-License-Identifier: Apache-2.0
//
// What both policies say in the same words cannot make a difference by itself.
// So searches look only at words about which what is *not* common still has
// something to say; a reordered policy is equal without a single step.
#include "lib/Analysis/WordUniverse.h"

#include "lib/Analysis/Checks.h"
#include "lib/Analysis/MatchWitness.h"
#include "lib/Analysis/Samples.h"
#include "lib/Analysis/WordWitness.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace srt {

using automata::AtomSetId;
using automata::Next;

/// States that a scan may look at: some hundred megabytes.
static constexpr uint64_t kScanSteps = 400'000;

/// The params alone, at typical places: a guess needs no rules, and there may be
/// many.
static ir::Policy typicalParams(const ir::Policy &policy) {
  ir::Policy bare;
  bare.params = policy.params;
  return withTypicalParams(bare);
}

WordUniverse::WordUniverse(Space kind, const ir::Policy &before,
                           const ir::Policy &after)
    : kind(kind), before(before), after(after), space(kind, budget),
      oldTypical(typicalParams(before)), newTypical(typicalParams(after)) {
  std::vector<Clause> old = clausesOf(before, kind);
  std::vector<Clause> fresh = clausesOf(after, kind);
  addPolicies(old, fresh);
  std::vector<Clause> both = std::move(old);
  both.insert(both.end(), fresh.begin(), fresh.end());
  addCandidates(both);
  space.close();
  noteScan(!space.hasTooManyParams());
}

static std::set<std::string> keysOf(const std::vector<Clause> &clauses) {
  std::set<std::string> keys;
  for (const Clause &clause : clauses)
    keys.insert(clause.key);
  return keys;
}

void WordUniverse::addPolicies(const std::vector<Clause> &old,
                               const std::vector<Clause> &fresh) {
  std::set<std::string> oldKeys = keysOf(old), newKeys = keysOf(fresh);
  for (const Clause &clause : old) {
    if (newKeys.count(clause.key))
      space.add(clause, 1u << Old | 1u << New, Common);
    else
      space.add(clause, 1u << Old, OnlyOld);
  }
  for (const Clause &clause : fresh)
    if (!oldKeys.count(clause.key))
      space.add(clause, 1u << New, OnlyNew);
}

/// Candidates are patterns, whatever is said of them.
void WordUniverse::addCandidates(const std::vector<Clause> &clauses) {
  using Key = std::tuple<size_t, std::string, std::string>;
  struct Met {
    Candidate candidate;
    Named named;
    std::set<const ir::Policy *> in;
  };
  std::map<Key, Met> met;
  std::map<std::string, std::set<const ir::Policy *>> saying;
  for (const Clause &clause : clauses)
    saying[clause.key].insert(clause.policy);
  for (const Clause &clause : clauses) {
    std::string text = ir::text(*clause.pattern, clause.policy->params);
    Met &one = met[{text.size(), text, sourceKey(*clause.pattern, *clause.policy)}];
    one.candidate.text = text;
    one.candidate.actions |= clause.actions;
    one.candidate.isShared &= saying[clause.key].size() == 2;
    one.named = {clause.pattern, clause.policy};
  }
  for (auto &[key, one] : met) {
    uint32_t owner = all.size();
    for (auto [group, view] : {std::pair(InsideA, ViewA), {InsideB, ViewB},
                               {Outside, ViewOut}})
      space.add(*one.named.pattern, one.named.policy->params,
                {1u << view, ir::Effect::Allow, 1, Meaning::Part::Whole, 0},
                group, owner);
    all.push_back(std::move(one.candidate));
    patterns.push_back(one.named);
  }
}

/// True if some atom of the set counts in one of these views only, or in one
/// policy and not in the other.
bool WordUniverse::speaks(AtomSetId set, uint32_t views) {
  return llvm::any_of(space.atomSets().atoms(set), [&](automata::AtomId atom) {
    return (space.meanings()[atom].views & ~views) == 0;
  });
}

void WordUniverse::scan(
    llvm::function_ref<void(const Outcome &, const Outcome &)> visit) {
  if (space.hasTooManyParams())
    return;
  auto isOneSided = [&](AtomSetId reach) {
    return speaks(reach, 1u << Old) || speaks(reach, 1u << New);
  };
  automata::Budget steps(kScanSteps);
  automata::Explorer explorer =
      space.explorer(1u << Common | 1u << OnlyOld | 1u << OnlyNew, steps,
                     automata::Focus{1u << OnlyOld | 1u << OnlyNew, isOneSided});
  bool isWhole = explorer.search([&](const automata::Visit &here) {
    if (here.isWord && isOneSided(here.label))
      visit(space.outcome(here.label, Old), space.outcome(here.label, New));
    return Next::GoOn;
  });
  noteScan(isWhole && !budget.isSpent());
}

bool WordUniverse::isMet(const automata::Visit &visit, const Query &query) {
  auto matches = [&](View view) {
    return space.outcome(visit.label, view).allowed != 0;
  };
  return visit.isWord && matches(ViewA) &&
         (query.inside.size() < 2 || matches(ViewB)) && !matches(ViewOut) &&
         query.holds(space.outcome(visit.label, Old),
                     space.outcome(visit.label, New));
}

std::optional<Witness> WordUniverse::find(const Query &query) {
  assert(!query.inside.empty() && query.inside.size() <= 2);
  noteFind(false);
  if (space.hasTooManyParams() || allowance == 0)
    return std::nullopt;
  auto isOneOf = [](llvm::ArrayRef<uint32_t> owners) {
    return [owners](uint32_t owner) { return llvm::is_contained(owners, owner); };
  };
  PathSpace::Filters filters;
  filters[InsideA] = isOneOf(query.inside.take_front(1));
  filters[InsideB] = isOneOf(query.inside.drop_front(1));
  filters[Outside] = isOneOf(query.outside);
  const uint64_t most = std::min(query.steps, allowance);
  automata::Budget steps(most);
  automata::Explorer explorer = space.explorer(
      ~0u, steps,
      automata::Focus{1u << InsideA, [&](AtomSetId reach) {
                        return speaks(reach, 1u << ViewA);
                      }},
      filters, query.inside.size());
  std::optional<Witness> found;
  bool isWhole = explorer.search([&](const automata::Visit &here) {
    if (!isMet(here, query)) {
      // Once an outsider matches for good, so it does further on.
      bool isOut = space.outcome(here.settled, ViewOut).allowed != 0;
      return isOut ? Next::LeaveOut : Next::GoOn;
    }
    found = witnessOf(kind, space, explorer.word(here.index), before, after);
    return Next::Stop;
  });
  allowance -= most - steps.remaining();
  noteFind(isWhole && !budget.isSpent());
  return found;
}

bool WordUniverse::isMatched(uint32_t candidate, const Witness &witness) const {
  const Named &named = patterns[candidate];
  return matchesWitness(*named.pattern,
                        named.policy == &before ? witness.oldValues
                                                : witness.newValues,
                        witness);
}

std::vector<uint32_t> WordUniverse::matching(const Witness &witness) {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < patterns.size(); ++i)
    if (isMatched(i, witness))
      found.push_back(i);
  return found;
}

static Outcome outcomeOf(const ir::Policy &policy,
                         llvm::ArrayRef<std::string> values,
                         const Witness &witness) {
  auto isMatched = [&](const ir::Pattern &pattern) {
    return matchesWitness(pattern, values, witness);
  };
  Outcome outcome;
  for (const ir::Rule &rule : policy.rules)
    if (llvm::any_of(rule.patterns, isMatched) &&
        llvm::none_of(rule.excepts, isMatched))
      addEffect(outcome, rule.effect, actionBits(rule));
  return outcome;
}

static std::vector<std::string> valuesOf(const ir::Policy &typical) {
  std::vector<std::string> values;
  for (const ir::Param &param : typical.params)
    values.push_back(param.value);
  return values;
}

/// "with ${home} = /home/user": what the pattern itself needs to be known.
static std::string bindingOf(const ir::Pattern &pattern, const ir::Policy &policy,
                             const ir::Policy &typical, const Witness &witness) {
  const ir::PathPattern *path = pathOf(pattern);
  if (path && path->base &&
      policy.params[path->base->value].source != ir::Param::Source::Literal) {
    const ir::Param &param = typical.params[path->base->value];
    return "with ${" + param.name + "} = " + param.value;
  }
  return witness.searchPath.empty()
             ? std::string()
             : "with " + witness.searchPath.front() + " on PATH";
}

std::optional<Witness> WordUniverse::guess(const Query &query) {
  const Named &named = patterns[query.inside.front()];
  const ir::Policy &typical = named.policy == &before ? oldTypical : newTypical;
  std::optional<Witness> witness = sampleOf(*named.pattern, typical);
  if (!witness)
    return std::nullopt;
  witness->oldValues = valuesOf(oldTypical);
  witness->newValues = valuesOf(newTypical);
  witness->binding = bindingOf(*named.pattern, *named.policy, typical, *witness);
  auto matches = [&](uint32_t candidate) { return isMatched(candidate, *witness); };
  bool isAsked = llvm::all_of(query.inside, matches) &&
                 llvm::none_of(query.outside, matches) &&
                 query.holds(outcomeOf(before, witness->oldValues, *witness),
                             outcomeOf(after, witness->newValues, *witness));
  return isAsked ? witness : std::nullopt;
}

} // namespace srt
