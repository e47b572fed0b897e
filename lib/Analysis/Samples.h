// lib/Analysis/Samples.h: events that a pattern is surely about.
// SPDX-License-Identifier: Apache-2.0
//
// Most questions about a rule have a simple answer, which the first event that
// comes to mind shows. A search over all events is for the others.
#ifndef SRT_LIB_ANALYSIS_SAMPLES_H
#define SRT_LIB_ANALYSIS_SAMPLES_H

#include "lib/Analysis/RuleIndex.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace srt {

/// The plainest event that the pattern matches, wildcards filled as shortly as
/// they can be. A bare program is found in /usr/bin. Nothing for an endpoint
/// without a path, a subject or a syscall. Requires: all params of the policy
/// have values (withTypicalParams()).
std::optional<Witness> sampleOf(const ir::Pattern &pattern,
                                const ir::Policy &typical);

/// A text that the glob matches, with `run` for each `*`.
std::string sampleOf(const ir::Glob &glob, llvm::StringRef run = {});

/// Asks the rules of one policy about samples. Requires: as above; the policy
/// outlives it.
class Samples {
public:
  /// Which patterns are left out.
  using IsGone = llvm::function_ref<bool(PatternRef ref)>;

  explicit Samples(const ir::Policy &typical);

  /// True if a sample of one of these patterns, which are of one rule, is
  /// decided otherwise without them. False says nothing.
  bool surelyMatter(ir::RuleId rule, llvm::ArrayRef<uint32_t> patterns,
                    IsGone isGone) const;
  /// The patterns of all rules that match the plainest event of this one and
  /// are not gone, whatever the excepts of their rules say.
  std::vector<PatternRef> beside(PatternRef ref, IsGone isGone) const;
  /// As srt::matchingRules(), without asking all rules.
  std::vector<ir::RuleId> rulesAt(ir::ActionId leaf,
                                  const Witness &witness) const;

private:
  const ir::Pattern &patternOf(PatternRef ref) const {
    return typical.rule(ref.rule).patterns[ref.pattern];
  }
  std::vector<PatternRef> matching(const Witness &witness, IsGone isGone) const;
  std::vector<ir::RuleId> rulesOf(llvm::ArrayRef<PatternRef> matching,
                                  const Witness &witness) const;
  bool isDecidedBy(ir::RuleId rule, llvm::ArrayRef<uint32_t> patterns,
                   const Witness &witness, IsGone isGone) const;
  std::vector<Witness> samplesFor(PatternRef ref) const;

  const ir::Policy &typical;
  RuleIndex index;
  // Paths that some rule allows: of patterns `**/...`, and of others.
  std::vector<std::string> floating, anchored;
};

} // namespace srt

#endif
