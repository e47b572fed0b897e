// lib/Sim/EvalPolicy.h: what a policy means, slowly and obviously.
// SPDX-License-Identifier: Apache-2.0
//
// The oracle. docs/Language.md, "Meaning", written as code that shares nothing
// with passes and backends: everything they make is held against it.
#ifndef SRT_LIB_SIM_EVALPOLICY_H
#define SRT_LIB_SIM_EVALPOLICY_H

#include "lib/Sim/Event.h"

namespace srt::sim {

/// The verdict on one event: deny beats ask beats allow; of several rules with
/// the winning effect the first one is named. Requires: `bindings.params` has
/// a value for each of the policy's params.
Verdict evalPolicy(const ir::Policy &policy, const Bindings &bindings,
                   const Event &event);

/// True if some pattern of the rule matches and no `except` does, whatever the
/// rule's actions.
bool matchesResource(const ir::Rule &rule, const Bindings &bindings,
                     const Event &event);

} // namespace srt::sim

#endif
