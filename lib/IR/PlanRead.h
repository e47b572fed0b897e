// lib/IR/PlanRead.h: reads plan text (.srtplan) back into a plan.
// SPDX-License-Identifier: Apache-2.0
//
// The policy stands first; the statements behind it may stand in any order,
// but rules and roots are numbered in their own. What the text cannot say
// wrongly is right; the rest is for verifyPlan().
#ifndef SRT_LIB_IR_PLANREAD_H
#define SRT_LIB_IR_PLANREAD_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Plan.h"

namespace srt::ir {

/// True if the first word of the text is `plan`: readPlan() is for it, not
/// readPolicy().
bool looksLikePlan(llvm::StringRef text);

/// Reads one plan, or reports the first error (E4003) and returns nothing.
/// Adds a second source of the same name, whose ranges are places in `file`.
/// Requires: `file` was added with its text.
std::optional<Plan> readPlan(Sources &sources, FileId file,
                             DiagnosticEngine &diags);

} // namespace srt::ir

#endif
