// lib/Automata/Items.cpp: smart constructors over one table.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Items.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace srt::automata {

/// Stands for "this item" in a key, whose item has no id yet.
static constexpr ItemId kSelf{~uint32_t(0)};

Items::Items(AtomSets &atoms) : atoms(atoms) { intern({}); }

ItemId Items::intern(Key key) {
  llvm::sort(key.moves);
  key.moves.erase(std::unique(key.moves.begin(), key.moves.end()),
                  key.moves.end());
  auto [it, isNew] = known.try_emplace(std::move(key), uint32_t(items.size()));
  ItemId id{it->second};
  if (!isNew)
    return id;
  Item item{it->first.atoms, it->first.atoms, it->first.moves, false};
  std::vector<AtomSetId> reaches{item.atoms};
  for (Move &move : item.moves) {
    if (move.to == kSelf)
      move.to = id;
    else
      reaches.push_back(items[move.to.value].reach);
  }
  item.reach = atoms.uniteAll(std::move(reaches));
  item.isUniversal = item.moves.size() == 1 && item.moves[0].to == id &&
                     bytes[item.moves[0].on].all() &&
                     item.atoms != AtomSets::empty();
  items.push_back(std::move(item));
  return id;
}

ItemId Items::end(AtomSetId set) { return intern({set, {}}); }

ItemId Items::everything(AtomSetId set) {
  if (set == AtomSets::empty())
    return nothing();
  return intern({set, {{bytes.intern(allBut({})), kSelf}}});
}

ItemId Items::byte(const ByteSet &set, ItemId next) {
  if (set.none() || next == nothing())
    return nothing();
  return intern({AtomSets::empty(), {{bytes.intern(set), next}}});
}

ItemId Items::run(const ByteSet &set, ItemId next) {
  if (next == nothing() || items[next.value].isUniversal)
    return next;
  // Not two items with an empty move between them, but one with both's moves.
  Key key{items[next.value].atoms, items[next.value].moves};
  key.moves.push_back({bytes.intern(set), kSelf});
  return intern(std::move(key));
}

ItemId Items::either(ItemId a, ItemId b) { return anyOf({a, b}); }

/// The atoms that every word has because of the universal items among `all`.
AtomSetId Items::settledBy(llvm::ArrayRef<ItemId> all) const {
  std::vector<AtomSetId> settled;
  for (ItemId id : all)
    if (items[id.value].isUniversal)
      settled.push_back(items[id.value].atoms);
  return atoms.uniteAll(std::move(settled));
}

ItemId Items::anyOf(llvm::ArrayRef<ItemId> all) {
  AtomSetId settled = settledBy(all);
  llvm::SmallVector<ItemId, 8> kept;
  for (ItemId id : all)
    if (id != nothing() &&
        (settled == AtomSets::empty() ||
         !atoms.isSubset(items[id.value].reach, settled)))
      kept.push_back(id);
  if (settled != AtomSets::empty())
    kept.push_back(everything(settled));
  if (kept.empty())
    return nothing();
  // In one go: joining two at a time would copy the moves again and again.
  Key key{AtomSets::empty(), {}};
  std::vector<AtomSetId> ends;
  for (ItemId id : kept) {
    const Item &item = items[id.value];
    ends.push_back(item.atoms);
    key.moves.insert(key.moves.end(), item.moves.begin(), item.moves.end());
  }
  key.atoms = atoms.uniteAll(std::move(ends));
  return kept.size() == 1 ? kept.front() : intern(std::move(key));
}

} // namespace srt::automata
