// lib/Automata/Build.cpp: from subsets on demand to a table of them all.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Dfa.h"

namespace srt::automata {

uint32_t Dfa::run(StateId state, llvm::StringRef bytes) const {
  for (char byte : bytes)
    state = step(state, uint8_t(byte));
  return labels[state.value];
}

namespace {
/// Numbers subsets in the order in which they are met.
class Numbering {
public:
  StateId of(SubsetId subset) {
    auto [it, isNew] = numbers.try_emplace(subset.value, uint32_t(met.size()));
    if (isNew)
      met.push_back(subset);
    return {it->second};
  }
  std::vector<SubsetId> met;

private:
  std::unordered_map<uint32_t, uint32_t> numbers;
};
} // namespace

Dfa buildDfa(Subsets &subsets, llvm::ArrayRef<SubsetId> starts,
             const LabelOf &labelOf, const Budget &budget) {
  Dfa dfa;
  dfa.classOf = subsets.byteClasses().classOf;
  dfa.classes = subsets.byteClasses().count;
  Numbering numbering;
  numbering.of(Subsets::nothing());
  for (SubsetId start : starts)
    dfa.starts.push_back(numbering.of(start));
  for (size_t i = 0; i < numbering.met.size() && !budget.isSpent(); ++i) {
    SubsetId subset = numbering.met[i];
    dfa.labels.push_back(labelOf(subsets[subset].label));
    for (SubsetId next : subsets.row(subset))
      dfa.next.push_back(numbering.of(next).value);
  }
  return dfa;
}

} // namespace srt::automata
