// test/Tools/srt-fault/main.cpp: runs a program in which one call fails.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: srt-fault REPORT COMMAND PROCESS NUMBER ERRNO PROGRAM [ARG...]
// The NUMBERth system call of the PROCESSth process returns -ERRNO and has no
// effect; NUMBER 0: none does. COMMAND is the file name that PROGRAM is to
// execute in the end. Writes to REPORT:
//   outcome STATUS RAN FAILED BEFORE PROGRAM ADDRESS
// (STATUS -1: it did not end in time; ADDRESS: of the code that made the call)
//   call PROCESS SYSCALL BEFORE        (one line a call, if none fails)
#include "test/Tools/srt-fault/Tracer.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <sys/wait.h>
#include <unistd.h>

using namespace srt::fault;

static const char *report;
static const Tracer *current;

/// -1 for a program that did not end.
static int statusOf(const Outcome &outcome) {
  if (outcome.status == -1)
    return -1;
  return WIFEXITED(outcome.status) ? WEXITSTATUS(outcome.status)
                                   : 128 + WTERMSIG(outcome.status);
}

static void write(const Outcome &outcome, bool listsCalls) {
  std::FILE *file = std::fopen(report, "w");
  if (!file)
    std::exit(2);
  std::fprintf(file, "outcome %d %d %ld %d %s %lu\n", statusOf(outcome),
               outcome.hasRun, outcome.failed, outcome.wasBefore,
               outcome.program.c_str(), outcome.caller);
  for (const Call &call : outcome.calls)
    if (listsCalls)
      std::fprintf(file, "call %u %ld %d\n", call.process, call.number,
                   call.isBeforeRun);
  std::fclose(file);
}

/// Ends this process, and the traced ones with it. The signal interrupts a
/// wait, not the standard library: the rest of the time is spent waiting.
static void giveUp(int) {
  write(current->soFar(), false);
  _exit(3);
}

int main(int argc, char **argv) {
  if (argc < 7)
    return 2;
  report = argv[1];
  Wish wish = {unsigned(std::atoi(argv[3])), unsigned(std::atoi(argv[4])),
               std::atoi(argv[5])};
  Tracer tracer(wish, argv[2]);
  current = &tracer;
  signal(SIGALRM, giveUp);
  alarm(5);
  write(tracer.run(argv + 6), wish.number == 0);
  return 0;
}
