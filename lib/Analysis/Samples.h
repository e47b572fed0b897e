// lib/Analysis/Samples.h: one event that a pattern is surely about.
// SPDX-License-Identifier: Apache-2.0
//
// Most questions about a rule have a simple answer, which the first event that
// comes to mind shows. A search over all events is for the others.
#ifndef SRT_LIB_ANALYSIS_SAMPLES_H
#define SRT_LIB_ANALYSIS_SAMPLES_H

#include "lib/Analysis/Universe.h"
#include "lib/IR/Policy.h"

namespace srt {

/// The plainest event that the pattern matches, wildcards filled as shortly as
/// they can be. A bare program is found in /usr/bin. Nothing for an endpoint
/// without a path, a subject or a syscall. Requires: all params of the policy
/// have values (withTypicalParams()).
std::optional<Witness> sampleOf(const ir::Pattern &pattern,
                                const ir::Policy &typical);

/// A text that the glob matches, with `run` for each `*`.
std::string sampleOf(const ir::Glob &glob, llvm::StringRef run = {});

/// True if a sample of one of the rule's patterns is decided otherwise without
/// the rule. False says nothing. Requires: as above.
bool surelyMatters(const ir::Policy &typical, ir::RuleId rule);

} // namespace srt

#endif
