// lib/Verify/ValueSets.cpp: sets of numbers, and numbers under masks.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/ValueSets.h"

#include <algorithm>
#include <set>

namespace srt::verify {

static constexpr uint64_t kMost = ~uint64_t(0);

ValueSet::ValueSet(uint64_t first, uint64_t last) {
  if (first <= last)
    ranges.push_back({first, last});
}

bool ValueSet::contains(uint64_t value) const {
  return std::any_of(ranges.begin(), ranges.end(), [&](ValueRange range) {
    return range.first <= value && value <= range.last;
  });
}

ValueSet ValueSet::with(const ValueSet &other) const {
  ValueSet both(1, 0);
  size_t i = 0, j = 0;
  while (i < ranges.size() && j < other.ranges.size()) {
    uint64_t first = std::max(ranges[i].first, other.ranges[j].first);
    uint64_t last = std::min(ranges[i].last, other.ranges[j].last);
    if (first <= last)
      both.ranges.push_back({first, last});
    ranges[i].last < other.ranges[j].last ? ++i : ++j;
  }
  return both;
}

ValueSet ValueSet::without(const ValueSet &other) const {
  ValueSet rest(1, 0);
  uint64_t next = 0;
  bool isOpen = true; // false: the last range reached the highest number
  for (ValueRange range : other.ranges) {
    if (next < range.first)
      rest.ranges.push_back({next, range.first - 1});
    isOpen = range.last != kMost;
    next = range.last + 1;
  }
  if (isOpen)
    rest.ranges.push_back({next, kMost});
  return with(rest);
}

ValueSet ValueSet::plus(uint64_t more) const {
  ValueSet moved = *this;
  for (ValueRange &range : moved.ranges)
    range = {range.first + more, range.last + more};
  return moved;
}

ValueSet ValueSet::shifted(unsigned bits) const {
  ValueSet moved = *this;
  for (ValueRange &range : moved.ranges)
    range = {range.first << bits, range.last << bits};
  return moved;
}

namespace {
/// What is known of one set once the bits above `bit` are chosen.
enum class Hold : uint8_t { Open, Always, Never };

struct Partial {
  unsigned bit = 64; // bits below are open
  uint64_t value = 0;
};
} // namespace

/// Whether all, none, or some of the numbers that the open bits can still make
/// are in the set.
static Hold holdOf(const MaskedSet &one, const Partial &at) {
  uint64_t open = at.bit == 64 ? kMost : (uint64_t(1) << at.bit) - 1;
  uint64_t first = at.value & one.mask;
  uint64_t last = first | (one.mask & open);
  for (ValueRange range : one.set.parts()) {
    if (range.last < first)
      continue;
    if (range.first > last)
      return Hold::Never;
    bool isWhole = range.first <= first && last <= range.last;
    return isWhole ? Hold::Always : Hold::Open;
  }
  return Hold::Never;
}

/// What the rest depends on: of each set that is not settled, the masked bits
/// chosen so far. Returns Never if some set can no longer hold, Always if all
/// do whatever follows.
static Hold describe(llvm::ArrayRef<MaskedSet> sets, const Partial &at,
                     std::vector<uint64_t> &key) {
  Hold all = Hold::Always;
  key = {at.bit};
  for (const MaskedSet &one : sets) {
    Hold hold = holdOf(one, at);
    if (hold == Hold::Never)
      return hold;
    if (hold == Hold::Open)
      all = hold;
    key.push_back(hold == Hold::Always);
    key.push_back(hold == Hold::Always ? 0 : at.value & one.mask);
  }
  return all;
}

/// One set for each mask. Under a mask of low bits a number has all the values
/// up to it, so that of such a mask alone the answer is at hand.
static std::vector<MaskedSet> merged(llvm::ArrayRef<MaskedSet> sets) {
  std::vector<MaskedSet> kept;
  for (const MaskedSet &one : sets) {
    auto same = std::find_if(kept.begin(), kept.end(), [&](const auto &other) {
      return other.mask == one.mask;
    });
    if (same == kept.end())
      kept.push_back(one);
    else
      same->set = same->set.with(one.set);
  }
  return kept;
}

std::optional<uint64_t> valueInAll(llvm::ArrayRef<MaskedSet> given,
                                   uint64_t &budget) {
  std::vector<MaskedSet> sets = merged(given);
  for (MaskedSet &one : sets) {
    one.set = one.set.with({0, one.mask});
    if (one.set.isEmpty())
      return std::nullopt;
  }
  budget -= budget > 0;
  if (sets.size() == 1 && (sets[0].mask & (sets[0].mask + 1)) == 0)
    return sets[0].set.parts().front().first;
  std::vector<Partial> open{{}};
  std::set<std::vector<uint64_t>> tried; // what failed once fails again
  std::vector<uint64_t> key;
  while (!open.empty() && budget > 0) {
    --budget;
    Partial at = open.back();
    open.pop_back();
    Hold hold = describe(sets, at, key);
    if (hold == Hold::Always)
      return at.value; // of one number, nothing is Open
    if (hold == Hold::Never || !tried.insert(key).second)
      continue;
    --at.bit;
    open.push_back({at.bit, at.value | uint64_t(1) << at.bit});
    open.push_back(at); // on top: the smallest value is found first
  }
  return std::nullopt;
}

} // namespace srt::verify
