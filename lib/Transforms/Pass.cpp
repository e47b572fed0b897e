// lib/Transforms/Pass.cpp: finds passes in Passes.def.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/Pass.h"

#include "lib/Analysis/Compare.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::transforms {

static constexpr llvm::StringLiteral kNames[] = {
#define SRT_PASS(function, name, reasons) name,
#include "lib/Transforms/Passes.def"
};

llvm::ArrayRef<llvm::StringLiteral> passNames() { return kNames; }

static bool runKnown(llvm::StringRef wanted, ir::Policy &policy,
                     DiagnosticEngine &diags) {
#define SRT_PASS(function, name, reasons)                                      \
  if (wanted == name) {                                                        \
    function(policy, diags);                                                   \
    return true;                                                               \
  }
#include "lib/Transforms/Passes.def"
  return false;
}

namespace {
enum class Reasons : uint8_t { Kept, Lost };
} // namespace

bool keepsReasons(llvm::StringRef wanted) {
#define SRT_PASS(function, name, reasons)                                      \
  if (wanted == name)                                                          \
    return Reasons::reasons == Reasons::Kept;
#include "lib/Transforms/Passes.def"
  return false;
}

/// Policies with more rules are not compared: it would take minutes.
static constexpr size_t kMostCompared = 500;

static bool isKept(llvm::StringRef name, const ir::Policy &before,
                   const ir::Policy &after, DiagnosticEngine &diags) {
  std::optional<Difference> found = firstDifference(before, after);
  if (found)
    diags.report(before.range, diag::PassBroke, name, found->text);
  return !found;
}

bool runPass(llvm::StringRef name, ir::Policy &policy,
             DiagnosticEngine &diags) {
  std::optional<ir::Policy> before;
  if (kComparesRuns && policy.rules.size() <= kMostCompared)
    before = policy;
  if (runKnown(name, policy, diags))
    return !before || isKept(name, *before, policy, diags);
  diags.report({}, diag::UnknownPass, name)
      .hint("passes are " + llvm::join(passNames(), ", "));
  return false;
}

} // namespace srt::transforms
