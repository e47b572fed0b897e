// tools/srt-more/Observe.cpp: runs a command and explains what was denied.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Observe.h"

#include "tools/srt-more/Store.h"
#include "tools/srt-more/Why.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::command {

static pid_t observedChild = 0;

static void forward(int signal) { kill(observedChild, signal); }

/// The child becomes the loader. Of the descriptors, the log is not closed by
/// exec: the broker takes it.
[[noreturn]] static void startChild(const Job &job, const std::string &bundle,
                                    int log) {
  prepareEnvironment(job.request, job.found, job.places, /*hasBroker=*/false);
  setenv("SRT_DENIALS", ("fd:" + std::to_string(log)).c_str(), 1);
  setenv("SRT_SUMMARY", "off", 1);
  become(loaderCommand(bundle, job.request, job.places));
  complain(std::string("cannot run srt-load: ") + std::strerror(errno));
  _exit(kRefused);
}

/// Signals that are sent to us are meant for the command; those of the terminal
/// reach it anyway.
static int waitFor(pid_t child) {
  observedChild = child;
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGQUIT, SIG_IGN);
  std::signal(SIGTERM, forward);
  std::signal(SIGHUP, forward);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

static std::string contentsOf(int fd) {
  std::string text;
  char piece[4096];
  ssize_t got = 0;
  while ((got = pread(fd, piece, sizeof piece, off_t(text.size()))) > 0)
    text.append(piece, size_t(got));
  return text;
}

static void explain(const Job &job, int log) {
  std::vector<DeniedRun> runs = readLog(contentsOf(log));
  DeniedRun run = runs.front();
  run.words.assign(job.request.words.begin(), job.request.words.end());
  if (run.denied.empty())
    llvm::errs() << "srt: nothing was denied\n";
  else
    explainRuns(llvm::errs(), {run}, job, WhyFormat::Text);
}

/// Ends as the command did.
static int passOn(int status) {
  if (!WIFSIGNALED(status))
    return WEXITSTATUS(status);
  std::signal(WTERMSIG(status), SIG_DFL);
  raise(WTERMSIG(status));
  return 128 + WTERMSIG(status);
}

int runObserved(const Job &job, const Compiled &compiled) {
  std::optional<std::string> bytes = compileObserved(job, compiled);
  if (!bytes)
    complain("this policy cannot be observed here; what the kernel denies by "
             "itself will not be explained");
  std::string bundle = holdInMemory(bytes ? *bytes : compiled.bytes);
  int log = memfd_create("srt-denials", 0);
  if (bundle.empty() || log < 0) {
    complain("no memory for the bundle");
    return kRefused;
  }
  pid_t child = fork();
  if (child == 0)
    startChild(job, bundle, log);
  if (child < 0) {
    complain(std::string("cannot fork: ") + std::strerror(errno));
    return kRefused;
  }
  int status = waitFor(child);
  explain(job, log);
  return passOn(status);
}

} // namespace srt::command
