// lib/Automata/AtomSets.cpp: sorted vectors, each kept once.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/AtomSets.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace srt::automata {

AtomSets::AtomSets() { internSorted({}); }

AtomSetId AtomSets::internSorted(std::vector<AtomId> atoms) {
  auto [it, isNew] = known.try_emplace(std::move(atoms), uint32_t(sets.size()));
  if (isNew)
    sets.push_back(it->first);
  return {it->second};
}

AtomSetId AtomSets::of(AtomId atom) { return internSorted({atom}); }

AtomSetId AtomSets::intern(std::vector<AtomId> atoms) {
  llvm::sort(atoms);
  atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
  return internSorted(std::move(atoms));
}

AtomSetId AtomSets::unite(AtomSetId a, AtomSetId b) {
  if (a == b || b == empty())
    return a;
  if (a == empty())
    return b;
  auto key = std::minmax(a.value, b.value);
  auto found = unions.find(key);
  if (found != unions.end())
    return {found->second};
  std::vector<AtomId> both;
  std::set_union(sets[a.value].begin(), sets[a.value].end(),
                 sets[b.value].begin(), sets[b.value].end(),
                 std::back_inserter(both));
  AtomSetId id = internSorted(std::move(both));
  unions[key] = id.value;
  return id;
}

AtomSetId AtomSets::uniteAll(std::vector<AtomSetId> all) {
  llvm::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  constexpr size_t kFew = 4; // whose unions are worth remembering
  AtomSetId united = empty();
  if (all.size() <= kFew) {
    for (AtomSetId set : all)
      united = unite(united, set);
    return united;
  }
  std::vector<AtomId> atoms;
  for (AtomSetId set : all)
    atoms.insert(atoms.end(), sets[set.value].begin(), sets[set.value].end());
  return intern(std::move(atoms));
}

bool AtomSets::isSubset(AtomSetId inner, AtomSetId outer) {
  return unite(inner, outer) == outer;
}

} // namespace srt::automata
