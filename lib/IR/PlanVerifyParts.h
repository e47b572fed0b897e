// lib/IR/PlanVerifyParts.h: what can be broken in the tables of a plan.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_IR_PLANVERIFYPARTS_H
#define SRT_LIB_IR_PLANVERIFYPARTS_H

#include "lib/IR/Plan.h"

namespace srt::ir {

/// What is broken; empty if nothing is.
using Fault = std::string;

/// Places in normal form and distinct, ancestors first; `beneath` an earlier
/// root around this one. O(n log n) in the components of all roots, squared in
/// those of one.
Fault faultInRoots(const Plan &plan);

/// Commands are bare names; ports ascend. Rights and rules are known.
Fault faultInGrants(const Plan &plan);

/// Places in normal form, commands are bare names.
Fault faultInForbidden(const Plan &plan);

/// Only actions that the broker judges; nothing goes to a broker that is not
/// there.
Fault faultInMediated(const Plan &plan);

/// Names known and ascending, arguments 0 to 5, errors that the kernel can
/// return.
Fault faultInSyscalls(const Plan &plan);

} // namespace srt::ir

#endif
