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

  /// Calls `visit` for each cell with the rules of the policy before that match.
  void scanRules(llvm::function_ref<void(const Witness &witness,
                                         llvm::ArrayRef<ir::RuleId> rules)>
                     visit) const;
  /// True if cells show all that the rule, of the policy before, matches.
  bool isWhole(ir::RuleId rule) const { return oldJudges[rule.value].isWhole; }

private:
  /// A rule, its patterns as candidates.
  struct Judge {
    ir::Effect effect;
    uint64_t actions;
    std::vector<uint32_t> patterns, excepts;
    bool isWhole; // no pattern of it is of another kind
  };
  struct Cell {
    Witness witness;
    Outcome before, after;
    std::vector<bool> in; // by candidate
  };
  struct Collected;
  static Judge judgeOf(const ir::Rule &rule, const ir::Policy &policy,
                       IsOurs isOurs, const Collected &collected);
  static bool isMatched(const Judge &judge, const Cell &cell);
  static Outcome judged(llvm::ArrayRef<Judge> judges, const Cell &cell);

  std::vector<const ir::Pattern *> named; // by candidate
  std::vector<Judge> oldJudges, newJudges;
  std::vector<Cell> cells;
};

/// TCP and UDP endpoints; processes; syscalls with their arguments. The
/// policies must outlive them.
std::unique_ptr<CellUniverse> endpointCells(const ir::Policy &before,
                                            const ir::Policy &after);
std::unique_ptr<CellUniverse> subjectCells(const ir::Policy &before,
                                           const ir::Policy &after);
std::unique_ptr<CellUniverse> syscallCells(const ir::Policy &before,
                                           const ir::Policy &after);

} // namespace srt

#endif
