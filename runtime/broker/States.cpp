// runtime/broker/States.cpp: may a directory be moved from here to there?
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: yes only if every path below keeps its verdict. What is below is
// judged by the anchors above, each in some state of the automaton; and by the
// anchors that lie below, so there must be none. A state that leads only to
// itself says one thing of everything below, so only what all of those say
// together counts; the others have to be the same on both sides.
#include "Rows.h"

namespace srt::broker {

/// The states of the anchors on a path.
struct States {
  explicit States(const srt_view &view) : finals(view) {}
  static constexpr uint32_t kMost = 64;
  uint32_t rows[kMost]; // those that are not final, ascending, distinct
  uint32_t count = 0;
  bool isOverfull = false;
  Findings finals;
};

/// Adds a row unless it is there. Few rows: an insertion is short.
static void addRow(States &states, uint32_t row) {
  uint32_t at = states.count;
  while (at > 0 && states.rows[at - 1] >= row)
    if (states.rows[--at] == row)
      return;
  if (states.count == States::kMost) {
    states.isOverfull = true;
    return;
  }
  for (uint32_t i = states.count++; i > at; --i)
    states.rows[i] = states.rows[i - 1];
  states.rows[at] = row;
}

static void collect(const Broker &broker, Text path, States &states) {
  AnchorsOnPath anchors(broker, path);
  for (uint32_t row = anchors.next(); row != SRT_NONE; row = anchors.next()) {
    if (isFinal(broker.view(), row))
      states.finals.add(broker.view(), row);
    else
      addRow(states, row);
  }
}

static bool hasSameRows(const States &one, const States &other) {
  if (one.isOverfull || other.isOverfull || one.count != other.count)
    return false;
  for (uint32_t i = 0; i < one.count; ++i)
    if (one.rows[i] != other.rows[i])
      return false;
  return true;
}

/// Whether the final states say the same, whatever others add to it.
static bool hasSameFinals(const Findings &one, const Findings &other) {
  bool isSame = one.outcome.allowed == other.outcome.allowed &&
                one.outcome.asked == other.outcome.asked &&
                one.outcome.denied == other.outcome.denied;
  for (uint32_t i = 0; i < one.words; ++i)
    isSame &= one.patterns[i] == other.patterns[i] &&
              one.excepts[i] == other.excepts[i];
  return isSame;
}

bool isSameState(const Broker &broker, Text one, Text other) {
  const srt_view &view = broker.view();
  States here(view), there(view);
  collect(broker, one, here);
  collect(broker, other, there);
  if (!hasSameRows(here, there))
    return false;
  // Nothing can be added to final states where there are no others.
  if (here.count == 0)
    return here.finals.settle(view).permitted() ==
           there.finals.settle(view).permitted();
  return hasSameFinals(here.finals, there.finals);
}

bool isAboveAnchor(const Broker &broker, Text path) {
  for (uint32_t i = 0; i < broker.anchorCount; ++i) {
    Text place = broker.anchors[i].path;
    if (place.size > path.size && load::startsWith(place, path) &&
        place.data[path.size] == '/')
      return true;
  }
  return false;
}

} // namespace srt::broker
