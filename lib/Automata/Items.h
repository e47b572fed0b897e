// lib/Automata/Items.h: what may still follow, as hash-consed nodes.
// SPDX-License-Identifier: Apache-2.0
//
// An item is a state of a nondeterministic automaton without empty moves. Items
// are built from the end of a pattern to its front and interned: patterns with
// a common end share it, and equal languages that were built alike are equal
// ids. The only cycles are from an item to itself, so "reach" is known when an
// item is made (Brzozowski 1964 and Antimirov 1996 call items derivatives).
#ifndef SRT_LIB_AUTOMATA_ITEMS_H
#define SRT_LIB_AUTOMATA_ITEMS_H

#include "lib/Automata/AtomSets.h"
#include "lib/Automata/ByteSets.h"

namespace srt::automata {

using ItemId = Id<struct ItemTag>;

/// On any of these bytes, go to that item.
struct Move {
  ByteSetId on;
  ItemId to;
  friend auto operator<=>(Move, Move) = default;
};

struct Item {
  AtomSetId atoms; // of the word that ends here
  AtomSetId reach; // of all words that go on from here, this one included
  std::vector<Move> moves;  // sorted
  bool isUniversal = false; // every word has `atoms`, and nothing else
};

/// Makes items. Ids stay valid; nothing is ever removed.
class Items {
public:
  explicit Items(AtomSets &atoms);
  Items(const Items &) = delete;
  Items &operator=(const Items &) = delete;

  /// No word at all.
  static ItemId nothing() { return {0}; }
  /// The empty word only.
  ItemId end(AtomSetId atoms);
  /// Every word.
  ItemId everything(AtomSetId atoms);
  /// One byte of `set`, then `next`.
  ItemId byte(const ByteSet &set, ItemId next);
  /// Any run of bytes of `set`, the empty one too, then `next`.
  ItemId run(const ByteSet &set, ItemId next);
  /// The words of both, or of all.
  ItemId either(ItemId a, ItemId b);
  ItemId anyOf(llvm::ArrayRef<ItemId> all);

  const Item &operator[](ItemId id) const { return items[id.value]; }
  uint32_t size() const { return items.size(); }
  const ByteSets &byteSets() const { return bytes; }
  AtomSets &atomSets() { return atoms; }

private:
  struct Key {
    AtomSetId atoms;
    std::vector<Move> moves;
    friend auto operator<=>(const Key &, const Key &) = default;
  };
  ItemId intern(Key key);
  AtomSetId settledBy(llvm::ArrayRef<ItemId> all) const;

  AtomSets &atoms;
  ByteSets bytes;
  std::deque<Item> items;
  std::map<Key, uint32_t> known;
};

} // namespace srt::automata

#endif
