// lib/Verify/FilterPaths.h: every way through a filter.
// SPDX-License-Identifier: Apache-2.0
//
// Classic BPF jumps forward only, so a program is a finite tree of paths. Each
// is taken by the calls whose words, under masks, are in certain sets; together
// the paths take every call there is.
#ifndef SRT_LIB_VERIFY_FILTERPATHS_H
#define SRT_LIB_VERIFY_FILTERPATHS_H

#include "lib/Sim/EvalBpf.h"
#include "lib/Verify/ValueSets.h"

#include <functional>
#include <map>

namespace srt::verify {

/// A word of struct seccomp_data (offset / 4) and the bits of it that count.
struct MaskedWord {
  uint8_t word = 0;
  uint32_t mask = ~uint32_t(0);
  friend auto operator<=>(const MaskedWord &, const MaskedWord &) = default;
};

/// Which calls take a path: each masked word is in its set. What is not
/// mentioned may be anything.
using Condition = std::map<MaskedWord, ValueSet>;

/// The sets of one word, for valueInAll().
std::vector<MaskedSet> setsOf(const Condition &condition, uint8_t word);

/// How a walk ended. NotFollowed: an instruction that no filter of ours has.
enum class Walk : uint8_t { Done, Stopped, OutOfBudget, NotFollowed };

/// Calls `atReturn` for every path that some call takes, with what it returns,
/// until it says false. Requires: sim::checkBpf() took the program.
/// `budget` counts down with instructions followed and values looked for.
Walk walkFilter(llvm::ArrayRef<sim::BpfInsn> program, uint64_t &budget,
                std::function<bool(const Condition &, uint32_t)> atReturn);

} // namespace srt::verify

#endif
