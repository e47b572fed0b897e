// lib/Automata/Dfa.h: a complete deterministic automaton with several starts.
// SPDX-License-Identifier: Apache-2.0
//
// Multi-terminal: each state carries a label, which is a number whose meaning
// belongs to whoever asked. State 0 is the state from which no word has another
// label than 0.
#ifndef SRT_LIB_AUTOMATA_DFA_H
#define SRT_LIB_AUTOMATA_DFA_H

#include "lib/Automata/Subsets.h"

#include "llvm/ADT/StringRef.h"

namespace srt::automata {

using StateId = Id<struct StateTag>;

struct Dfa {
  std::array<uint8_t, 256> classOf{};
  unsigned classes = 1;
  std::vector<uint32_t> next;   // state * classes + class
  std::vector<uint32_t> labels; // by state; 0: no atom
  std::vector<StateId> starts;

  uint32_t states() const { return labels.size(); }
  StateId step(StateId state, uint8_t byte) const {
    return {next[state.value * classes + classOf[byte]]};
  }
  /// The label of the word that leads from `state` over `bytes`.
  uint32_t run(StateId state, llvm::StringRef bytes) const;
};

/// What a label says of a set of atoms. Must be 0 for the empty set.
using LabelOf = std::function<uint32_t(AtomSetId)>;

/// All that can be reached from the starts, in the order in which a search by
/// breadth finds it. If the budget of `subsets` is spent, the result is cut off.
Dfa buildDfa(Subsets &subsets, llvm::ArrayRef<SubsetId> starts,
             const LabelOf &labelOf, const Budget &budget);

/// The smallest automaton with the same labels from each start (Hopcroft 1971),
/// over the fewest byte classes. Numbered by breadth from the starts, so that
/// equal languages give equal automata. O(states * classes * log states).
Dfa minimised(const Dfa &dfa);

} // namespace srt::automata

#endif
