// lib/IR/PlanPrint.h: a plan as text (.srtplan).
// SPDX-License-Identifier: Apache-2.0
//
// The policy as lib/IR/Print.h writes it, then one statement per line in the
// order of Plan's members. The text depends on the plan alone;
// lib/IR/PlanRead.h reads it back.
#ifndef SRT_LIB_IR_PLANPRINT_H
#define SRT_LIB_IR_PLANPRINT_H

#include "lib/IR/Plan.h"
#include "lib/IR/Print.h"

namespace srt::ir {

/// Writes `plan`, verified or not; only a verified one reads back. `locations`
/// speaks of the policy: nothing else in a plan has a place.
void printPlan(llvm::raw_ostream &out, const Plan &plan, const Sources &sources,
               Locations locations);

} // namespace srt::ir

#endif
