// lib/Analysis/Meanings.cpp: from sets of atoms to verdicts.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Meanings.h"

#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/STLExtras.h"

#include <array>
#include <bit>
#include <optional>

namespace srt {

using automata::AtomId;
using automata::AtomSetId;

void addEffect(Outcome &outcome, ir::Effect effect, uint64_t actions) {
  switch (effect) {
  case ir::Effect::Allow:
    outcome.allowed |= actions;
    break;
  case ir::Effect::Ask:
    outcome.asked |= actions;
    break;
  case ir::Effect::Deny:
    outcome.denied |= actions;
    break;
  }
}

ir::Effect verdictOn(const Outcome &outcome, uint64_t action) {
  if (outcome.permitted() & action)
    return ir::Effect::Allow;
  return outcome.questioned() & action ? ir::Effect::Ask : ir::Effect::Deny;
}

AtomId Meanings::atom(const Meaning &meaning) {
  auto [it, isNew] = known.try_emplace(meaning, uint32_t(meanings.size()));
  if (isNew)
    meanings.push_back(meaning);
  return {it->second};
}

/// What the rules without excepts say.
Outcome Meanings::wholes(AtomSetId set, unsigned view) const {
  Outcome outcome;
  for (AtomId atom : sets.atoms(set)) {
    const Meaning &meaning = meanings[atom.value];
    if (meaning.part == Meaning::Part::Whole && (meaning.views >> view & 1))
      addEffect(outcome, meaning.effect, meaning.actions);
  }
  return outcome;
}

Outcome Meanings::outcome(AtomSetId set, unsigned view) {
  auto found = outcomes.find({set.value, view});
  if (found != outcomes.end())
    return found->second;
  Outcome outcome = wholes(set, view);
  llvm::SmallSet<uint32_t, 8> excepted;
  for (AtomId atom : sets.atoms(set))
    if (meanings[atom.value].part == Meaning::Part::Except)
      excepted.insert(meanings[atom.value].pair);
  for (AtomId atom : sets.atoms(set)) {
    const Meaning &meaning = meanings[atom.value];
    if (meaning.part == Meaning::Part::Pattern &&
        (meaning.views >> view & 1) && !excepted.contains(meaning.pair))
      addEffect(outcome, meaning.effect, meaning.actions);
  }
  outcomes[{set.value, view}] = outcome;
  return outcome;
}

/// The actions on which one more rule with this effect changes nothing.
static uint64_t deafTo(const Outcome &outcome, ir::Effect effect) {
  switch (effect) {
  case ir::Effect::Allow:
    return outcome.allowed | outcome.asked | outcome.denied;
  case ir::Effect::Ask:
    return outcome.asked | outcome.denied;
  case ir::Effect::Deny:
    return outcome.denied;
  }
  return 0;
}

bool Meanings::absorbs(AtomSetId settled, AtomSetId reach) {
  // Halves of rules with excepts may still be lifted: only wholes count.
  std::array<std::optional<Outcome>, 32> outcomes; // by view
  for (AtomId atom : sets.atoms(reach)) {
    const Meaning &meaning = meanings[atom.value];
    for (uint32_t left = meaning.views; left != 0; left &= left - 1) {
      unsigned view = std::countr_zero(left);
      if (!outcomes[view])
        outcomes[view] = wholes(settled, view);
      if (meaning.actions & ~deafTo(*outcomes[view], meaning.effect))
        return false;
    }
  }
  return true;
}

} // namespace srt
