// lib/Analysis/Meanings.h: what an accept id of the automata stands for.
// SPDX-License-Identifier: Apache-2.0
//
// An atom says: in these views (policies, or models of what was emitted), a
// pattern with this effect on these actions matches. A verdict follows from a
// set of atoms as docs/Language.md, "Meaning", has it from a set of rules.
#ifndef SRT_LIB_ANALYSIS_MEANINGS_H
#define SRT_LIB_ANALYSIS_MEANINGS_H

#include "lib/Automata/AtomSets.h"
#include "lib/IR/Policy.h"

namespace srt {

/// A rule without `except` is a Whole. One with `except` is two halves with the
/// same `pair`: it matches where its Pattern does and its Except does not.
struct Meaning {
  enum class Part : uint8_t { Whole, Pattern, Except };
  uint32_t views = 1;   // as bits
  ir::Effect effect = ir::Effect::Allow;
  uint64_t actions = 0; // as bits; mostly 1 << ir::ActionId
  Part part = Part::Whole;
  uint32_t pair = 0;
  friend auto operator<=>(const Meaning &, const Meaning &) = default;
};

/// The actions that some matching rule allows, asks about or denies.
struct Outcome {
  uint64_t allowed = 0, asked = 0, denied = 0;

  /// Deny beats ask beats allow; nothing matched means deny.
  uint64_t permitted() const { return allowed & ~asked & ~denied; }
  uint64_t questioned() const { return asked & ~denied; }
  friend bool operator==(const Outcome &, const Outcome &) = default;
};

/// Adds a matching rule.
void addEffect(Outcome &outcome, ir::Effect effect, uint64_t actions);

/// The verdict on one action.
ir::Effect verdictOn(const Outcome &outcome, uint64_t action);

class Meanings {
public:
  explicit Meanings(automata::AtomSets &sets) : sets(sets) {}

  automata::AtomId atom(const Meaning &meaning);
  /// A number that no other rule with excepts has been given.
  uint32_t freshPair() { return pairs++; }
  const Meaning &operator[](automata::AtomId atom) const {
    return meanings[atom.value];
  }

  Outcome outcome(automata::AtomSetId set, unsigned view);
  /// True if the verdicts of all views on all actions are the same for
  /// `settled` with any of `reach` on top.
  bool absorbs(automata::AtomSetId settled, automata::AtomSetId reach);

private:
  Outcome wholes(automata::AtomSetId set, unsigned view) const;

  automata::AtomSets &sets;
  std::vector<Meaning> meanings;
  std::map<Meaning, uint32_t> known;
  uint32_t pairs = 0;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, Outcome> outcomes;
};

} // namespace srt

#endif
