// lib/Analysis/CellUniverse.h: kinds of events that fall into few cells.
// SPDX-License-Identifier: Apache-2.0
//
// Hosts and ports, processes, syscalls: all the events that the patterns of two
// policies do not tell apart are one cell, with one event to stand for it.
#ifndef SRT_LIB_ANALYSIS_CELLUNIVERSE_H
#define SRT_LIB_ANALYSIS_CELLUNIVERSE_H

#include "lib/Analysis/Universe.h"

#include <set>

namespace srt {

class CellUniverse : public Universe {
public:
  using IsOurs = llvm::function_ref<bool(const ir::Pattern &pattern)>;

  /// Collects the patterns for which `isOurs` from both policies; cells follow.
  CellUniverse(const ir::Policy &before, const ir::Policy &after,
               IsOurs isOurs);

  /// Adds a cell, for which `witness` stands; `matches` tells its patterns.
  void addCell(Witness witness, IsOurs matches);
  /// The patterns that cells must not straddle, by candidate.
  llvm::ArrayRef<const ir::Pattern *> patterns() const { return named; }
  size_t cellCount() const { return cells.size(); }
  /// Says that not all cells were added.
  void giveUp() { noteScan(false); }

  void scan(llvm::function_ref<void(const Outcome &, const Outcome &)> visit)
      override;
  std::optional<Witness> find(const Query &query) override;
  std::vector<uint32_t> matching(const Witness &witness) override;

private:
  /// A rule, its patterns as candidates.
  struct Judge {
    ir::Effect effect;
    uint64_t actions;
    std::vector<uint32_t> patterns, excepts;
  };
  struct Cell {
    Witness witness;
    Outcome before, after;
    std::vector<bool> in; // by candidate
  };
  struct Collected;
  static Judge judgeOf(const ir::Rule &rule, const ir::Policy &policy,
                       IsOurs isOurs, const Collected &collected);
  static Outcome judged(llvm::ArrayRef<Judge> judges, const Cell &cell);

  std::vector<const ir::Pattern *> named; // by candidate
  std::vector<Judge> oldJudges, newJudges;
  std::vector<Cell> cells;
};

} // namespace srt

#endif
