// lib/Automata/Prefixes.cpp: stretches of a sorted list.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Prefixes.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace srt::automata {

Prefixes::Prefixes(std::vector<Entry> entries) : sorted(std::move(entries)) {
  llvm::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
}

/// Takes the entries that end here off the front, where sorting put them.
TriePlace Prefixes::settle(TriePlace place, const OwnerFilter &counts,
                           std::vector<ItemId> &begun) const {
  while (!place.isDead() && sorted[place.first].prefix.size() == place.depth) {
    const Entry &entry = sorted[place.first++];
    if (!counts || counts(entry.owner))
      begun.push_back(entry.rest);
  }
  return place.isDead() ? TriePlace{} : place;
}

TriePlace Prefixes::start(const OwnerFilter &counts, std::vector<ItemId> &begun) const {
  return settle({0, uint32_t(sorted.size()), 0}, counts, begun);
}

TriePlace Prefixes::step(TriePlace place, uint8_t byte, const OwnerFilter &counts,
                         std::vector<ItemId> &begun) const {
  auto begin = sorted.begin() + place.first, end = sorted.begin() + place.last;
  auto at = [&](const Entry &entry) { return uint8_t(entry.prefix[place.depth]); };
  auto first = std::partition_point(
      begin, end, [&](const Entry &entry) { return at(entry) < byte; });
  auto last = std::partition_point(
      first, end, [&](const Entry &entry) { return at(entry) <= byte; });
  return settle({uint32_t(first - sorted.begin()),
                 uint32_t(last - sorted.begin()), place.depth + 1},
                counts, begun);
}

void Prefixes::addNext(TriePlace place, ByteSet &bytes) const {
  auto it = sorted.begin() + place.first, end = sorted.begin() + place.last;
  while (it != end) {
    uint8_t byte = uint8_t(it->prefix[place.depth]);
    bytes.set(byte);
    it = std::partition_point(it, end, [&](const Entry &entry) {
      return uint8_t(entry.prefix[place.depth]) == byte;
    });
  }
}

} // namespace srt::automata
