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
  bool matters = false;  // some event is decided otherwise without the rule
  bool isDenied = true;  // others deny, or ask about, all that it matches
  std::optional<Witness> witness; // an event that it matches, if there is one
};

/// For the rules on paths, commands or names of a policy, which outlives it.
class RuleChecker {
public:
  RuleChecker(const ir::Policy &policy, Space kind);

  /// True if there are too many params to search.
  bool isUnusable() const { return space.hasTooManyParams(); }
  /// Nothing if the budget is spent before all is known.
  std::optional<RuleFinding> check(ir::RuleId rule, automata::Budget &steps);

private:
  enum View : unsigned { With, Without, Mine };
  enum Group : unsigned { All, Own, Matched };

  bool isMine(automata::AtomSetId reach);
  bool weigh(const automata::Visit &here, RuleFinding &finding);

  const ir::Policy &policy;
  Space kind;
  automata::Budget budget;
  PathSpace space;
};

} // namespace srt

#endif
