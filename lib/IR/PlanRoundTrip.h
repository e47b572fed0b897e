// lib/IR/PlanRoundTrip.h: holds a plan against what comes back from its text.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_IR_PLANROUNDTRIP_H
#define SRT_LIB_IR_PLANROUNDTRIP_H

#include "lib/IR/Plan.h"

namespace srt::ir {

/// True if `plan` comes back from its text, with and without locations, and
/// the text is the same when printed again. If not, `why` is the first
/// difference. Requires: verifyPlan() passed.
bool planRoundTrips(const Plan &plan, const Sources &sources, std::string &why);

} // namespace srt::ir

#endif
