// lib/Backend/SeccompSearch.cpp: decides by where a number lies.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompSearch.h"

#include <cassert>
#include <optional>

namespace srt::backend {

namespace {
/// Intervals [begin, end): either a part of few single numbers, or split at
/// `middle` into the ranges `left` and `right`.
struct Range {
  size_t begin, end;
  size_t middle = 0, left = 0, right = 0;
  NodeId node{};
};

class Search {
public:
  Search(NodePool &pool, std::vector<Interval> intervals)
      : pool(pool), intervals(std::move(intervals)) {}
  NodeId run();

private:
  void mergeEqual();
  bool isSingle(size_t at) const;
  std::optional<NodeId> fewSingles(const Range &range);
  size_t middleOf(const Range &range) const;
  void split();

  /// As many comparisons in a row are no slower than a tree, and shorter.
  static constexpr size_t kMostSingles = 3;

  NodePool &pool;
  std::vector<Interval> intervals;
  std::vector<uint64_t> before; // weight of all intervals before each
  std::vector<Range> ranges;    // a range before its two parts
};
} // namespace

void Search::mergeEqual() {
  std::vector<Interval> kept;
  for (const Interval &next : intervals) {
    if (!kept.empty() && kept.back().target == next.target)
      kept.back().weight += next.weight;
    else
      kept.push_back(next);
  }
  intervals = std::move(kept);
}

bool Search::isSingle(size_t at) const {
  uint32_t first = intervals[at].first;
  return at + 1 < intervals.size() ? intervals[at + 1].first == first + 1
                                   : first == ~uint32_t(0);
}

/// The range as `jeq`s in a row, if all but few single numbers go one way:
///       jeq #7, special, next
/// next: jeq #9, other, usual
std::optional<NodeId> Search::fewSingles(const Range &range) {
  std::optional<NodeId> usual;
  for (size_t i = range.begin; i < range.end; ++i) {
    if (isSingle(i))
      continue;
    if (usual && *usual != intervals[i].target)
      return std::nullopt;
    usual = intervals[i].target;
  }
  NodeId node = usual.value_or(intervals[range.begin].target);
  NodeId other = node;
  size_t singles = 0;
  for (size_t i = range.begin; i < range.end; ++i) {
    if (intervals[i].target == other || !isSingle(i))
      continue;
    node = pool.test(kJeq, intervals[i].first, intervals[i].target, node);
    if (++singles > kMostSingles)
      return std::nullopt;
  }
  return node;
}

/// Where the range falls into halves of about equal weight.
size_t Search::middleOf(const Range &range) const {
  uint64_t half = (before[range.begin] + before[range.end]) / 2;
  size_t middle = range.begin + 1;
  while (middle + 1 < range.end && before[middle + 1] <= half)
    ++middle;
  if (middle + 1 < range.end &&
      before[middle + 1] - half < half - std::min(half, before[middle]))
    ++middle;
  return middle;
}

void Search::split() {
  ranges.push_back({0, intervals.size()});
  for (size_t i = 0; i < ranges.size(); ++i) {
    if (std::optional<NodeId> node = fewSingles(ranges[i])) {
      ranges[i].node = *node;
      continue;
    }
    Range range = ranges[i];
    range.middle = middleOf(range);
    range.left = ranges.size();
    range.right = range.left + 1;
    ranges.push_back({range.begin, range.middle});
    ranges.push_back({range.middle, range.end});
    ranges[i] = range;
  }
}

NodeId Search::run() {
  assert(!intervals.empty() && intervals.front().first == 0);
  mergeEqual();
  before.push_back(0);
  for (const Interval &interval : intervals)
    before.push_back(before.back() + interval.weight);
  split();
  for (size_t i = ranges.size(); i-- > 0;) {
    Range &range = ranges[i];
    if (range.middle != 0)
      range.node =
          pool.test(kJge, intervals[range.middle].first,
                    ranges[range.right].node, ranges[range.left].node);
  }
  return ranges.front().node;
}

NodeId searchTree(NodePool &pool, std::vector<Interval> intervals) {
  return Search(pool, std::move(intervals)).run();
}

} // namespace srt::backend
