// lib/Analysis/Checks.cpp: all checks of meaning, in the order of their codes.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Checks.h"

namespace srt {

void checkMeaning(const ir::Policy &policy, CheckDepth depth,
                  DiagnosticEngine &diags) {
  checkRules(policy, depth, diags);
  checkPrograms(policy, diags);
  checkPlaces(policy, depth, diags);
  checkHosts(policy, depth, diags);
  checkPatterns(policy, diags);
}

} // namespace srt
