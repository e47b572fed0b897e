// lib/Automata/Pack.cpp: rows without what they have in common.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Pack.h"

#include <cassert>
#include <map>

namespace srt::automata {

/// The state that most classes lead to; of equals, the smallest.
static uint32_t mostCommon(llvm::ArrayRef<uint32_t> row) {
  std::map<uint32_t, unsigned> counts;
  for (uint32_t state : row)
    ++counts[state];
  uint32_t best = row.front();
  for (auto [state, count] : counts)
    if (count > counts[best] || (count == counts[best] && state < best))
      best = state;
  return best;
}

Packed pack(const Dfa &dfa) {
  assert(dfa.states() <= kMaxPackedStates);
  Packed packed;
  packed.classOf = dfa.classOf;
  for (uint32_t state = 0; state < dfa.states(); ++state) {
    llvm::ArrayRef<uint32_t> row = llvm::ArrayRef(dfa.next).slice(
        size_t(state) * dfa.classes, dfa.classes);
    uint32_t otherwise = mostCommon(row);
    packed.rows.push_back(
        {uint32_t(packed.moves.size()), otherwise, dfa.labels[state]});
    for (unsigned cls = 0; cls < dfa.classes; ++cls)
      if (row[cls] != otherwise)
        packed.moves.push_back(uint32_t(cls) << 24 | row[cls]);
  }
  for (StateId start : dfa.starts)
    packed.starts.push_back(start.value);
  return packed;
}

size_t Packed::bytes() const {
  return sizeof(classOf) + rows.size() * sizeof(PackedRow) +
         (moves.size() + starts.size()) * sizeof(uint32_t);
}

uint32_t Packed::step(uint32_t state, uint8_t byte) const {
  uint32_t end = state + 1 < rows.size() ? rows[state + 1].firstMove
                                         : uint32_t(moves.size());
  for (uint32_t i = rows[state].firstMove; i < end; ++i)
    if (moves[i] >> 24 == classOf[byte])
      return moves[i] & (kMaxPackedStates - 1);
  return rows[state].otherwise;
}

} // namespace srt::automata
