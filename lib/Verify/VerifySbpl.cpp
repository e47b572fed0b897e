// lib/Verify/VerifySbpl.cpp: the text of a profile against its policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/SbplParts.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::verify {

std::string firstAction(uint64_t actions) {
  for (ir::ActionId leaf : ir::leafActions())
    if (actions & bitOf(leaf))
      return ir::spelling(leaf).str();
  return "nothing";
}

static Result refused(const std::string &why) {
  return {Counterexample{Counterexample::Kind::Narrower, "any event", why},
          true};
}

/// Everything under one arrangement of params.
static Result verifyBound(const ir::Policy &policy, const SbplBinding &binding,
                          llvm::StringRef profile) {
  std::string why;
  std::optional<SbplModel> model =
      SbplModel::read(profile, sbplParams(policy, binding), why);
  if (!model)
    return refused(why);
  Result result = verifySbplSubjects(policy, *model);
  if (result.isComplete && !result.counterexample)
    result = verifySbplEndpoints(policy, *model);
  if (result.isComplete && !result.counterexample)
    result = verifySbplNames(policy, *model);
  if (result.isComplete && !result.counterexample)
    result = verifySbplPaths(policy, binding, *model);
  if (result.counterexample)
    result.counterexample->event += binding.text;
  return result;
}

Result verifySbpl(const ir::Policy &policy, llvm::StringRef profile) {
  Result result;
  for (const SbplBinding &binding : bindingsOf(policy)) {
    result = verifyBound(policy, binding, profile);
    if (!result.isComplete || result.counterexample)
      break;
  }
  return result;
}

} // namespace srt::verify
