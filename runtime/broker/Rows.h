// runtime/broker/Rows.h: rows of the automaton, and what they add up to.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: reads the checked tables of a bundle, changes nothing.
#ifndef SRT_RUNTIME_BROKER_ROWS_H
#define SRT_RUNTIME_BROKER_ROWS_H

#include "Broker.h"

namespace srt::broker {

/// The first move of a row; the number of moves for the one behind the last.
inline uint32_t firstMove(const srt_view &view, uint32_t row) {
  return row < view.row_count ? view.rows[row].first_move : view.move_count;
}

/// Whether a row leads only to itself: what it says, it says of all below.
inline bool isFinal(const srt_view &view, uint32_t row) {
  return view.rows[row].otherwise == row &&
         firstMove(view, row) == firstMove(view, row + 1);
}

/// Judge.cpp: the row after some bytes.
uint32_t rowAfter(const srt_view &view, uint32_t row, Text rest);

/// The rows that the anchors above a path, and on it, end in.
class AnchorsOnPath {
public:
  AnchorsOnPath(const Broker &b, Text word) : broker(b), path(word) {}
  /// SRT_NONE at the end.
  uint32_t next();

private:
  const Broker &broker;
  Text path;
  uint64_t size = 0; // bytes of the path up to the present anchor
  uint32_t hash = kHashStart;
  uint32_t current = SRT_NONE; // anchor to be told next
  bool isBegun = false, isAtEnd = false;
};

/// A union of labels.
struct Findings {
  explicit Findings(const srt_view &view);
  void add(const srt_view &view, uint32_t row);
  bool matches(uint32_t pair) const {
    return ((patterns[pair / 64] & ~excepts[pair / 64]) >> pair % 64 & 1) != 0;
  }
  /// With the pairs that match.
  Outcome settle(const srt_view &view) const;

  Outcome outcome; // of rules that matched as a whole
  uint32_t words;  // that are in use
  uint64_t patterns[SRT_MAX_PAIRS / 64], excepts[SRT_MAX_PAIRS / 64];
};

/// Judge.cpp: the rule by which an action is denied, or is a question; SRT_NONE:
/// no rule allows it.
uint32_t rulingPair(const srt_view &view, const Findings &findings,
                    uint32_t action);

} // namespace srt::broker

#endif
