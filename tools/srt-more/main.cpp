// tools/srt-more/main.cpp: srt-more, which srt becomes when it has more to do.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Manual.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

using namespace srt::command;

constexpr VerbRow kVerbs[] = {
    {"help", showHelp},
    {"version", showHelp},
    {"trust", runTrust},
    {"init", runInit},
    {"doctor", runDoctor},
    {"why", runWhy},
    {"ps", runPs},
    {"log", runLog},
    {"approve", runApprove},
    {"import", runImportVerb},
    {"hook", runHook},
    {"learn", runLearn},
    {"answers", runAnswers},
};

static int runVerb(const Job &job) {
  for (const VerbRow &row : kVerbs)
    if (job.request.verb == row.name)
      return row.run(job);
  llvm_unreachable("tools/srt knows a verb that has no row here");
}

static int runRequest(Job &job) {
  switch (job.request.road) {
  case Road::Wrong:
    return explainUsage(job.request);
  case Road::Verb:
    return runVerb(job);
  case Road::Run:
  case Road::Shell:
    return findPolicy(job) ? runCommand(job) : kRefused;
  }
  return kUsage;
}

int main(int argc, char **argv) {
  if (runAsker(argc, argv))
    return kDone;
  // The build's own way in; under the name of srt, it would be an option.
  bool isGenerating = argc == 3 && llvm::StringRef(argv[1]) == "--generate";
  if (isGenerating && srt::manual::generate(commandLine(kVerbs), argc, argv))
    return kDone;
  Job job{readRequest(argc, argv), findPlaces(), {}};
  int status = kUsage;
  try {
    status = runRequest(job);
  } catch (const CLI::Success &) {
    status = kDone;
  } catch (const CLI::ParseError &error) {
    complain(error.what(), "srt " + job.request.verb + " --help shows how");
  }
  llvm::outs().flush();
  return status;
}
