// lib/Driver/ExplainEvent.h: why one event gets the verdict that it gets.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_EXPLAINEVENT_H
#define SRT_LIB_DRIVER_EXPLAINEVENT_H

#include "lib/Sim/EvalPolicy.h"
#include "lib/Support/Sources.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

/// A rule that has something to do with the event, and what.
struct RelatedRule {
  ir::RuleId rule;
  std::string why; // "lost: deny beats allow"
};

/// The verdict on one leaf action and how it came about.
struct EventExplanation {
  sim::Event event;
  sim::Verdict verdict;
  std::vector<RelatedRule> others; // matched too, and why they did not decide
  std::optional<RelatedRule> nearest; // none matched: the one that almost did
  std::vector<std::string> changes;   // statements that would turn the verdict
};

EventExplanation explainEvent(const ir::Policy &policy,
                              const sim::Bindings &bindings,
                              const sim::Event &event);

void writeExplanation(llvm::raw_ostream &out,
                      const EventExplanation &explanation,
                      const ir::Policy &policy, const Sources &sources);
void writeExplanationJson(llvm::raw_ostream &out,
                          const EventExplanation &explanation,
                          const ir::Policy &policy, const Sources &sources);

} // namespace srt

#endif
