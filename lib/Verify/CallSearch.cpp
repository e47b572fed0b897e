// lib/Verify/CallSearch.cpp: looks for a call on which plan and filter differ.
// SPDX-License-Identifier: Apache-2.0
//
// Tests and path conditions speak of one argument each, so a set of them can be
// met if each argument alone can meet its own. Only "none of these conjunctions
// holds" needs a search: of each, one test has to fail.
#include "lib/Verify/CallSearch.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::verify {

namespace {
/// For each argument, what its value is in.
using Wanted = std::array<std::map<uint64_t, ValueSet>, 6>;

class Search {
public:
  explicit Search(uint64_t &budget) : budget(budget) {}
  /// Arguments that are as wanted and satisfy none of `avoided`.
  std::optional<Args> find(const Wanted &wanted,
                           llvm::ArrayRef<ir::Conjunction> avoided);
  /// True if some test fails whatever the arguments are.
  bool fails(const Wanted &wanted, const ir::Conjunction &tests);

private:
  std::optional<uint64_t> valueOf(const Wanted &wanted, size_t index);
  bool isPossible(const Wanted &wanted, const ir::ArgTest &test, bool holds);
  std::optional<Args> argsOf(const Wanted &wanted);

  uint64_t &budget;
};
} // namespace

/// The masked values for which the test holds.
static ValueSet holdingValues(const ir::ArgTest &test) {
  constexpr uint64_t kMost = ~uint64_t(0);
  uint64_t c = test.operand;
  ValueSet none(1, 0);
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return {c, c};
  case ir::ArgTest::Op::Ne:
    return ValueSet().without({c, c});
  case ir::ArgTest::Op::Lt:
    return c == 0 ? none : ValueSet(0, c - 1);
  case ir::ArgTest::Op::Le:
    return {0, c};
  case ir::ArgTest::Op::Gt:
    return c == kMost ? none : ValueSet(c + 1, kMost);
  case ir::ArgTest::Op::Ge:
    return {c, kMost};
  }
  llvm_unreachable("unknown operator");
}

static void want(Wanted &wanted, const ir::ArgTest &test, bool holds) {
  ValueSet values = holdingValues(test);
  ValueSet &known = wanted[test.index][test.mask];
  known = known.with(holds ? values : ValueSet().without(values));
}

/// The one value of a half, if the path knows it whole.
static std::optional<uint64_t> knownHalf(const Condition &path, uint8_t word) {
  auto at = path.find({word});
  if (at == path.end() || at->second.parts().size() != 1)
    return std::nullopt;
  ValueRange range = at->second.parts().front();
  return range.first == range.last ? std::optional(range.first) : std::nullopt;
}

/// The words 4 to 15 of struct seccomp_data are the arguments, low half first.
/// Where the high half is known, a range of the low one is one of the whole,
/// which plain tests are compared with at once.
static Wanted wantedOf(const Condition &path) {
  constexpr uint64_t kWhole = ~uint64_t(0), kHalf = 0xffffffff;
  Wanted wanted;
  auto want = [&](size_t index, uint64_t mask, const ValueSet &values) {
    ValueSet &known = wanted[index][mask];
    known = known.with(values);
  };
  for (const auto &[at, values] : path) {
    if (at.word < 4)
      continue;
    size_t index = (at.word - 4) / 2;
    std::optional<uint64_t> high = knownHalf(path, at.word | 1);
    if (at.word % 2)
      want(index, uint64_t(at.mask) << 32, values.shifted(32));
    else
      want(index, at.mask, values);
    if (high)
      want(index, kWhole, ValueSet(0, kHalf).plus(*high << 32));
    if (high && at.word % 2 == 0 && at.mask == kHalf)
      want(index, kWhole, values.plus(*high << 32));
  }
  return wanted;
}

std::optional<uint64_t> Search::valueOf(const Wanted &wanted, size_t index) {
  std::vector<MaskedSet> sets;
  for (const auto &[mask, values] : wanted[index])
    sets.push_back({mask, values});
  return valueInAll(sets, budget);
}

bool Search::isPossible(const Wanted &wanted, const ir::ArgTest &test,
                        bool holds) {
  Wanted more;
  more[test.index] = wanted[test.index];
  want(more, test, holds);
  return valueOf(more, test.index).has_value();
}

bool Search::fails(const Wanted &wanted, const ir::Conjunction &tests) {
  return llvm::any_of(tests, [&](const ir::ArgTest &test) {
    return !isPossible(wanted, test, true);
  });
}

std::optional<Args> Search::argsOf(const Wanted &wanted) {
  Args args{};
  for (size_t i = 0; i < args.size(); ++i) {
    std::optional<uint64_t> value = valueOf(wanted, i);
    if (!value)
      return std::nullopt;
    args[i] = *value;
  }
  return args;
}

std::optional<Args> Search::find(const Wanted &wanted,
                                 llvm::ArrayRef<ir::Conjunction> avoided) {
  std::vector<std::pair<Wanted, size_t>> open{{wanted, 0}};
  if (!argsOf(wanted))
    return std::nullopt;
  while (!open.empty() && budget > 0) {
    auto [now, next] = std::move(open.back());
    open.pop_back();
    while (next < avoided.size() && fails(now, avoided[next]))
      ++next;
    if (next == avoided.size())
      return argsOf(now);
    // Last test on top: the first one is what people look at.
    for (const ir::ArgTest &test : llvm::reverse(avoided[next]))
      if (isPossible(now, test, false)) {
        open.push_back({now, next + 1});
        want(open.back().first, test, false);
      }
  }
  return std::nullopt;
}

/// The path's calls that satisfy all tests as well.
static Wanted alsoWanted(Wanted wanted, const ir::Conjunction &tests) {
  for (const ir::ArgTest &test : tests)
    want(wanted, test, true);
  return wanted;
}

/// A call as wanted that is allowed, and for which none of `avoided` holds.
static std::optional<Args> allowedCall(Search &search, const Wanted &wanted,
                                       const ir::SyscallDecision &decision,
                                       llvm::ArrayRef<ir::Conjunction> avoided) {
  if (decision.allowIf.empty())
    return search.find(wanted, avoided);
  for (const ir::Conjunction &tests : decision.allowIf)
    if (!search.fails(wanted, tests))
      if (auto args = search.find(alsoWanted(wanted, tests), avoided))
        return args;
  return std::nullopt;
}

std::optional<Args> permittedCall(const ir::SyscallDecision &decision,
                                  const Condition &path, uint64_t &budget) {
  if (!decision.isAllowed)
    return std::nullopt;
  Search search(budget);
  std::vector<ir::Conjunction> avoided = decision.denyIf;
  llvm::append_range(avoided, decision.notifyIf);
  return allowedCall(search, wantedOf(path), decision, avoided);
}

std::optional<Args> notifiedCall(const ir::SyscallDecision &decision,
                                 const Condition &path, uint64_t &budget) {
  if (!decision.isAllowed)
    return std::nullopt;
  Search search(budget);
  Wanted wanted = wantedOf(path);
  for (const ir::Conjunction &tests : decision.notifyIf)
    if (!search.fails(wanted, tests))
      if (auto args = allowedCall(search, alsoWanted(wanted, tests), decision,
                                  decision.denyIf))
        return args;
  return std::nullopt;
}

std::optional<Args> refusedCall(const ir::SyscallDecision &decision,
                                const Condition &path, uint64_t &budget) {
  Search search(budget);
  Wanted wanted = wantedOf(path);
  if (!decision.isAllowed)
    return search.find(wanted, {});
  for (const ir::Conjunction &tests : decision.denyIf)
    if (!search.fails(wanted, tests))
      if (auto args = search.find(alsoWanted(wanted, tests), {}))
        return args;
  if (decision.allowIf.empty())
    return std::nullopt;
  return search.find(wanted, decision.allowIf);
}

} // namespace srt::verify
