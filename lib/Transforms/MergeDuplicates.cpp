// lib/Transforms/MergeDuplicates.cpp: drops what a policy says twice. *Keeps*.
// SPDX-License-Identifier: Apache-2.0
//
// A pattern that stands twice in one list goes, and a rule with the effect,
// actions, patterns and excepts of an earlier one, in whatever order its
// patterns stand. The first of each stays, so written rules win over implied.
#include "lib/IR/PatternText.h"
#include "lib/Transforms/Pass.h"
#include "lib/Transforms/RuleKeys.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

namespace srt::transforms {

/// Removes later occurrences from one list of patterns. *Keeps*: a list means
/// the union of its patterns.
static void dropRepeated(std::vector<ir::Pattern> &patterns,
                         llvm::ArrayRef<ir::Param> params) {
  llvm::StringSet<> seen;
  llvm::erase_if(patterns, [&](const ir::Pattern &pattern) {
    return !seen.insert(ir::text(pattern, params)).second;
  });
}

/// Equal for two rules exactly if they say the same in the same words.
static std::string keyOf(const ir::Rule &rule,
                         llvm::ArrayRef<ir::Param> params) {
  return keyOfActions(rule) + keyOfPatterns(rule.patterns, params) +
         "\nexcept" + keyOfPatterns(rule.excepts, params) + "\n";
}

void mergeDuplicates(ir::Policy &policy, DiagnosticEngine &) {
  for (ir::Rule &rule : policy.rules) {
    dropRepeated(rule.patterns, policy.params);
    dropRepeated(rule.excepts, policy.params);
  }
  llvm::StringSet<> seen;
  llvm::erase_if(policy.rules, [&](const ir::Rule &rule) {
    return !seen.insert(keyOf(rule, policy.params)).second;
  });
}

} // namespace srt::transforms
