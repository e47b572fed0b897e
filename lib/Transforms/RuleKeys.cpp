// lib/Transforms/RuleKeys.cpp: rules and patterns as keys of maps.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/RuleKeys.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::transforms {

std::string keyOfActions(const ir::Rule &rule) {
  std::string key = ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions)
    key += " " + ir::spelling(action).str();
  return key;
}

std::string keyOfPatterns(llvm::ArrayRef<ir::Pattern> patterns,
                          llvm::ArrayRef<ir::Param> params) {
  std::vector<std::string> texts;
  for (const ir::Pattern &pattern : patterns)
    texts.push_back(ir::text(pattern, params));
  llvm::sort(texts);
  std::string key;
  for (const std::string &text : texts)
    key += "\n" + text;
  return key;
}

} // namespace srt::transforms
