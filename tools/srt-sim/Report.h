// tools/srt-sim/Report.h: disagreements as lines of text or of JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_SIM_REPORT_H
#define SRT_TOOLS_SRT_SIM_REPORT_H

#include "tools/srt-sim/Compare.h"

#include "llvm/Support/raw_ostream.h"

namespace srt::sim {

enum class Format : uint8_t { Text, Json };

/// Writes disagreements to standard output: text as
///   agent.verdict:14: bundle says deny (no rule), expected allow: read.data /x
/// and JSON as one object a line:
///   {"file","line","evaluator","event","found","expected","wider"}
void report(const std::vector<Disagreement> &found, llvm::StringRef file,
            Format format);

/// Writes what was done: `12 rows x 3 evaluators: agree`, or the number of
/// disagreements; {"kind":"rows","items","evaluators","disagreements"}.
void summarise(llvm::StringRef what, size_t count, size_t evaluators,
               size_t disagreements, Format format);

/// `policy against ir and bundle: 812 events, 120 allowed, ...`.
void summarise(const DerivedCounts &counts, const Case &asked,
               size_t disagreements, Format format);

} // namespace srt::sim

#endif
