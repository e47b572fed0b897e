// lib/Verify/SbplParts.h: the parts of holding a profile against its policy.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_VERIFY_SBPLPARTS_H
#define SRT_LIB_VERIFY_SBPLPARTS_H

#include "lib/Verify/SbplCase.h"
#include "lib/Verify/SbplGraph.h"
#include "lib/Verify/SbplModel.h"
#include "lib/Verify/Verify.h"

namespace srt::verify {

/// Files, programs and unix sockets: every path there is, and what may be moved
/// where.
Result verifySbplPaths(const ir::Policy &policy, const SbplBinding &binding,
                       const SbplModel &model);

/// Mach services, sysctls, IOKit classes: every name there is.
Result verifySbplNames(const ir::Policy &policy, const SbplModel &model);

/// TCP and UDP: every combination of host and port that policy or profile tell
/// apart.
Result verifySbplEndpoints(const ir::Policy &policy, const SbplModel &model);

/// Other processes.
Result verifySbplSubjects(const ir::Policy &policy, const SbplModel &model);

/// What is said of the words of one graph; one entry per node.
struct SbplVerdicts {
  std::vector<uint64_t> withheld; // named by a rule, and not to be had
  std::vector<const SbplSays *> says; // the profile; null where no word ends
};

/// True if something can be moved to where rules that withhold it no longer
/// see it. `escape` is an event that shows it, `why` what is wrong.
bool findEscape(const SbplGraph &graph, const SbplVerdicts &verdicts,
                std::string &escape, std::string &why);

/// The first of the actions, as a policy spells it. Requires: one at least.
std::string firstAction(uint64_t actions);

} // namespace srt::verify

#endif
