// lib/Verify/FilterPaths.cpp: every way through a filter.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/FilterPaths.h"

#include "lib/Sim/BpfCodes.h"

namespace srt::verify {

using namespace sim::bpf;

static constexpr uint64_t kMostWord = 0xffffffff;

std::vector<MaskedSet> setsOf(const Condition &condition, uint8_t word) {
  std::vector<MaskedSet> sets;
  for (auto at = condition.lower_bound({word, 0});
       at != condition.end() && at->first.word == word; ++at)
    sets.push_back({at->first.mask, at->second});
  return sets;
}

namespace {
struct Path {
  size_t pc = 0;
  std::optional<MaskedWord> a; // what A holds; nothing before the first load
  Condition condition;
};

class Walker {
public:
  Walker(llvm::ArrayRef<sim::BpfInsn> program, uint64_t &budget,
         std::function<bool(const Condition &, uint32_t)> atReturn)
      : program(program), budget(budget), atReturn(std::move(atReturn)) {}
  Walk run();

private:
  Walk follow(Path path);
  bool step(Path &path, const sim::BpfInsn &insn);
  bool branch(const Path &path, const sim::BpfInsn &insn);
  void take(Path path, MaskedWord tested, const ValueSet &values, size_t pc);

  llvm::ArrayRef<sim::BpfInsn> program;
  uint64_t &budget;
  std::function<bool(const Condition &, uint32_t)> atReturn;
  std::vector<Path> open;
};
} // namespace

/// Goes on with the calls whose tested word is in `values`, if there are any.
void Walker::take(Path path, MaskedWord tested, const ValueSet &values,
                  size_t pc) {
  auto [at, isNew] =
      path.condition.try_emplace(tested, ValueSet(0, tested.mask));
  at->second = at->second.with(values);
  if (!valueInAll(setsOf(path.condition, tested.word), budget))
    return;
  path.pc = pc;
  open.push_back(std::move(path));
}

/// The values of A for which the test holds; A & k for a jset.
static std::optional<ValueSet> holdingValues(const sim::BpfInsn &insn) {
  switch (insn.code) {
  case kJmp | kJeq | kK:
    return ValueSet(insn.k, insn.k);
  case kJmp | kJgt | kK:
    return ValueSet(uint64_t(insn.k) + 1, kMostWord);
  case kJmp | kJge | kK:
    return ValueSet(insn.k, kMostWord);
  case kJmp | kJset | kK:
    return ValueSet(1, kMostWord);
  }
  return std::nullopt;
}

/// Opens both ways of a test; false if it is none that is followed.
bool Walker::branch(const Path &path, const sim::BpfInsn &insn) {
  std::optional<ValueSet> holding = holdingValues(insn);
  if (!holding || !path.a)
    return false;
  MaskedWord tested = *path.a;
  if (insn.code == (kJmp | kJset | kK))
    tested.mask &= insn.k;
  take(path, tested, *holding, path.pc + insn.jt);
  take(path, tested, ValueSet(0, kMostWord).without(*holding),
       path.pc + insn.jf);
  return true;
}

/// Follows an instruction without a choice; false if it is none.
bool Walker::step(Path &path, const sim::BpfInsn &insn) {
  if (insn.code == (kLd | kAbs)) {
    path.a = MaskedWord{uint8_t(insn.k / 4)};
    return true;
  }
  if (insn.code == (kAlu | kAnd | kK) && path.a) {
    path.a->mask &= insn.k;
    return true;
  }
  if (insn.code == (kJmp | kJa)) {
    path.pc += insn.k;
    return true;
  }
  return false;
}

/// Follows one path to its return or to its next test.
Walk Walker::follow(Path path) {
  while (budget > 0) {
    --budget;
    const sim::BpfInsn &insn = program[path.pc++];
    if (insn.code == (kRet | kK))
      return atReturn(path.condition, insn.k) ? Walk::Done : Walk::Stopped;
    if (step(path, insn))
      continue;
    return branch(path, insn) ? Walk::Done : Walk::NotFollowed;
  }
  return Walk::OutOfBudget;
}

Walk Walker::run() {
  open.push_back({});
  while (!open.empty()) {
    Path path = std::move(open.back());
    open.pop_back();
    Walk walk = follow(std::move(path));
    if (walk != Walk::Done)
      return walk;
    // A path may be missing if the budget ended while its calls were sought.
    if (budget == 0)
      return Walk::OutOfBudget;
  }
  return Walk::Done;
}

Walk walkFilter(llvm::ArrayRef<sim::BpfInsn> program, uint64_t &budget,
                std::function<bool(const Condition &, uint32_t)> atReturn) {
  return Walker(program, budget, std::move(atReturn)).run();
}

} // namespace srt::verify
