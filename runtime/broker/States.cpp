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

/// Collects the states in which the names in a directory begin.
static void collect(const Broker &broker, Text path, States &states) {
  AnchorsOnPath anchors(broker, path);
  for (uint32_t row = anchors.next(); row != SRT_NONE; row = anchors.next()) {
    row = rowAfter(broker.view(), row, "/");
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

/// Whether a row denies what ends there: a rule that does, or an exception to one
/// that allows.
static bool denies(const srt_view &view, uint32_t row) {
  const srt_label &label = view.labels[view.rows[row].label];
  const uint32_t *half = view.halves + label.first_half;
  bool isDenying = (label.denied | label.asked) != 0;
  for (uint32_t i = 0; i < label.pattern_count; ++i, ++half)
    isDenying |= view.pairs[*half].effect != SRT_EFFECT_ALLOW;
  for (uint32_t i = 0; i < label.except_count; ++i, ++half)
    isDenying |= view.pairs[*half].effect == SRT_EFFECT_ALLOW;
  return isDenying;
}

/// Whether a row allows what ends there, if nothing denies it.
static bool allows(const srt_view &view, uint32_t row) {
  const srt_label &label = view.labels[view.rows[row].label];
  const uint32_t *half = view.halves + label.first_half;
  bool isAllowing = label.allowed != 0;
  for (uint32_t i = 0; i < label.pattern_count; ++i, ++half)
    isAllowing |= view.pairs[*half].effect == SRT_EFFECT_ALLOW;
  return isAllowing;
}

/// Whether a row leads to one of which that is known.
static bool leadsOn(const srt_view &view, const uint8_t *isKnown,
                    uint32_t row) {
  bool leads = isKnown[view.rows[row].otherwise] != 0;
  for (uint32_t i = firstMove(view, row); i < firstMove(view, row + 1); ++i)
    leads |= isKnown[view.moves[i] & (SRT_MAX_ROWS - 1)] != 0;
  return leads;
}

/// The rows that are so, or lead to one.
static uint8_t *findLeading(Sandbox &sandbox,
                            bool (*isSo)(const srt_view &, uint32_t)) {
  const srt_view &view = sandbox.view;
  auto *isKnown = sandbox.arena.array<uint8_t>(view.row_count);
  bool isChanging = true;
  // Rows are numbered from the starts on, so most is known after one turn.
  while (isChanging) {
    isChanging = false;
    for (uint32_t row = view.row_count; row-- > 0;) {
      if (isKnown[row] != 0)
        continue;
      isKnown[row] = isSo(view, row) || leadsOn(view, isKnown, row);
      isChanging |= isKnown[row] != 0;
    }
  }
  return isKnown;
}

void findDenying(Broker &broker, Sandbox &sandbox) {
  broker.isDenying = findLeading(sandbox, denies);
  broker.isAllowing = findLeading(sandbox, allows);
}

/// The directory of a path. Requires: not the empty word.
static Text folderOf(Text path) {
  uint64_t size = path.size;
  while (size > 0 && path.data[size - 1] != '/')
    --size;
  return path.prefix(size == 0 ? 0 : size - 1);
}

static bool hasRow(const States &states, uint32_t row) {
  for (uint32_t i = 0; i < states.count; ++i)
    if (states.rows[i] == row)
      return true;
  return false;
}

/// What a pattern like `**` says of all in a directory it says of all in each
/// directory in that, in one state. A name behind which another state begins,
/// from which something is denied, is on the way to that: `.git`, where
/// `**/.git/hooks` is denied.
static bool isInsidePattern(const Broker &broker, Text path) {
  if (path.size == 0)
    return false;
  States here(broker.view()), above(broker.view());
  collect(broker, path, here);
  collect(broker, folderOf(path), above);
  bool isInside = here.isOverfull || above.isOverfull;
  for (uint32_t i = 0; i < here.count; ++i)
    isInside |= broker.isDenying[here.rows[i]] != 0 &&
                !hasRow(above, here.rows[i]);
  return isInside;
}

bool leadsToRule(const Broker &broker, Text path) {
  return isAboveAnchor(broker, path) || isInsidePattern(broker, path);
}

bool mayBeLink(const Broker &broker, Text path) {
  uint32_t hash = kHashStart;
  for (uint64_t i = 0; i < path.size; ++i)
    hash = hashStep(hash, path.data[i]);
  return findAnchor(broker, hash, path) == SRT_NONE &&
         !leadsToRule(broker, path);
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
