// lib/Analysis/Describe.h: how messages name a rule.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_DESCRIBE_H
#define SRT_LIB_ANALYSIS_DESCRIBE_H

#include "lib/IR/Policy.h"

namespace srt {

/// "`allow read` (R3)".
std::string describe(const ir::Policy &policy, ir::RuleId rule);

} // namespace srt

#endif
