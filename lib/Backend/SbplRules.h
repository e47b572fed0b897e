// lib/Backend/SbplRules.h: the rules of a policy as filters, one set each.
// SPDX-License-Identifier: Apache-2.0
//
// First half of the backend: says each rule in filters or reports why not.
// Nothing here depends on other rules, except a deny of a loopback address.
#ifndef SRT_LIB_BACKEND_SBPLRULES_H
#define SRT_LIB_BACKEND_SBPLRULES_H

#include "lib/Backend/SbplPatterns.h"
#include "lib/Diag/Diagnostic.h"

namespace srt::backend {

/// One rule in filters. `filters[channel]` is empty where the rule does not
/// speak on that channel; otherwise the rule holds where any of them does.
struct SbplRule {
  ir::RuleId id;
  ir::Effect effect = ir::Effect::Deny;
  std::vector<ir::ActionId> leaves; // table order
  std::array<std::vector<std::string>, kChannels> filters;
};

/// Where `SbplRule::filters` of an action stands; nothing for `syscall`, which
/// is Linux.
llvm::ArrayRef<Channel> channelsOf(ir::ActionId leaf);

/// Says every rule in filters, in rule order. What Seatbelt cannot say is
/// reported as E3024 and left out, so the result must not be used then.
std::vector<SbplRule> translateRules(const ir::Policy &policy,
                                     DiagnosticEngine &diags);

/// Reports that `rule` asks for what no profile can say. The only report site
/// of E3024. `pattern` is the one to blame, or null.
void refuseInSeatbelt(const ir::Policy &policy, const ir::Rule &rule,
                      const ir::Pattern *pattern, llvm::StringRef why,
                      DiagnosticEngine &diags);

/// The filters for which `rule` keeps a place from being moved: first the
/// place itself, then the directories that lead to it. Both empty for a rule
/// that withholds no file, program or socket.
struct SbplPlaces {
  std::vector<std::string> places;
  std::vector<std::string> ancestors;
};
SbplPlaces protectedPlaces(const ir::Policy &policy, const ir::Rule &rule);

} // namespace srt::backend

#endif
