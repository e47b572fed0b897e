// lib/Automata/Pack.h: automata as small tables.
// SPDX-License-Identifier: Apache-2.0
//
// Most bytes lead to one state (a name that no longer matches), so a row is
// that state and the classes that lead elsewhere. The bundle holds these arrays
// as they are (runtime/bundle/bundle.h).
#ifndef SRT_LIB_AUTOMATA_PACK_H
#define SRT_LIB_AUTOMATA_PACK_H

#include "lib/Automata/Dfa.h"

namespace srt::automata {

/// Targets share a word with their class.
inline constexpr uint32_t kMaxPackedStates = 1u << 24;

struct PackedRow {
  uint32_t firstMove = 0; // index into moves; ends where the next row begins
  uint32_t otherwise = 0; // state for every class without a move
  uint32_t label = 0;
};

struct Packed {
  std::array<uint8_t, 256> classOf{};
  std::vector<PackedRow> rows;
  std::vector<uint32_t> moves; // class << 24 | state; ascending in a row
  std::vector<uint32_t> starts;

  size_t bytes() const;
  uint32_t step(uint32_t state, uint8_t byte) const;
};

/// Requires: at most kMaxPackedStates states.
Packed pack(const Dfa &dfa);

} // namespace srt::automata

#endif
