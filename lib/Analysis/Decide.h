// lib/Analysis/Decide.h: which rules match one event, and which decides.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_DECIDE_H
#define SRT_LIB_ANALYSIS_DECIDE_H

#include "lib/Analysis/Describe.h"
#include "lib/Analysis/Universe.h"

namespace srt {

/// The rules on `leaf` that match a witness on paths, commands or names, in
/// order. `values` are those of the policy's params.
std::vector<ir::RuleId> matchingRules(const ir::Policy &policy,
                                      ir::ActionId leaf,
                                      llvm::ArrayRef<std::string> values,
                                      const Witness &witness);

/// Of these the one that decides: the first with the strongest effect.
std::optional<ir::RuleId> decidingRule(const ir::Policy &policy,
                                       llvm::ArrayRef<ir::RuleId> matching);

} // namespace srt

#endif
