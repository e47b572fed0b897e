// lib/Report/Facts.h: all that a report tells, gathered before a word is written.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_FACTS_H
#define SRT_LIB_REPORT_FACTS_H

#include "lib/Driver/Diff.h"
#include "lib/Driver/Matrix.h"
#include "lib/Sim/Event.h"

namespace srt::report {

/// How much of a policy is written out; the rest is counted. They keep a page
/// of any policy within a few MiB.
inline constexpr size_t kMaxRules = 300;
inline constexpr size_t kMaxPatterns = 24; // of one rule
inline constexpr size_t kMaxPlaces = 500;  // in the tree of paths
inline constexpr size_t kMaxListed = 120;  // in lists without a tree
inline constexpr size_t kMaxLines = 1200;  // of one source
inline constexpr size_t kMaxSources = 8;

/// Policies with more patterns, or more tests of arguments, are not searched for
/// rules that change nothing: that takes time for each pair of them.
inline constexpr size_t kMaxSearched = 1500;
inline constexpr size_t kMaxTests = 100;

/// One policy with the values of its params that places are decided under: those
/// of `test` blocks.
struct Subject {
  ir::Policy policy;
  sim::Bindings bindings;
};

/// Not movable: the parts refer to each other.
struct Facts {
  Facts(Sources &sources, const CompileOptions &options)
      : sources(sources), options(options) {}
  Facts(const Facts &) = delete;
  Facts &operator=(const Facts &) = delete;

  Sources &sources;
  const CompileOptions &options;
  FileId file;
  FileId against; // of the older policy, if there is one
  kernel::Target target;
  Subject now;
  std::optional<Subject> before;
  std::optional<ir::Plan> plan; // as far as it went; nothing for macOS
  Matrix matrix;
  DiagnosticEngine findings; // of reading, of the checks, of planning
  bool isSearched = true;    // for rules that change nothing
  std::optional<Diff> diff;

  /// The row of a rule in the matrix, or null.
  const MatrixRow *rowOf(ir::RuleId rule) const;
  /// True if the rule is written out, so that there is something to link to.
  static bool isShown(ir::RuleId rule) { return rule.value < kMaxRules; }
};

/// Reads, checks, plans and compares. False if a policy does not read or the
/// target is none, which is reported to `diags`; what the target cannot enforce
/// is among the findings instead.
bool gather(Facts &facts, FileId file, std::optional<FileId> against,
            DiagnosticEngine &diags);

} // namespace srt::report

#endif
