// lib/Transforms/Pass.cpp: finds passes in Passes.def.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::transforms {

static constexpr llvm::StringLiteral kNames[] = {
#define SRT_PASS(function, name, effect) name,
#include "lib/Transforms/Passes.def"
};

llvm::ArrayRef<llvm::StringLiteral> passNames() { return kNames; }

static bool runKnown(llvm::StringRef wanted, ir::Policy &policy,
                     DiagnosticEngine &diags) {
#define SRT_PASS(function, name, effect)                                       \
  if (wanted == name) {                                                        \
    function(policy, diags);                                                   \
    return true;                                                               \
  }
#include "lib/Transforms/Passes.def"
  return false;
}

bool runPass(llvm::StringRef name, ir::Policy &policy,
             DiagnosticEngine &diags) {
  if (runKnown(name, policy, diags))
    return true;
  diags.report({}, diag::UnknownPass, name)
      .hint("passes are " + llvm::join(passNames(), ", "));
  return false;
}

} // namespace srt::transforms
