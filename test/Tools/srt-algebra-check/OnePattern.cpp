// test/Tools/srt-algebra-check/OnePattern.cpp: one path pattern in every form.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/OnePattern.h"

#include "lib/Analysis/PatternTrie.h"
#include "lib/Sim/Match.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::check {

using namespace automata;

OnePattern::OnePattern(const ir::PathPattern &pattern) : pattern(pattern) {
  AtomSetId atom = sets.of({0});
  PatternItems makers(items);
  PatternTrie trie;
  trie.add("", pattern, makers.tree(atom), 0);
  Entry entry = trie.entries(items).front();
  // All of the pattern as items, its literal beginning too.
  ItemId item = entry.rest;
  for (char byte : llvm::reverse(entry.prefix))
    item = items.byte(only(uint8_t(byte)), item);
  subsets.emplace(items, budget);
  start = subsets->of({item});
  dfa = buildDfa(
      *subsets, {start},
      [](AtomSetId set) { return uint32_t(set != AtomSets::empty()); }, budget);
  small = minimised(dfa);
  packed = pack(small);
}

bool OnePattern::packedMatches(llvm::StringRef word) const {
  uint32_t state = packed.starts[0];
  for (char byte : word)
    state = packed.step(state, uint8_t(byte));
  return packed.rows[state].label != 0;
}

std::string OnePattern::dissenters(const std::string &path) {
  std::string word = asWord(path);
  bool wanted = sim::matchesPath(pattern, {}, path);
  SubsetId subset = start;
  for (char byte : word)
    subset = subsets->step(subset, uint8_t(byte));
  std::string found;
  if (((*subsets)[subset].label != AtomSets::empty()) != wanted)
    found += " subsets";
  if ((dfa.run(dfa.starts[0], word) != 0) != wanted)
    found += " dfa";
  if ((small.run(small.starts[0], word) != 0) != wanted)
    found += " minimised";
  if (packedMatches(word) != wanted)
    found += " packed";
  return found;
}

} // namespace srt::check
