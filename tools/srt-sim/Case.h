// tools/srt-sim/Case.h: one policy in its three forms, ready to be asked.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_SIM_CASE_H
#define SRT_TOOLS_SRT_SIM_CASE_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/TypeCheck.h"
#include "lib/Sim/EvalBundle.h"
#include "lib/Sim/VerdictTable.h"

#include <set>

namespace srt::sim {

/// Policy: what the frontend made. Ir: the same after every pass and a round
/// trip through text. Bundle: what the compiler wrote.
enum class Evaluator : uint8_t { Policy, Ir, Bundle };
llvm::StringRef spelling(Evaluator evaluator);

using Values = std::map<std::string, std::string, std::less<>>;

/// A policy and what is known when it starts.
struct BoundPolicy {
  ir::Policy policy;
  Bindings bindings;
};

struct Case {
  std::optional<BoundPolicy> policy;
  std::optional<BoundPolicy> optimised;
  std::optional<Bundle> bundle;
  StartValues start;
};

/// What a case is made of.
struct CaseOptions {
  std::set<Evaluator> evaluators = {Evaluator::Policy, Evaluator::Ir,
                                    Evaluator::Bundle};
  std::string target;
  std::string bundleFile; // instead of compiling; may be empty
  std::string irFile;     // instead of running the passes; may be empty
};

/// Where a policy's text stands, and what its params are bound to.
struct CaseInput {
  FileId file;   // the text of the policy alone
  Values values; // params of source cwd or env
  std::vector<std::string> searchPath;
  SourceRange range; // of what is missing
};

/// A param that has no value gets one of its own: /srt/NAME.
enum class MissingValues : uint8_t { AreErrors, AreInvented };

/// Makes every form that the options ask for, and the policy always. Reports
/// and returns nothing if one cannot be made.
std::optional<Case> makeCase(Sources &sources, const CaseInput &input,
                             MissingValues missing, const CaseOptions &options,
                             DiagnosticEngine &diags);

} // namespace srt::sim

#endif
