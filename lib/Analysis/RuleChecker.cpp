// lib/Analysis/RuleChecker.cpp: a search over what one rule matches.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/RuleChecker.h"

#include "lib/Analysis/WordWitness.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using automata::Next;

size_t RuleChecker::partOf(const Clause &clause, Grain grain) {
  bool isAlone =
      grain == Grain::Patterns && clause.part == Meaning::Part::Whole;
  if (isAlone || all.empty() || all.back().rule != clause.rule)
    all.push_back({clause.rule, isAlone ? clause.pattern : nullptr});
  return all.size() - 1;
}

RuleChecker::RuleChecker(const ir::Policy &policy, Space kind, Grain grain)
    : policy(policy), kind(kind), space(kind, budget) {
  for (const Clause &clause : clausesOf(policy, kind)) {
    uint32_t owner = partOf(clause, grain);
    space.add(clause, 1u << With | 1u << Without, All, owner);
    space.add(clause, 1u << With, Own, owner);
    // A view in which nobody else speaks: it shows what the rule matches even
    // where others have settled the verdict.
    space.add(clause, 1u << Mine, Matched, owner);
  }
  space.close();
  dropped.resize(all.size());
}

bool RuleChecker::isMine(automata::AtomSetId reach) {
  return llvm::any_of(space.atomSets().atoms(reach), [&](automata::AtomId atom) {
    return space.meanings()[atom].views == 1u << Mine;
  });
}

/// Returns true if nothing more can be found.
bool RuleChecker::weigh(const automata::Visit &here, RuleFinding &finding) {
  Outcome mine = space.outcome(here.label, Mine);
  uint64_t matched = mine.allowed | mine.asked | mine.denied;
  Outcome with = space.outcome(here.label, With);
  Outcome without = space.outcome(here.label, Without);
  finding.matters |= with.permitted() != without.permitted() ||
                     with.questioned() != without.questioned();
  finding.isDenied &= (matched & ~(without.denied | without.asked)) == 0;
  uint64_t stronger = without.denied;
  if (mine.denied == 0)
    stronger |= without.asked;
  if (mine.denied == 0 && mine.asked == 0)
    stronger |= without.allowed;
  finding.isCovered &= (matched & ~stronger) == 0;
  return finding.matters && !finding.isDenied;
}

std::optional<RuleFinding> RuleChecker::check(size_t part,
                                              automata::Budget &steps) {
  PathSpace::Filters filters;
  auto isIt = [&](uint32_t owner) { return owner == part; };
  filters[All] = [&](uint32_t owner) {
    return owner != part && !dropped[owner];
  };
  filters[Own] = filters[Matched] = isIt;
  automata::Explorer explorer = space.explorer(
      ~0u, steps,
      automata::Focus{1u << Matched, [&](auto reach) { return isMine(reach); }},
      filters, 1);
  RuleFinding finding;
  bool isWhole = explorer.search([&](const automata::Visit &here) {
    Outcome mine = space.outcome(here.label, Mine);
    if (!here.isWord || mine == Outcome{})
      return Next::GoOn;
    if (!finding.witness)
      finding.witness =
          witnessOf(kind, space, explorer.word(here.index), policy, policy);
    return weigh(here, finding) ? Next::Stop : Next::GoOn;
  });
  if (!isWhole || budget.isSpent())
    return std::nullopt;
  return finding;
}

} // namespace srt
