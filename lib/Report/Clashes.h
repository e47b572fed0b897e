// lib/Report/Clashes.h: which rules take something from which.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_CLASHES_H
#define SRT_LIB_REPORT_CLASHES_H

#include "lib/Report/Examples.h"
#include "lib/Report/Judge.h"

namespace srt::report {

/// Two rules match one event, and the stronger one decides it.
struct Clash {
  ir::RuleId other;
  bool isStronger = false; // the other one decides
  std::string event;       // "read.data /home/user/.ssh"
};

/// The clashes of each rule that is written out, found by examples of their
/// patterns: what is listed is so, but not all that is so is listed.
std::map<ir::RuleId, std::vector<Clash>>
clashesOf(const Facts &facts, const Judge &judge, const Examples &examples);

} // namespace srt::report

#endif
