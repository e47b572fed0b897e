// lib/Analysis/QuickRules.h: what a rule adds, where that is easily seen.
// SPDX-License-Identifier: Apache-2.0
//
// The search of RuleChecker follows what one rule matches through all patterns
// of the policy, and `**/name` meets them all. Two quick looks settle nearly
// every rule before: an event that only it decides, and a few other patterns
// that say all of it.
#ifndef SRT_LIB_ANALYSIS_QUICKRULES_H
#define SRT_LIB_ANALYSIS_QUICKRULES_H

#include "lib/Analysis/RuleChecker.h"
#include "lib/Analysis/Samples.h"

namespace srt {

/// For the rules on paths, commands or names of a policy, which outlives it.
class QuickRules {
public:
  using IsGone = Samples::IsGone;

  QuickRules(const ir::Policy &policy);

  /// True if some event is surely decided otherwise without these patterns of
  /// one rule. False says nothing.
  bool surelyMatter(ir::RuleId rule, llvm::ArrayRef<uint32_t> patterns,
                    IsGone isGone) const {
    return samples.surelyMatter(rule, patterns, isGone);
  }

  /// What RuleChecker::check() would find for these patterns of one rule, if a
  /// few others that are not gone cover them; nothing says nothing. Sound, for
  /// what some rules say of an event the others only add to.
  std::optional<RuleFinding> covered(ir::RuleId rule,
                                     llvm::ArrayRef<uint32_t> patterns,
                                     Space kind, IsGone isGone) const;
  /// As srt::matchingRules() with the values of the witness's policy after.
  std::vector<ir::RuleId> rulesAt(ir::ActionId leaf,
                                  const Witness &witness) const {
    return samples.rulesAt(leaf, witness);
  }

private:
  const ir::Policy &policy;
  ir::Policy typical;
  Samples samples;
};

} // namespace srt

#endif
