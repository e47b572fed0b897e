// test/Tools/srt-filter-check/RandomPlan.cpp: plans that nobody would write.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-filter-check/FilterCheck.h"

namespace srt::filtercheck {

using Random = std::mt19937_64;

static size_t below(Random &random, size_t count) { return random() % count; }

/// Few values, so that tests touch and overlap, and each near an edge: of the
/// whole, of its halves, of the sign.
static uint64_t value(Random &random) {
  static constexpr uint64_t kEdges[] = {0,
                                        1,
                                        2,
                                        3,
                                        0xff,
                                        0x7fffffff,
                                        0x80000000,
                                        0xffffffff,
                                        0x100000000,
                                        0x100000001,
                                        0x1ffffffff,
                                        0x200000000,
                                        0x7fffffffffffffff,
                                        0x8000000000000000,
                                        0xffffffff00000000,
                                        ~uint64_t(0)};
  if (below(random, 8) == 0)
    return random();
  return kEdges[below(random, std::size(kEdges))];
}

static uint64_t maskOf(Random &random) {
  static constexpr uint64_t kMasks[] = {0xf,        0x3,         0xff00,
                                        0xffffffff, 0x100000000, 0xffffffff0000ffff,
                                        0,          1};
  if (below(random, 8) == 0)
    return random() & random();
  return kMasks[below(random, std::size(kMasks))];
}

static ir::ArgTest test(Random &random, Tests tests) {
  ir::ArgTest made;
  made.index = uint8_t(below(random, below(random, 4) == 0 ? 6 : 2));
  made.op = ir::ArgTest::Op(below(random, 6));
  made.operand = value(random);
  if (below(random, 3) == 0) {
    made.mask = maskOf(random);
    if (below(random, 8) != 0)
      made.operand &= made.mask;
    if (tests == Tests::Plain)
      made.op = ir::ArgTest::Op::Eq;
  }
  return made;
}

static ir::Conjunction conjunction(Random &random, Tests tests) {
  ir::Conjunction all;
  unsigned seen = 0;
  for (size_t count = below(random, 4) + (below(random, 12) != 0); count > 0;
       --count) {
    ir::ArgTest next = test(random, tests);
    if (tests == Tests::Plain && (seen >> next.index & 1))
      continue;
    seen |= 1u << next.index;
    all.push_back(next);
  }
  return all;
}

static std::vector<ir::Conjunction> conditions(Random &random, Tests tests) {
  std::vector<ir::Conjunction> any;
  for (size_t count = below(random, 4); count > 0; --count)
    any.push_back(conjunction(random, tests));
  return any;
}

ir::Plan randomPlan(Random &random, Tests tests) {
  ir::Plan plan;
  llvm::ArrayRef<kernel::Arch> archs = kernel::allArchs();
  plan.archs.assign(archs.begin(), archs.end());
  size_t rarity = 2 + below(random, 40); // one in so many has conditions
  for (const kernel::Syscall &syscall : kernel::allSyscalls()) {
    ir::SyscallDecision decision;
    decision.name = syscall.name.str();
    decision.isAllowed = below(random, 3) != 0;
    decision.error = below(random, 4) == 0 ? 38 : 1;
    if (below(random, 50) == 0)
      decision.error = uint16_t(1 + below(random, 4095));
    if (below(random, rarity) == 0) {
      decision.isAllowed = true;
      decision.denyIf = conditions(random, tests);
      decision.allowIf = conditions(random, tests);
    }
    plan.syscalls.push_back(std::move(decision));
  }
  return plan;
}

} // namespace srt::filtercheck
