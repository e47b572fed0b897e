// lib/Automata/Subsets.cpp: subset construction, one row at a time.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Subsets.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace srt::automata {

size_t Subsets::KeyHash::operator()(const std::vector<uint32_t> &key) const {
  return llvm::hash_combine_range(key.begin(), key.end());
}

Subsets::Subsets(Items &items, Budget &budget, Absorbs absorbs)
    : items(items), budget(budget), absorbs(std::move(absorbs)),
      classes(ByteClasses::of(items.byteSets())) {
  for (uint32_t i = 0; i < items.byteSets().size(); ++i)
    classesOf.push_back(classes.classesIn(items.byteSets()[{i}]));
  intern({}, AtomSets::empty());
}

bool Subsets::isAbsorbed(AtomSetId settled, AtomSetId reach) {
  if (settled == AtomSets::empty())
    return false;
  auto [it, isNew] = absorbed.try_emplace({settled.value, reach.value}, false);
  if (!isNew)
    return it->second;
  bool result = atomSets().isSubset(reach, settled) ||
                (absorbs && absorbs(settled, reach));
  // The callback may have made sets, but not pairs: find the place again.
  absorbed[{settled.value, reach.value}] = result;
  return result;
}

SubsetId Subsets::intern(std::vector<ItemId> wanted, AtomSetId settled) {
  llvm::sort(wanted);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  llvm::erase_if(wanted, [&](ItemId id) {
    if (!items[id].isUniversal)
      return id == Items::nothing();
    settled = atomSets().unite(settled, items[id].atoms);
    return true;
  });
  llvm::erase_if(wanted, [&](ItemId id) {
    return isAbsorbed(settled, items[id].reach);
  });
  std::vector<uint32_t> key{settled.value};
  for (ItemId id : wanted)
    key.push_back(id.value);
  auto [it, isNew] = known.try_emplace(std::move(key), uint32_t(subsets.size()));
  SubsetId id{it->second};
  if (!isNew)
    return id;
  budget.spend();
  Subset subset{std::move(wanted), settled, settled, settled};
  std::vector<AtomSetId> labels{settled}, reaches{settled};
  for (ItemId item : subset.items) {
    labels.push_back(items[item].atoms);
    reaches.push_back(items[item].reach);
  }
  subset.label = atomSets().uniteAll(std::move(labels));
  subset.reach = atomSets().uniteAll(std::move(reaches));
  subsets.push_back(std::move(subset));
  rows.emplace_back();
  return id;
}

SubsetId Subsets::of(std::vector<ItemId> wanted) {
  return intern(std::move(wanted), AtomSets::empty());
}

SubsetId Subsets::with(SubsetId subset, llvm::ArrayRef<ItemId> more) {
  if (more.empty())
    return subset;
  std::vector<ItemId> all = subsets[subset.value].items;
  all.insert(all.end(), more.begin(), more.end());
  return intern(std::move(all), subsets[subset.value].settled);
}

void Subsets::makeRow(SubsetId id) {
  std::vector<std::vector<ItemId>> targets(classes.count);
  for (ItemId item : subsets[id.value].items)
    for (const Move &move : items[item].moves)
      for (uint8_t cls : classesOf[move.on.value])
        targets[cls].push_back(move.to);
  AtomSetId settled = subsets[id.value].settled;
  std::vector<SubsetId> row(classes.count);
  // Most classes lead to the same items: look a list up before sorting it.
  std::map<std::vector<ItemId>, SubsetId> seen;
  for (unsigned cls = 0; cls < classes.count; ++cls) {
    auto [it, isNew] = seen.try_emplace(targets[cls]);
    if (isNew)
      it->second = intern(std::move(targets[cls]), settled);
    row[cls] = it->second;
  }
  rows[id.value] = std::move(row);
}

llvm::ArrayRef<SubsetId> Subsets::row(SubsetId subset) {
  if (rows[subset.value].empty())
    makeRow(subset);
  return rows[subset.value];
}

SubsetId Subsets::step(SubsetId subset, uint8_t byte) {
  return row(subset)[classes.classOf[byte]];
}

} // namespace srt::automata
