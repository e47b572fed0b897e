// runtime/bundle/mediation.cpp: the automaton of the broker and what is on it.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every row, move, label, half and pair that the broker can reach
// by an index is inside its table, and every step from a row ends in a row. The
// broker then walks without checks. Whether places are distinct is not looked
// at: what hangs on one place twice is united.
#include "parts.h"

namespace srt::bundle {

/// Checks actions against those that are mediated.
static srt_reason checkActions(uint32_t actions, uint32_t known) {
  SRT_DEMAND(actions != 0 && (actions & ~known) == 0, SRT_BAD_ACTIONS);
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_mediation &mediation) {
  SRT_DEMAND(mediation.actions != 0 || view.network, SRT_BAD_ACTIONS);
  SRT_DEMAND((mediation.actions & ~SRT_ACTS_KNOWN) == 0, SRT_BAD_ACTIONS);
  SRT_DEMAND(mediation.reserved == 0, SRT_BAD_RESERVED);
  uint64_t handled = view.ruleset ? view.ruleset->handled_fs : 0;
  SRT_DEMAND((mediation.rights & ~handled) == 0, SRT_BAD_MEDIATED_RIGHTS);
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_anchor &anchor) {
  SRT_DEMAND(anchor.place.base == SRT_NONE ||
                 anchor.place.base < view.param_count,
             SRT_BAD_BASE);
  SRT_DEMAND(anchor.place.rule == SRT_NONE, SRT_BAD_ANCHOR_RULE);
  SRT_DEMAND(anchor.row < view.row_count, SRT_BAD_ROW);
  if (anchor.kind == SRT_ANCHOR_COMMAND) {
    SRT_DEMAND(anchor.place.base == SRT_NONE, SRT_BAD_BASE);
    return checkCommandName(view, anchor.place.path);
  }
  SRT_DEMAND(anchor.kind == SRT_ANCHOR_PLACE, SRT_BAD_ANCHOR_KIND);
  return checkPath(view, anchor.place.path, anchor.place.base);
}

/// Checks the moves [first, end): classes ascend, and every target is a row.
static srt_reason checkMoves(const srt_view &view, uint32_t first,
                             uint32_t end) {
  for (uint32_t i = first; i < end; ++i) {
    SRT_DEMAND((view.moves[i] & (SRT_MAX_ROWS - 1)) < view.row_count,
               SRT_BAD_ROW);
    SRT_DEMAND(i == first || view.moves[i - 1] >> 24 < view.moves[i] >> 24,
               SRT_BAD_MOVE_ORDER);
  }
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_row &row) {
  bool isLast = &row + 1 == view.rows + view.row_count;
  uint32_t end = isLast ? view.move_count : (&row + 1)->first_move;
  SRT_DEMAND(row.first_move <= end && end <= view.move_count,
             SRT_BAD_ROW_MOVES);
  SRT_DEMAND(&row != view.rows || row.first_move == 0, SRT_BAD_ROW_MOVES);
  SRT_DEMAND(row.otherwise < view.row_count, SRT_BAD_ROW);
  SRT_DEMAND(row.label < view.label_count, SRT_BAD_LABEL);
  bool isZero = &row == view.rows;
  SRT_DEMAND(!isZero || (end == 0 && row.otherwise == 0 && row.label == 0),
             SRT_BAD_ROW_ZERO);
  return checkMoves(view, row.first_move, end);
}

/// Checks `count` halves from `first` on: ascending numbers of pairs.
static srt_reason checkHalves(const srt_view &view, uint64_t first,
                              uint64_t count) {
  for (uint64_t i = first; i < first + count; ++i) {
    SRT_DEMAND(view.halves[i] < view.pair_count, SRT_BAD_HALF);
    SRT_DEMAND(i == first || view.halves[i - 1] < view.halves[i], SRT_BAD_HALF);
  }
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_label &label) {
  uint32_t actions = label.allowed | label.asked | label.denied;
  SRT_DEMAND((actions & ~view.mediation->actions) == 0, SRT_BAD_LABEL_ACTIONS);
  // In 64 bits: three counts of 32 bits cannot wrap around.
  uint64_t patterns = label.pattern_count, excepts = label.except_count;
  SRT_DEMAND(label.first_half + patterns + excepts <= view.half_count,
             SRT_BAD_HALVES);
  SRT_DEMAND(&label != view.labels || (actions == 0 && label.first_half == 0 &&
                                       patterns == 0 && excepts == 0),
             SRT_BAD_LABEL_ZERO);
  SRT_CHECK(checkHalves(view, label.first_half, patterns));
  return checkHalves(view, label.first_half + patterns, excepts);
}

static srt_reason check(const srt_view &view, const srt_pair &pair) {
  SRT_DEMAND(pair.effect == SRT_EFFECT_ALLOW || pair.effect == SRT_EFFECT_ASK ||
                 pair.effect == SRT_EFFECT_DENY,
             SRT_BAD_PAIR_EFFECT);
  SRT_CHECK(checkActions(pair.actions, view.mediation->actions));
  SRT_DEMAND(pair.rule < view.rule_count, SRT_BAD_RULE);
  SRT_DEMAND(pair.reserved == 0, SRT_BAD_RESERVED);
  return SRT_OK;
}

template <typename Record>
static srt_reason checkEach(const srt_view &view, const Record *table,
                            uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    SRT_CHECK(check(view, table[i]));
  return SRT_OK;
}

/// Bounds the work of checkHalves, for labels may share their halves.
static srt_reason checkTotal(const srt_view &view) {
  uint64_t total = 0;
  for (uint32_t i = 0; i < view.label_count; ++i)
    total +=
        uint64_t(view.labels[i].pattern_count) + view.labels[i].except_count;
  SRT_DEMAND(total <= SRT_MAX_ROWS, SRT_BAD_HALVES);
  return SRT_OK;
}

srt_reason checkMediation(const srt_view &view) {
  bool hasTable = view.anchors || view.rows || view.moves || view.labels ||
                  view.halves || view.pairs;
  SRT_DEMAND(view.mediation || !hasTable, SRT_BAD_UNMEDIATED);
  if (!view.mediation)
    return SRT_OK;
  SRT_DEMAND(view.row_count != 0 && view.label_count != 0, SRT_BAD_ROWS_NONE);
  SRT_CHECK(check(view, *view.mediation));
  SRT_CHECK(checkEach(view, view.anchors, view.anchor_count));
  SRT_CHECK(checkEach(view, view.rows, view.row_count));
  SRT_CHECK(checkTotal(view));
  SRT_CHECK(checkEach(view, view.labels, view.label_count));
  return checkEach(view, view.pairs, view.pair_count);
}

} // namespace srt::bundle
