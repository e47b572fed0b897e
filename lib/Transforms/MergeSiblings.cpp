// lib/Transforms/MergeSiblings.cpp: rules that differ in one list become one.
// *Keeps*. SPDX-License-Identifier: Apache-2.0
//
// Two rules with one effect and without excepts: with the same actions, their
// patterns go together; with the same patterns, their actions do, and where all
// parts of an action are there, it takes their place.
#include "lib/Transforms/Pass.h"
#include "lib/Transforms/RuleKeys.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt::transforms {

/// All that two rules must have in common but their actions.
static std::string keyWithoutActions(const ir::Rule &rule,
                                     llvm::ArrayRef<ir::Param> params) {
  return ir::spelling(rule.effect).str() +
         std::to_string(unsigned(ir::resource(rule.actions.front()))) +
         keyOfPatterns(rule.patterns, params);
}

/// Distinct, in table order, parents instead of all of their parts.
static void tidy(llvm::SmallVectorImpl<ir::ActionId> &actions) {
  llvm::SmallVector<ir::ActionId, 8> tidied;
  auto isCovered = [&](ir::ActionId leaf) {
    return llvm::any_of(actions, [&](ir::ActionId outer) {
      return ir::covers(outer, leaf);
    });
  };
  for (ir::ActionId action : ir::allActions()) {
    bool isInside = llvm::any_of(tidied, [&](ir::ActionId outer) {
      return ir::covers(outer, action);
    });
    if (!isInside && llvm::all_of(ir::leavesOf(action), isCovered))
      tidied.push_back(action);
  }
  actions.assign(tidied.begin(), tidied.end());
}

/// Joins each rule with the first that has its key. `join` moves what differs.
static void joinRules(ir::Policy &policy,
                      llvm::function_ref<std::string(const ir::Rule &)> keyOf,
                      llvm::function_ref<void(ir::Rule &, ir::Rule &)> join) {
  std::map<std::string, size_t> firsts; // into `kept`
  std::vector<ir::Rule> kept;
  for (ir::Rule &rule : policy.rules) {
    // What is implied stays apart from what somebody wrote.
    bool isPlain =
        rule.excepts.empty() && rule.origin == ir::Rule::Origin::Written;
    auto [it, isNew] =
        isPlain ? firsts.try_emplace(keyOf(rule), kept.size())
                : std::pair(firsts.end(), true);
    if (isNew)
      kept.push_back(std::move(rule));
    else
      join(kept[it->second], rule);
  }
  policy.rules = std::move(kept);
}

void mergeSiblings(ir::Policy &policy, DiagnosticEngine &) {
  joinRules(
      policy,
      [&](const ir::Rule &rule) {
        return keyWithoutActions(rule, policy.params);
      },
      [](ir::Rule &first, ir::Rule &rule) {
        first.actions.append(rule.actions.begin(), rule.actions.end());
        tidy(first.actions);
      });
  joinRules(policy, keyOfActions, [](ir::Rule &first, ir::Rule &rule) {
    llvm::move(rule.patterns, std::back_inserter(first.patterns));
  });
}

} // namespace srt::transforms
