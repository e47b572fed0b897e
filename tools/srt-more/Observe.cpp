// tools/srt-more/Observe.cpp: runs a command and explains what was denied.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Observe.h"

#include "tools/srt-more/Run.h"
#include "tools/srt-more/Why.h"

namespace srt::command {

static void explain(const Job &job, const std::string &log) {
  std::vector<DeniedRun> runs = readLog(log);
  DeniedRun run = runs.front();
  run.words.assign(job.request.words.begin(), job.request.words.end());
  if (run.denied.empty())
    llvm::errs() << "srt: nothing was denied\n";
  else
    explainRuns(llvm::errs(), {run}, job, WhyFormat::Text);
}

int runObserved(const Job &job, const Compiled &compiled) {
  std::optional<std::string> bytes = compileObserved(job, compiled);
  if (!bytes)
    complain("this policy cannot be observed here; what the kernel denies by "
             "itself will not be explained");
  std::optional<Ran> ran =
      runWritten(job, bytes ? *bytes : compiled.bytes, Written::Denials);
  if (!ran)
    return kRefused;
  explain(job, ran->log);
  return endLike(ran->status);
}

} // namespace srt::command
