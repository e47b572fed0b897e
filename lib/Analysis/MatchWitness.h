// lib/Analysis/MatchWitness.h: does one pattern match one event?
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_MATCHWITNESS_H
#define SRT_LIB_ANALYSIS_MATCHWITNESS_H

#include "lib/Analysis/Universe.h"

namespace srt {

/// True if a pattern of a path, a command or a name matches the words of the
/// witness when the params have these values.
bool matchesWitness(const ir::Pattern &pattern,
                    llvm::ArrayRef<std::string> values, const Witness &witness);

} // namespace srt

#endif
