// lib/Transforms/NormaliseOrder.cpp: sorts patterns by their text. *Keeps*.
// SPDX-License-Identifier: Apache-2.0
//
// Only the order inside one list changes, and a list means the union of its
// patterns. Rules stay where they are: their ids are how people name them.
#include "lib/IR/PatternText.h"
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::transforms {

/// Sorts by canonical text; equal patterns keep their order, and so the places
/// that stand with them.
static void sortByText(std::vector<ir::Pattern> &patterns,
                       llvm::ArrayRef<ir::Param> params) {
  std::vector<std::pair<std::string, size_t>> keys;
  for (const auto &[index, pattern] : llvm::enumerate(patterns))
    keys.emplace_back(ir::text(pattern, params), index);
  llvm::sort(keys);
  std::vector<ir::Pattern> sorted;
  for (const auto &[key, index] : keys)
    sorted.push_back(std::move(patterns[index]));
  patterns = std::move(sorted);
}

void normaliseOrder(ir::Policy &policy, DiagnosticEngine &) {
  for (ir::Rule &rule : policy.rules) {
    sortByText(rule.patterns, policy.params);
    sortByText(rule.excepts, policy.params);
  }
}

} // namespace srt::transforms
