// lib/Driver/Explain.h: a plan for people: which rule is enforced by what.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_EXPLAIN_H
#define SRT_LIB_DRIVER_EXPLAIN_H

#include "lib/IR/Plan.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

/// Writes one line per rule (id, line, what it says, mechanism, exactness),
/// its notes beneath, then what is true of the plan as a whole.
void explainPlan(llvm::raw_ostream &out, const ir::Plan &plan,
                 const Sources &sources);

} // namespace srt

#endif
