// lib/Verify/ValueSets.h: sets of numbers, and numbers under masks.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_VERIFY_VALUESETS_H
#define SRT_LIB_VERIFY_VALUESETS_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace srt::verify {

/// first <= value <= last.
struct ValueRange {
  uint64_t first = 0, last = ~uint64_t(0);
};

/// A set of 64-bit numbers as ranges: sorted, disjoint, not touching.
class ValueSet {
public:
  /// Every number.
  ValueSet() : ranges{{}} {}
  /// One range; nothing if `first` is above `last`.
  ValueSet(uint64_t first, uint64_t last);

  bool isEmpty() const { return ranges.empty(); }
  bool contains(uint64_t value) const;
  ValueSet without(const ValueSet &other) const;
  ValueSet with(const ValueSet &other) const; // of both
  /// Every number plus `more`. Requires: none grows past 64 bits.
  ValueSet plus(uint64_t more) const;
  /// Every number, and those between, shifted to the left.
  ValueSet shifted(unsigned bits) const;
  const std::vector<ValueRange> &parts() const { return ranges; }

private:
  std::vector<ValueRange> ranges;
};

/// (value & mask) is in `set`.
struct MaskedSet {
  uint64_t mask = ~uint64_t(0);
  ValueSet set;
};

/// The smallest value that is in all of the sets, or nothing if there is none.
/// Exact: decides bit by bit from the top. `budget` counts down with each step;
/// at 0 the answer is nothing and means nothing.
std::optional<uint64_t> valueInAll(llvm::ArrayRef<MaskedSet> sets,
                                   uint64_t &budget);

} // namespace srt::verify

#endif
