// lib/Transforms/RuleKeys.h: texts that are equal for what is said alike.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_TRANSFORMS_RULEKEYS_H
#define SRT_LIB_TRANSFORMS_RULEKEYS_H

#include "lib/IR/Policy.h"

namespace srt::transforms {

/// The effect and the actions, in the order in which the rule names them.
std::string keyOfActions(const ir::Rule &rule);

/// The texts of the patterns, sorted, each behind a line end: none holds one.
std::string keyOfPatterns(llvm::ArrayRef<ir::Pattern> patterns,
                          llvm::ArrayRef<ir::Param> params);

} // namespace srt::transforms

#endif
