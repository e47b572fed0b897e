// test/Tools/srt-algebra-check/Tables.cpp: tables of one policy, with figures.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/Check.h"

#include "lib/Diag/Render.h"
#include "lib/Driver/Compile.h"
#include "lib/Driver/Files.h"
#include "lib/Verify/Verify.h"

#include <chrono>

namespace srt::check {

using Clock = std::chrono::steady_clock;

static double millisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

size_t checkTables(const std::string &name) {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<FileId> file = readInput(sources, name, diags);
  std::optional<ir::Policy> policy;
  Clock::time_point begin = Clock::now();
  if (file)
    policy = compileToPolicy(sources, *file, {}, diags);
  renderText(llvm::errs(), sources, diags, Colours::Off);
  if (!policy)
    return 1;
  double reading = millisecondsSince(begin);
  begin = Clock::now();
  automata::Budget budget;
  std::optional<PathTables> tables = buildPathTables(*policy, budget);
  double building = millisecondsSince(begin);
  if (!tables) {
    llvm::outs() << "the budget is spent\n";
    return 1;
  }
  begin = Clock::now();
  verify::Result result = verify::verifyTables(*policy, *tables);
  double verifying = millisecondsSince(begin);
  llvm::outs() << llvm::formatv(
      "anchors {0} states {1} minimal {2} bytes {3} read-ms {4:f1} "
      "build-ms {5:f1} verify-ms {6:f1} {7}\n",
      tables->anchors.size(), tables->statesBefore,
      tables->automaton.rows.size(), tables->bytes(), reading, building,
      verifying,
      result.counterexample || !result.isComplete ? "WRONG" : "verified");
  return result.counterexample || !result.isComplete ? 1 : 0;
}

} // namespace srt::check
