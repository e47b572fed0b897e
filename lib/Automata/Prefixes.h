// lib/Automata/Prefixes.h: many literal beginnings as one sorted list.
// SPDX-License-Identifier: Apache-2.0
//
// A trie without nodes: the words that begin alike stand together, so a place
// in the trie is a stretch of the list and the number of bytes they share. A
// hundred thousand literals cost their text and a sort.
#ifndef SRT_LIB_AUTOMATA_PREFIXES_H
#define SRT_LIB_AUTOMATA_PREFIXES_H

#include "lib/Automata/Items.h"

#include <functional>
#include <string>

namespace srt::automata {

/// The bytes of `prefix`, then a word of `rest`. A search may leave out the
/// entries of some owners.
struct Entry {
  std::string prefix;
  ItemId rest;
  uint32_t owner = 0;
  friend auto operator<=>(const Entry &, const Entry &) = default;
};

/// Entries [first, last) share their first `depth` bytes and go on. Equal if
/// the same can follow; `first == last`: nothing can.
struct TriePlace {
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t depth = 0;
  bool isDead() const { return first == last; }
  friend auto operator<=>(TriePlace, TriePlace) = default;
};

/// True for the owners whose entries count; empty: all count.
using OwnerFilter = std::function<bool(uint32_t owner)>;

class Prefixes {
public:
  Prefixes() = default;
  explicit Prefixes(std::vector<Entry> entries);

  /// The place before the first byte; appends the items of empty prefixes, as
  /// far as they count.
  TriePlace start(const OwnerFilter &counts, std::vector<ItemId> &begun) const;
  /// The place behind `byte`; appends the items of the prefixes that end there.
  TriePlace step(TriePlace place, uint8_t byte, const OwnerFilter &counts,
                 std::vector<ItemId> &begun) const;
  /// Adds the bytes that can follow.
  void addNext(TriePlace place, ByteSet &bytes) const;

  llvm::ArrayRef<Entry> entries() const { return sorted; }

private:
  TriePlace settle(TriePlace place, const OwnerFilter &counts,
                   std::vector<ItemId> &begun) const;
  std::vector<Entry> sorted; // distinct
};

} // namespace srt::automata

#endif
