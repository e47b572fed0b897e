// lib/Sim/DeriveEvents.h: events that a policy's own words make interesting.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_DERIVEEVENTS_H
#define SRT_LIB_SIM_DERIVEEVENTS_H

#include "lib/Sim/Event.h"

namespace srt::sim {

/// More events are not derived; the rest is left out.
inline constexpr size_t kMaxDerived = 1u << 20;

/// Every path that a pattern names (wildcards replaced by something they
/// match), the path above it, one beneath it, one that differs in its last
/// byte: each with every action on files, and as a program. Every port and its
/// neighbours, each argument's operand and its neighbours, every known syscall,
/// every process. Distinct, in an order that depends on the arguments alone.
std::vector<Event> deriveEvents(const ir::Policy &policy,
                                const Bindings &bindings);

} // namespace srt::sim

#endif
