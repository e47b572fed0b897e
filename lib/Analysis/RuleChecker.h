// lib/Analysis/RuleChecker.h: what one rule adds to all the others.
// SPDX-License-Identifier: Apache-2.0
//
// A rule is held against the union of all others, not against one at a time:
// two may cover what neither of them covers alone.
#ifndef SRT_LIB_ANALYSIS_RULECHECKER_H
#define SRT_LIB_ANALYSIS_RULECHECKER_H

#include "lib/Analysis/PathSpace.h"
#include "lib/Analysis/Universe.h"

namespace srt {

struct RuleFinding {
  bool matters = false;  // some event is decided otherwise without it
  bool isDenied = true;  // others deny, or ask about, all that it matches
  bool isCovered = true; // others say the same or more strongly of all of it
  std::optional<Witness> witness; // an event that it matches, if there is one
};

/// For the rules on paths, commands or names of a policy, which outlives it.
class RuleChecker {
public:
  /// What is held against the rest: each rule, or each pattern of one.
  enum class Grain : uint8_t { Rules, Patterns };
  struct Part {
    ir::RuleId rule;
    const ir::Pattern *pattern; // null: all of the rule
  };

  RuleChecker(const ir::Policy &policy, Space kind, Grain grain);

  /// True if there are too many params to search.
  bool isUnusable() const { return space.hasTooManyParams(); }
  /// In rule order; a rule with excepts is one part in any grain.
  llvm::ArrayRef<Part> parts() const { return all; }
  /// Nothing if the budget is spent before all is known.
  std::optional<RuleFinding> check(size_t part, automata::Budget &steps);
  /// From now on the part counts as gone.
  void drop(size_t part) { dropped[part] = true; }

private:
  enum View : unsigned { With, Without, Mine };
  enum Group : unsigned { All, Own, Matched };

  size_t partOf(const Clause &clause, Grain grain);
  bool isMine(automata::AtomSetId reach);
  bool weigh(const automata::Visit &here, RuleFinding &finding);

  const ir::Policy &policy;
  Space kind;
  automata::Budget budget;
  PathSpace space;
  std::vector<Part> all;
  std::vector<bool> dropped; // by part
};

} // namespace srt

#endif
