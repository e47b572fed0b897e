// lib/Analysis/RuleIndex.h: which patterns may match an event, without asking all.
// SPDX-License-Identifier: Apache-2.0
//
// Whoever asks about one event after the other for each of ten thousand rules
// must not look at ten thousand patterns each time. Most patterns need a
// component of one certain name: those whose name is nowhere in the path are
// passed over.
#ifndef SRT_LIB_ANALYSIS_RULEINDEX_H
#define SRT_LIB_ANALYSIS_RULEINDEX_H

#include "lib/Analysis/Universe.h"
#include "lib/IR/Policy.h"

#include "llvm/ADT/StringMap.h"

namespace srt {

/// A pattern of a rule, not one of its excepts.
struct PatternRef {
  ir::RuleId rule;
  uint32_t pattern = 0; // index into Rule::patterns
  friend auto operator<=>(const PatternRef &, const PatternRef &) = default;
};

/// For the patterns of paths, commands and names of a policy, which outlives it.
class RuleIndex {
public:
  explicit RuleIndex(const ir::Policy &policy);

  /// All patterns that match the witness, and perhaps others; sorted.
  std::vector<PatternRef> candidates(const Witness &witness) const;

private:
  void add(const ir::Pattern &pattern, PatternRef ref);

  llvm::StringMap<std::vector<PatternRef>> byName; // a component that they need
  std::vector<PatternRef> others;
};

} // namespace srt

#endif
