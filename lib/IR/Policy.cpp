// lib/IR/Policy.cpp: spellings of the parts of a policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Policy.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

llvm::StringRef spelling(Effect effect) {
  switch (effect) {
  case Effect::Allow:
    return "allow";
  case Effect::Ask:
    return "ask";
  case Effect::Deny:
    return "deny";
  }
  llvm_unreachable("unknown effect");
}

llvm::StringRef spelling(Limit::Kind kind) {
  switch (kind) {
#define SRT_LIMIT(id, spelling, ...)                                           \
  case Limit::Kind::id:                                                        \
    return spelling;
#include "lib/IR/Limits.def"
  }
  llvm_unreachable("unknown limit");
}

std::string ruleName(RuleId id) { return "R" + std::to_string(id.value + 1); }

} // namespace srt::ir
