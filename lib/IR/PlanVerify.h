// lib/IR/PlanVerify.h: holds a plan against the guarantees of its header.
// SPDX-License-Identifier: Apache-2.0
//
// Runs after lowering and after reading plan text. Says nothing on whether the
// plan enforces the policy: the simulator judges that.
#ifndef SRT_LIB_IR_PLANVERIFY_H
#define SRT_LIB_IR_PLANVERIFY_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Plan.h"

namespace srt::ir {

/// True if every guarantee of Plan.h holds, its policy's among them; if not,
/// `why` is the first that does not, naming its rule, root or syscall.
bool verifyPlan(const Plan &plan, std::string &why);

/// The same, reporting what is broken (E4004).
bool verifyPlanOrReport(const Plan &plan, DiagnosticEngine &diags);

} // namespace srt::ir

#endif
