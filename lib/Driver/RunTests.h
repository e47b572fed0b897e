// lib/Driver/RunTests.h: the `test` blocks of a policy.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_RUNTESTS_H
#define SRT_LIB_DRIVER_RUNTESTS_H

#include "lib/Parse/TypeCheck.h"
#include "lib/Sim/Event.h"

namespace srt {

/// One expectation that was held against the policy.
struct TestResult {
  std::string test;     // name of the block
  SourceRange range;    // the resource
  ir::ActionId leaf;    // the leaf that decided, of a parent action
  std::string resource; // as written
  ir::Effect expected = ir::Effect::Deny;
  sim::Verdict found;

  bool isMet() const { return found.effect == expected; }
};

/// Where params lead in tests, unless bound: `home` and other variables of the
/// environment to places below /home/user, the working directory to
/// /home/user/project, which lies in it as it does on most machines.
sim::Bindings testBindings(const ir::Policy &policy);

/// Evaluates every expectation with lib/Sim. An expectation on a parent action
/// must be met by each of its leaves. Reports expectations
/// that make no sense (E2045); those have no result.
std::vector<TestResult> runTests(const CheckedPolicy &checked,
                                 const sim::Bindings &bindings,
                                 DiagnosticEngine &diags);

} // namespace srt

#endif
