// lib/Automata/Budget.h: how much a construction may take.
// SPDX-License-Identifier: Apache-2.0
//
// A few patterns can ask for more states than there is memory. Everything that
// grows with an automaton draws on a budget, so that such a policy ends in an
// error that can be explained, never in a hang.
#ifndef SRT_LIB_AUTOMATA_BUDGET_H
#define SRT_LIB_AUTOMATA_BUDGET_H

#include <cstdint>

namespace srt::automata {

/// What is left to spend. One unit is about one state, some 100 bytes.
class Budget {
public:
  /// Enough for ten thousand patterns with wildcards; reached in seconds.
  static constexpr uint64_t kDefault = 4u << 20;

  explicit Budget(uint64_t units = kDefault) : left(units) {}

  /// Takes one unit. Once nothing is left, what is being built is incomplete
  /// and must not be used: see isSpent().
  void spend() {
    if (left == 0)
      spent = true;
    else
      --left;
  }
  bool isSpent() const { return spent; }
  uint64_t remaining() const { return left; }

private:
  uint64_t left;
  bool spent = false;
};

} // namespace srt::automata

#endif
