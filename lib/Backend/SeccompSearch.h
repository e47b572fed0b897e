// lib/Backend/SeccompSearch.h: decides by where a number lies.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SECCOMPSEARCH_H
#define SRT_LIB_BACKEND_SECCOMPSEARCH_H

#include "lib/Backend/SeccompNodes.h"

namespace srt::backend {

/// The numbers from `first` to where the next interval begins go to `target`.
struct Interval {
  uint32_t first = 0;
  NodeId target;
  uint32_t weight = 1; // how often its numbers are asked for, relatively
};

/// A search tree over the intervals: about one instruction for each of them; a
/// number passes about log2(all weights / its own). Numbers that stand alone
/// between equal neighbours take one `jeq` instead of two `jge`.
/// Requires: A holds the number; the first interval begins at 0; sorted.
NodeId searchTree(NodePool &pool, std::vector<Interval> intervals);

} // namespace srt::backend

#endif
