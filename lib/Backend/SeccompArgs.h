// lib/Backend/SeccompArgs.h: the decision on one syscall's arguments as nodes.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SECCOMPARGS_H
#define SRT_LIB_BACKEND_SECCOMPARGS_H

#include "lib/Backend/SeccompFormula.h"
#include "lib/Backend/SeccompNodes.h"

#include <optional>

namespace srt::backend {

/// Where a call goes on that is allowed, refused, or the broker's to judge.
struct Outcomes {
  NodeId allowed, denied, notified;
};

/// What the graphs of one program may cost to make, in literals looked at: some
/// seconds, where a hostile policy asks for them.
inline constexpr uint64_t kMostWork = 60'000'000;

/// The nodes that decide the formula; on entry A may hold anything. A decision
/// graph, in which no half of an argument is asked about twice under one mask;
/// if that graph is much longer than asking for one term after the other, which
/// it can be exponentially, then the latter. Nothing if both are out of bounds;
/// no program that the kernel takes has such a decision in it. `work` counts
/// down what it costs.
std::optional<NodeId> decide(NodePool &pool, const Formula &formula,
                             Outcomes outcomes, uint64_t &work);

} // namespace srt::backend

#endif
