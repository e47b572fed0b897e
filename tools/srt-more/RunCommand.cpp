// tools/srt-more/RunCommand.cpp: srt CMD when nothing is in the cache.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Observe.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Trust.h"
#include "tools/srt-more/Verb.h"
#include "tools/srt/Asker.h"

#include <cerrno>
#include <cstring>

namespace srt::command {

/// The bundle in the cache, or else in memory, after saying why.
static std::string keep(const Job &job, const Compiled &compiled) {
  std::string problem, path;
  if (job.request.avoidsCache)
    return holdInMemory(compiled.bytes);
  if (mayWriteIn(job.places.cache, job, compiled.policy))
    problem = "the policy lets the command write `" + job.places.cache + "`";
  else
    path = storeBundle(job, compiled, problem);
  if (!path.empty())
    return path;
  complain("the policy is compiled anew each time: " + problem);
  return holdInMemory(compiled.bytes);
}

/// The log of denials lies here; without it nothing is written down.
static void makeStateFolder(const Places &places) {
  std::string problem;
  if (makeFolder(places.state, problem))
    (void)makeFolder(places.state + "/denials", problem);
}

int runCommand(const Job &job) {
  std::optional<Compiled> compiled = compile(job);
  if (!compiled) {
    complain("the policy `" + job.found.path + "` is wrong: nothing was run");
    return kRefused;
  }
  if (std::optional<Refusal> refusal = refusalFor(job, *compiled)) {
    complain(refusal->what, refusal->hint);
    return kRefused;
  }
  if (std::optional<Refusal> warning = readableState(job, compiled->policy))
    complain(warning->what, warning->hint);
  if (job.request.explainsDenials)
    return runObserved(job, *compiled);
  std::string bundle = keep(job, *compiled);
  if (bundle.empty()) {
    complain("no memory for the bundle");
    return kRefused;
  }
  makeStateFolder(job.places);
  // A broker that is not there opens no log: no need to know.
  prepareEnvironment(job.request, job.found, job.places, /*hasBroker=*/true);
  if (compiled->isAsking)
    startAsker(job.request, job.found, job.places);
  become(loaderCommand(bundle, job.request, job.places));
  complain(std::string("cannot run srt-load: ") + std::strerror(errno));
  return kRefused;
}

} // namespace srt::command
