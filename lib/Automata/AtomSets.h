// lib/Automata/AtomSets.h: interned sets of accept ids.
// SPDX-License-Identifier: Apache-2.0
//
// An atom is what a pattern says when it matches. What that means, automata do
// not know: they tell which atoms a word has.
#ifndef SRT_LIB_AUTOMATA_ATOMSETS_H
#define SRT_LIB_AUTOMATA_ATOMSETS_H

#include "lib/Support/Id.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"

#include <deque>
#include <map>
#include <vector>

namespace srt::automata {

using AtomId = Id<struct AtomTag>;
using AtomSetId = Id<struct AtomSetTag>;

/// Equal sets have equal ids; the empty set is 0.
class AtomSets {
public:
  AtomSets();
  AtomSets(const AtomSets &) = delete;
  AtomSets &operator=(const AtomSets &) = delete;

  static AtomSetId empty() { return {0}; }
  AtomSetId of(AtomId atom);
  /// The set of these atoms, in any order, repeated or not.
  AtomSetId intern(std::vector<AtomId> atoms);
  AtomSetId unite(AtomSetId a, AtomSetId b);
  /// The union of all, without a set for each step on the way: those would take
  /// the square of what the union does.
  AtomSetId uniteAll(std::vector<AtomSetId> all);
  bool isSubset(AtomSetId inner, AtomSetId outer);

  /// Sorted, without repetition. Valid as long as this lives.
  llvm::ArrayRef<AtomId> atoms(AtomSetId set) const { return sets[set.value]; }
  uint32_t size() const { return sets.size(); }

private:
  AtomSetId internSorted(std::vector<AtomId> atoms);

  // A deque, so that an ArrayRef survives the next intern().
  std::deque<std::vector<AtomId>> sets;
  std::map<std::vector<AtomId>, uint32_t> known;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, uint32_t> unions;
};

} // namespace srt::automata

#endif
