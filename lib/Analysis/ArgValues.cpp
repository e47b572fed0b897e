// lib/Analysis/ArgValues.cpp: masked comparisons of 64-bit numbers, exactly.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/ArgValues.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/ErrorHandling.h"

#include <set>

namespace srt {

namespace {
/// A flag for each range, 64 to a word; up to 64 ranges take no allocation.
class Flags {
public:
  explicit Flags(size_t count) : words((count + 63) / 64, ~uint64_t(0)) {}
  bool operator[](size_t i) const { return words[i / 64] >> (i % 64) & 1; }
  void clear(size_t i) { words[i / 64] &= ~(uint64_t(1) << (i % 64)); }
  bool operator<(const Flags &other) const { return words < other.words; }

private:
  llvm::SmallVector<uint64_t, 1> words;
};

/// What is left open of the ranges when the bits above `bit` are chosen: two
/// flags for each range, "still equal to first" and "still equal to last".
struct Partial {
  unsigned bit;
  uint64_t value;
  Flags onFirst, onLast;
};
} // namespace

/// Chooses the next bit; false if some range can no longer hold.
static bool choose(Partial &partial, bool isSet,
                   llvm::ArrayRef<MaskedRange> ranges) {
  uint64_t bit = uint64_t(1) << --partial.bit;
  if (isSet)
    partial.value |= bit;
  for (size_t i = 0; i < ranges.size(); ++i) {
    bool masked = isSet && (ranges[i].mask & bit);
    bool first = ranges[i].first & bit, last = ranges[i].last & bit;
    if ((partial.onFirst[i] && masked < first) ||
        (partial.onLast[i] && masked > last))
      return false;
    if (masked != first)
      partial.onFirst.clear(i);
    if (masked != last)
      partial.onLast.clear(i);
  }
  return true;
}

/// The same values in fewer ranges: those without a mask are one interval, and
/// each further one that holds whatever the value is goes.
static std::vector<MaskedRange> merged(llvm::ArrayRef<MaskedRange> ranges) {
  std::vector<MaskedRange> kept{MaskedRange()};
  for (const MaskedRange &range : ranges) {
    if (range.mask == MaskedRange().mask) {
      kept[0].first = std::max(kept[0].first, range.first);
      kept[0].last = std::min(kept[0].last, range.last);
    } else if (range.first != 0 || range.last < range.mask) {
      kept.push_back(range);
    }
  }
  return kept;
}

std::optional<uint64_t> valueIn(llvm::ArrayRef<MaskedRange> all) {
  std::vector<MaskedRange> ranges = merged(all);
  if (ranges[0].first > ranges[0].last)
    return std::nullopt;
  if (ranges.size() == 1)
    return ranges[0].first;
  std::vector<Partial> open{
      {64, 0, Flags(ranges.size()), Flags(ranges.size())}};
  // What failed once at a bit with these flags fails again.
  std::set<std::tuple<unsigned, Flags, Flags>> tried;
  while (!open.empty()) {
    Partial at = std::move(open.back());
    open.pop_back();
    if (at.bit == 0)
      return at.value;
    if (!tried.insert({at.bit, at.onFirst, at.onLast}).second)
      continue;
    // The unset bit goes on top, so the smallest value is found first.
    for (bool isSet : {true, false}) {
      Partial next = at;
      if (choose(next, isSet, ranges))
        open.push_back(std::move(next));
    }
  }
  return std::nullopt;
}

/// The ranges in which a test is true, and those in which it is false.
static std::pair<llvm::SmallVector<MaskedRange, 2>,
                 llvm::SmallVector<MaskedRange, 2>>
rangesOf(const ir::ArgTest &test) {
  constexpr uint64_t kMost = ~uint64_t(0);
  uint64_t c = test.operand;
  llvm::SmallVector<MaskedRange, 2> below, equal, above;
  if (c > 0)
    below.push_back({test.mask, 0, c - 1});
  equal.push_back({test.mask, c, c});
  if (c < kMost)
    above.push_back({test.mask, c + 1, kMost});
  auto both = [](auto a, const auto &b) {
    a.append(b.begin(), b.end());
    return a;
  };
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return {equal, both(below, above)};
  case ir::ArgTest::Op::Ne:
    return {both(below, above), equal};
  case ir::ArgTest::Op::Lt:
    return {below, both(equal, above)};
  case ir::ArgTest::Op::Le:
    return {both(below, equal), above};
  case ir::ArgTest::Op::Gt:
    return {above, both(below, equal)};
  case ir::ArgTest::Op::Ge:
    return {both(equal, above), below};
  }
  llvm_unreachable("unknown test");
}

namespace {
/// The ranges chosen for the first tests of a list.
using Chosen = llvm::SmallVector<MaskedRange, 8>;
} // namespace

/// The ways to go on with one side of the next test that some value can take:
/// which of its ranges, for later tests may rule one of them out.
static void extend(const Chosen &chosen, llvm::ArrayRef<MaskedRange> side,
                   std::vector<Chosen> &out) {
  for (const MaskedRange &range : side) {
    Chosen longer = chosen;
    longer.push_back(range);
    if (valueIn(longer))
      out.push_back(std::move(longer));
  }
}

/// Where no test has a mask, values are a line and tests cut it: the first value
/// of each piece.
static std::vector<uint64_t> pieces(llvm::ArrayRef<ir::ArgTest> tests) {
  std::set<uint64_t> begins{0};
  for (const ir::ArgTest &test : tests) {
    begins.insert(test.operand);
    if (test.operand < ~uint64_t(0))
      begins.insert(test.operand + 1);
  }
  return {begins.begin(), begins.end()};
}

std::optional<std::vector<uint64_t>>
valuesApart(llvm::ArrayRef<ir::ArgTest> tests, size_t most) {
  auto isMasked = [](const ir::ArgTest &test) { return test.mask != ~uint64_t(0); };
  if (llvm::none_of(tests, isMasked)) {
    std::vector<uint64_t> values = pieces(tests);
    return values.size() > most ? std::nullopt : std::optional(std::move(values));
  }
  std::vector<Chosen> all{Chosen()};
  for (const ir::ArgTest &test : tests) {
    auto [isTrue, isFalse] = rangesOf(test);
    std::vector<Chosen> longer;
    for (const Chosen &chosen : all) {
      extend(chosen, isTrue, longer);
      extend(chosen, isFalse, longer);
    }
    if (longer.size() > most)
      return std::nullopt;
    all = std::move(longer);
  }
  std::vector<uint64_t> values;
  for (const Chosen &chosen : all)
    values.push_back(*valueIn(chosen));
  return values;
}

} // namespace srt
