// lib/Analysis/ActionClasses.h: actions of which the same rules speak.
// SPDX-License-Identifier: Apache-2.0
//
// A question about all actions at once keeps apart whatever any of them tells
// apart. Asked of one action at a time, most rules fall away, and with them
// nearly all states. Actions of which the same rules speak have one answer.
#ifndef SRT_LIB_ANALYSIS_ACTIONCLASSES_H
#define SRT_LIB_ANALYSIS_ACTIONCLASSES_H

#include "lib/IR/Policy.h"

#include <vector>

namespace srt {

/// Leaf actions, in table order, that no rule of two policies tells apart.
using ActionClass = std::vector<ir::ActionId>;

/// The classes of all actions that either policy speaks of, by first action.
std::vector<ActionClass> actionClasses(const ir::Policy &before,
                                       const ir::Policy &after);

/// What the policy says of one leaf action: those rules, and no settings.
ir::Policy cutTo(ir::ActionId leaf, const ir::Policy &policy);

} // namespace srt

#endif
