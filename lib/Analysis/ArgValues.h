// lib/Analysis/ArgValues.h: values of an argument that tests tell apart.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_ARGVALUES_H
#define SRT_LIB_ANALYSIS_ARGVALUES_H

#include "lib/IR/Pattern.h"

#include "llvm/ADT/ArrayRef.h"

#include <optional>

namespace srt {

/// first <= (value & mask) <= last.
struct MaskedRange {
  uint64_t mask = ~uint64_t(0);
  uint64_t first = 0, last = ~uint64_t(0);
};

/// The smallest value in all of the ranges, or nothing if there is none. Exact:
/// decides bit by bit, keeping for each range whether it still touches a bound.
std::optional<uint64_t> valueIn(llvm::ArrayRef<MaskedRange> ranges);

/// One value for each combination of true and false that the tests, all of one
/// argument, can have together; nothing if there are more than `most`.
std::optional<std::vector<uint64_t>>
valuesApart(llvm::ArrayRef<ir::ArgTest> tests, size_t most);

} // namespace srt

#endif
