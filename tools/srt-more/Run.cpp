// tools/srt-more/Run.cpp: runs a command and keeps what was written down.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Run.h"

#include "tools/srt-more/Store.h"
#include "tools/srt/Running.h"

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

/// The log begins as one of a project does, and its lines name this run.
static void beginRun(const Job &job, int log) {
  unsetenv("SRT_RECORD");
  RunId id = ownRunId();
  std::string header = runHeader(job.request, job.found, job.places, id);
  if (write(log, header.data(), header.size()) == ssize_t(header.size()))
    setenv("SRT_RUN", id.text().c_str(), 1);
}

/// The child becomes the loader. Of the descriptors, the log is not closed by
/// exec: the broker takes it.
[[noreturn]] static void startChild(const Job &job, const std::string &bundle,
                                    int log, Written written, Output output) {
  if (output == Output::ToErrors)
    dup2(STDERR_FILENO, STDOUT_FILENO);
  prepareEnvironment(job.request, job.found, job.places, /*hasBroker=*/false);
  setenv("SRT_DENIALS", ("fd:" + std::to_string(log)).c_str(), 1);
  setenv("SRT_SUMMARY", "off", 1);
  // The caller's own is not meant for this.
  if (written == Written::Everything)
    setenv("SRT_RECORD", "all", 1);
  else
    beginRun(job, log);
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

int endLike(int status) {
  if (!WIFSIGNALED(status))
    return WEXITSTATUS(status);
  std::signal(WTERMSIG(status), SIG_DFL);
  raise(WTERMSIG(status));
  return 128 + WTERMSIG(status);
}

std::optional<Ran> runWritten(const Job &job, const std::string &bytes,
                              Written written, Output output) {
  std::string bundle = holdInMemory(bytes);
  int log = memfd_create("srt-denials", 0);
  if (bundle.empty() || log < 0) {
    complain("no memory for the bundle");
    return std::nullopt;
  }
  pid_t child = fork();
  if (child == 0)
    startChild(job, bundle, log, written, output);
  if (child < 0) {
    complain(std::string("cannot fork: ") + std::strerror(errno));
    return std::nullopt;
  }
  Ran ran;
  ran.status = waitFor(child);
  ran.log = contentsOf(log);
  close(log);
  close(std::atoi(bundle.c_str() + bundle.rfind('/') + 1));
  return ran;
}

} // namespace srt::command
