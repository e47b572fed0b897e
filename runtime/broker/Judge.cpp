// runtime/broker/Judge.cpp: what the rules say of a path.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the union of the labels of every anchor on the way, as bundle.h
// says, and nothing else. Linear in the path times the anchors on it. The
// tables were checked (runtime/bundle/mediation.cpp), so no index is looked at
// again.
#include "Broker.h"
#include "Rows.h"

namespace srt::broker {

uint32_t rowAfter(const srt_view &view, uint32_t row, Text rest) {
  const uint8_t *classes = view.mediation->classes;
  for (uint64_t i = 0; i < rest.size; ++i) {
    if (isFinal(view, row))
      return row;
    uint32_t byteClass = classes[uint8_t(rest.data[i])];
    uint32_t move = firstMove(view, row), end = firstMove(view, row + 1);
    while (move < end && view.moves[move] >> 24 < byteClass)
      ++move;
    bool isMove = move < end && view.moves[move] >> 24 == byteClass;
    row = isMove ? view.moves[move] & (SRT_MAX_ROWS - 1)
                 : view.rows[row].otherwise;
  }
  return row;
}

uint32_t AnchorsOnPath::next() {
  while (current == SRT_NONE) {
    if (isAtEnd)
      return SRT_NONE;
    // The empty word first, then up to each slash, then the path itself.
    if (isBegun) {
      do
        hash = hashStep(hash, path.data[size++]);
      while (size < path.size && path.data[size] != '/');
    }
    isBegun = true;
    isAtEnd = size == path.size;
    current = findAnchor(broker, hash, path.prefix(size));
  }
  const Anchor &anchor = broker.anchors[current];
  uint32_t row = rowAfter(broker.view(), anchor.row, path.suffix(size));
  do
    current = broker.anchors[current].next;
  while (current != SRT_NONE &&
         !(broker.anchors[current].path == path.prefix(size)));
  return row;
}

void Findings::add(const srt_view &view, uint32_t row) {
  const srt_label &label = view.labels[view.rows[row].label];
  outcome.allowed |= label.allowed;
  outcome.asked |= label.asked;
  outcome.denied |= label.denied;
  const uint32_t *half = view.halves + label.first_half;
  for (uint32_t i = 0; i < label.pattern_count; ++i, ++half)
    patterns[*half / 64] |= uint64_t(1) << *half % 64;
  for (uint32_t i = 0; i < label.except_count; ++i, ++half)
    excepts[*half / 64] |= uint64_t(1) << *half % 64;
}

Findings::Findings(const srt_view &view) : outcome{0, 0, 0} {
  words = (view.pair_count + 63) / 64;
  for (uint32_t i = 0; i < words; ++i)
    patterns[i] = excepts[i] = 0;
}

Outcome Findings::settle(const srt_view &view) const {
  Outcome whole = outcome;
  for (uint32_t i = 0; i < view.pair_count; ++i) {
    if (!matches(i))
      continue;
    const srt_pair &pair = view.pairs[i];
    if (pair.effect == SRT_EFFECT_ALLOW)
      whole.allowed |= pair.actions;
    if (pair.effect == SRT_EFFECT_ASK)
      whole.asked |= pair.actions;
    if (pair.effect == SRT_EFFECT_DENY)
      whole.denied |= pair.actions;
  }
  return whole;
}

static void find(const Broker &broker, Text path, Findings &findings) {
  AnchorsOnPath anchors(broker, path);
  for (uint32_t row = anchors.next(); row != SRT_NONE; row = anchors.next())
    findings.add(broker.view(), row);
}

Outcome outcomeOf(const Broker &broker, Text path) {
  Findings findings(broker.view());
  find(broker, path, findings);
  return findings.settle(broker.view());
}

/// The first matching pair with that effect and action; SRT_NONE: none.
static uint32_t firstPair(const srt_view &view, const Findings &findings,
                          uint32_t effect, uint32_t action) {
  for (uint32_t i = 0; i < view.pair_count; ++i)
    if (findings.matches(i) && view.pairs[i].effect == effect &&
        (view.pairs[i].actions & action) != 0)
      return view.pairs[i].rule;
  return SRT_NONE;
}

uint32_t rulingPair(const srt_view &view, const Findings &findings,
                    uint32_t action) {
  uint32_t rule = firstPair(view, findings, SRT_EFFECT_DENY, action);
  return rule != SRT_NONE
             ? rule
             : firstPair(view, findings, SRT_EFFECT_ASK, action);
}

uint32_t decidingRule(const Broker &broker, Text path, uint32_t action) {
  Findings findings(broker.view());
  find(broker, path, findings);
  return rulingPair(broker.view(), findings, action);
}

} // namespace srt::broker
