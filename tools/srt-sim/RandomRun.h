// tools/srt-sim/RandomRun.h: random policies, all forms against each other.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_SIM_RANDOMRUN_H
#define SRT_TOOLS_SRT_SIM_RANDOMRUN_H

#include "tools/srt-sim/Report.h"

namespace srt::sim {

/// Makes `count` policies out of the seeds `seed`, `seed` + 1, ... and compares
/// their forms on derived events. Those that the compiler refuses are compared
/// without a bundle, and counted. Prints a policy that fails with its seed and
/// events, and returns the number of such policies.
size_t runRandom(uint64_t count, uint64_t seed, const CaseOptions &options,
                 Format format);

} // namespace srt::sim

#endif
