// lib/Analysis/Checks.h: what a policy says that its author hardly means.
// SPDX-License-Identifier: Apache-2.0
//
// Each finding is decided, not guessed, and names an event that shows it.
// *Keeps*: nothing is changed.
#ifndef SRT_LIB_ANALYSIS_CHECKS_H
#define SRT_LIB_ANALYSIS_CHECKS_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Policy.h"

namespace srt {

/// Remarks are for people who look closely (`srtc check`); warnings for all.
enum class CheckDepth : uint8_t { Warnings, Remarks };

/// Runs all checks below.
void checkMeaning(const ir::Policy &policy, CheckDepth depth,
                  DiagnosticEngine &diags);

/// Rules that change nothing: W5001, W5002, R5003.
void checkRules(const ir::Policy &policy, CheckDepth depth,
                DiagnosticEngine &diags);
/// Programs that are allowed and denied, that can be written, or whose
/// directory can be renamed away: W5004, W5005, W5006.
void checkPrograms(const ir::Policy &policy, DiagnosticEngine &diags);
/// Well-known places: start-up files, all of the disk, secrets, sockets of
/// daemons: R5007, W5008, W5009, W5010.
void checkPlaces(const ir::Policy &policy, CheckDepth depth,
                 DiagnosticEngine &diags);
/// Names beside private addresses: R5011.
void checkHosts(const ir::Policy &policy, CheckDepth depth,
                DiagnosticEngine &diags);
/// Patterns that are hardly what is meant: W5012, W5013.
void checkPatterns(const ir::Policy &policy, DiagnosticEngine &diags);

/// Rules of scopes that overlap, one allowing what the other denies: W5014.
/// `scopes` has the block of each rule; rules beyond its end have none.
void checkScopes(const ir::Policy &policy, llvm::ArrayRef<SourceRange> scopes,
                 DiagnosticEngine &diags);

/// The policy with params at the places where most people have them.
ir::Policy withTypicalParams(const ir::Policy &policy);

} // namespace srt

#endif
