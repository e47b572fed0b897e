// tools/srt-sim/Compare.h: asks every form of a policy, and holds the answers
// against a table or against each other.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_SIM_COMPARE_H
#define SRT_TOOLS_SRT_SIM_COMPARE_H

#include "tools/srt-sim/Case.h"

namespace srt::sim {

/// One answer that is not the one expected.
struct Disagreement {
  SourceRange range; // of the row; nowhere for a derived event
  Evaluator evaluator = Evaluator::Policy;
  std::string event;
  std::string found;    // "deny (R3, line 9)"
  std::string expected; // "allow"
  bool isWider = false; // the bundle permits what the policy does not allow
};

/// Holds every row against every form of the policy, in table order.
std::vector<Disagreement> compareRows(const VerdictTable &table,
                                      const Case &asked);

/// Answers to derived events, counted.
struct DerivedCounts {
  size_t events = 0;
  size_t allowed = 0;   // by the policy
  size_t narrower = 0;  // allowed by the policy, denied by the bundle
  size_t partly = 0;    // allowed by the policy, half permitted by the bundle
  size_t strangers = 0; // calls of other machines that were tried
};

/// Ir must answer as the policy does, and the bundle permit no more.
std::vector<Disagreement> compareEvents(llvm::ArrayRef<Event> events,
                                        const Case &asked,
                                        DerivedCounts &counts);

/// x32 calls, and calls of a machine that the bundle has no filter for, must
/// never get through.
std::vector<Disagreement> compareStrangers(const Case &asked,
                                           DerivedCounts &counts);

} // namespace srt::sim

#endif
