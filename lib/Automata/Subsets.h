// lib/Automata/Subsets.h: the states of the determinised automaton, on demand.
// SPDX-License-Identifier: Apache-2.0
//
// A subset is a set of items and the atoms that every further word has anyway
// ("settled"). Items that cannot change the outcome any more are dropped at
// once (absorption): without that, k patterns `**/name` have 2^k subsets.
#ifndef SRT_LIB_AUTOMATA_SUBSETS_H
#define SRT_LIB_AUTOMATA_SUBSETS_H

#include "lib/Automata/Budget.h"
#include "lib/Automata/Items.h"

#include <functional>
#include <memory>

namespace srt::automata {

using SubsetId = Id<struct SubsetTag>;

struct Subset {
  std::vector<ItemId> items; // sorted, none of them universal
  AtomSetId settled;
  AtomSetId label; // the atoms of the word that ends here
  AtomSetId reach; // the atoms of all words that go on from here
};

/// True if, for a word that has the atoms `settled` for good, it no longer
/// matters which of the atoms `reach` come on top.
using Absorbs = std::function<bool(AtomSetId settled, AtomSetId reach)>;

/// Interns subsets and their successors. All items must have been made before.
class Subsets {
public:
  /// Without `absorbs`, only what says nothing new is dropped.
  Subsets(Items &items, Budget &budget, Absorbs absorbs = nullptr);

  /// No item, nothing settled.
  static SubsetId nothing() { return {0}; }
  SubsetId of(std::vector<ItemId> items);
  /// The subset with these items on top.
  SubsetId with(SubsetId subset, llvm::ArrayRef<ItemId> more);
  SubsetId step(SubsetId subset, uint8_t byte);
  /// Successors by class of bytes. Valid until the next call.
  llvm::ArrayRef<SubsetId> row(SubsetId subset);

  const Subset &operator[](SubsetId id) const { return subsets[id.value]; }
  uint32_t size() const { return subsets.size(); }
  const ByteClasses &byteClasses() const { return classes; }
  AtomSets &atomSets() { return items.atomSets(); }

private:
  SubsetId intern(std::vector<ItemId> items, AtomSetId settled);
  bool isAbsorbed(AtomSetId settled, AtomSetId reach);
  void makeRow(SubsetId subset);

  struct KeyHash {
    size_t operator()(const std::vector<uint32_t> &key) const;
  };

  Items &items;
  Budget &budget;
  Absorbs absorbs;
  ByteClasses classes;
  std::vector<std::vector<uint8_t>> classesOf; // by ByteSetId
  std::deque<Subset> subsets;
  std::vector<std::vector<SubsetId>> rows; // empty: not made yet
  std::unordered_map<std::vector<uint32_t>, uint32_t, KeyHash> known;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, bool> absorbed;
};

} // namespace srt::automata

#endif
