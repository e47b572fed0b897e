// tools/srt-more/WhyVerb.cpp: srt why, what was denied last and what would
// allow it. SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Edit.h"
#include "tools/srt-more/Verb.h"
#include "tools/srt-more/Why.h"
#include "tools/srt/Denials.h"
#include "tools/srt/Files.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::command {

namespace {
struct WhyOptions {
  bool isJson = false;
  bool isPatch = false;
  bool isAll = false;
};
} // namespace

/// The last run in which something was denied, or all of those.
static std::vector<DeniedRun> chosen(const Job &job, const WhyOptions &options) {
  std::string log = logOf(job.found, job.places);
  std::string text = readFile(olderLogOf(log)).text() + readFile(log).text();
  std::vector<DeniedRun> runs = readLog(text);
  llvm::erase_if(runs, [](const DeniedRun &run) { return run.denied.empty(); });
  if (!options.isAll && runs.size() > 1)
    runs.erase(runs.begin(), runs.end() - 1);
  return runs;
}

static void sayNothing(const Job &job, const WhyOptions &options) {
  if (options.isJson)
    llvm::outs() << "{\"runs\":[]}\n";
  else if (!options.isPatch)
    llvm::outs() << "srt: nothing is written down for `" << job.found.project
                 << "`\n  What the kernel denies by itself leaves no trace: run"
                    " the command again with\n  srt --explain-denials CMD\n";
}

int runWhy(const Job &given) {
  Job job = given;
  WhyOptions options;
  CLI::App app("explain what was denied last in this project", "srt why");
  app.add_option("--policy", job.request.policy, "FILE that the command ran under");
  app.add_flag("--json", options.isJson, "for machines");
  app.add_flag("--patch", options.isPatch, "only the edit, for patch -p1");
  app.add_flag("--all", options.isAll, "every run in the log");
  app.footer("Examples:\n  srt why\n  srt why --patch | patch -p1\n"
             "  srt why --all --json\n\n"
             "Exit status: 0 something was denied, 1 nothing was, 2 usage.");
  parseWords(app, job);
  if (!findPolicy(job))
    return kFailed;
  std::vector<DeniedRun> runs = chosen(job, options);
  if (runs.empty()) {
    sayNothing(job, options);
    return kFailed;
  }
  WhyFormat format = options.isJson    ? WhyFormat::Json
                     : options.isPatch ? WhyFormat::Patch
                                       : WhyFormat::Text;
  return explainRuns(llvm::outs(), runs, job, format);
}

} // namespace srt::command
