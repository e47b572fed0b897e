// tools/srt-more/Observe.cpp: runs a command and explains what was denied.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Observe.h"

#include "tools/srt-more/Absent.h"
#include "tools/srt-more/Run.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Why.h"
#include "tools/srt/Denials.h"

namespace srt::command {

static void explain(const Job &job, const std::string &log) {
  DeniedRun run = readLog(log).back();
  run.words.assign(job.request.words.begin(), job.request.words.end());
  if (run.denied.empty())
    llvm::errs() << "srt: nothing was denied\n";
  else
    explainRuns(llvm::errs(), {run}, job, WhyFormat::Text);
}

/// Into the log of the project, where `srt why` looks: at most as much as one
/// such log holds. Where there is none to be had, the explanation was printed.
static void keepLog(const Job &job, llvm::StringRef log) {
  constexpr size_t kMost = 256 * 1024;
  if (log.size() > kMost)
    log = log.take_front(log.rfind('\n', kMost) + 1);
  std::string problem;
  if (!job.places.state.empty() &&
      makeFolder(job.places.state + "/denials", problem))
    (void)openLog(log.str(), job.found, job.places);
}

int runObserved(const Job &job, const Compiled &compiled) {
  std::optional<std::string> bytes = compileObserved(job, compiled);
  if (!bytes)
    complain("this policy cannot be observed here; what the kernel denies by "
             "itself will not be explained");
  std::vector<std::string> absent = absentPlaces(job, compiled);
  std::optional<Ran> ran =
      runWritten(job, bytes ? *bytes : compiled.bytes, Written::Denials);
  if (!ran)
    return kRefused;
  keepLog(job, ran->log);
  explain(job, ran->log);
  explainAbsent(llvm::errs(), absent);
  return endLike(ran->status);
}

} // namespace srt::command
