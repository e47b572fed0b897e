// lib/Verify/CallSearch.h: looks for a call on which plan and filter differ.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_VERIFY_CALLSEARCH_H
#define SRT_LIB_VERIFY_CALLSEARCH_H

#include "lib/IR/Plan.h"
#include "lib/Verify/FilterPaths.h"

#include <array>

namespace srt::verify {

using Args = std::array<uint64_t, 6>;

/// Arguments of a call that takes the path, to which the decision says "permit"
/// ("refuse", "ask the broker"); nothing if no call does. Exact; `budget` counts down, and at
/// 0 the answer is nothing and means nothing.
std::optional<Args> permittedCall(const ir::SyscallDecision &decision,
                                  const Condition &path, uint64_t &budget);
std::optional<Args> notifiedCall(const ir::SyscallDecision &decision,
                                 const Condition &path, uint64_t &budget);
std::optional<Args> refusedCall(const ir::SyscallDecision &decision,
                                const Condition &path, uint64_t &budget);

} // namespace srt::verify

#endif
