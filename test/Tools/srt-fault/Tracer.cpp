// test/Tools/srt-fault/Tracer.cpp: stops at every call, lets one of them fail.
// SPDX-License-Identifier: Apache-2.0
//
// Processes are numbered when they are first seen, which is in the order in
// which they are made as long as one process makes them.
#include "test/Tools/srt-fault/Tracer.h"

#include <climits>
#include <csignal>
#include <cstring>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::fault {

/// With EXITKILL nobody outlives a tracer that gives up.
static constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
                                 PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                                 PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;

[[noreturn]] static void become(char **argv) {
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  raise(SIGSTOP);
  execvp(argv[0], argv);
  _exit(127);
}

Tracer::Process &Tracer::processOf(pid_t pid) {
  auto [it, isNew] = processes.try_emplace(pid, Process{made});
  made += isNew;
  return it->second;
}

/// The base name of the file that the process executes.
static std::string programOf(pid_t pid) {
  char path[PATH_MAX] = {};
  std::string link = "/proc/" + std::to_string(pid) + "/exe";
  if (readlink(link.c_str(), path, sizeof path - 1) < 0)
    return "?";
  return strrchr(path, '/') + 1;
}

void Tracer::callStop(pid_t pid, Process &process) {
  // Until the program is there, the calls are this tool's own.
  if (!hasStarted)
    return;
  process.isInside = !process.isInside;
  if (process.isInside) {
    long number = callOf(pid);
    outcome.calls.push_back({process.index, number, !outcome.hasRun});
    ++process.calls;
    process.isDefused =
        process.index == wish.process && process.calls == wish.number;
    if (!process.isDefused)
      return;
    outcome.failed = number;
    outcome.caller = callerOf(pid);
    outcome.program = programOf(pid);
    outcome.wasBefore = !outcome.hasRun;
    process.saved = defuse(pid);
  } else if (process.isDefused) {
    process.isDefused = false;
    answer(pid, process.saved, wish.error);
  }
}

/// Returns the signal that the process is to get when it goes on.
int Tracer::stopped(pid_t pid, int status) {
  Process &process = processOf(pid);
  int signal = WSTOPSIG(status), event = status >> 16;
  if (signal == (SIGTRAP | 0x80)) {
    callStop(pid, process);
    return 0;
  }
  if (event == PTRACE_EVENT_EXEC && !hasStarted) {
    hasStarted = true;
    process.isInside = true; // in the execve(2) that comes to its end
  } else if (event == PTRACE_EVENT_EXEC) {
    outcome.hasRun |= programOf(pid) == command;
  }
  // The first stop of a child is the tracer's doing.
  bool isOurs = event != 0 || (signal == SIGSTOP && process.calls == 0);
  return isOurs ? 0 : signal;
}

/// Deals with one report; false after the last process has ended.
bool Tracer::take(pid_t pid, int status) {
  if (WIFSTOPPED(status)) {
    long signal = stopped(pid, status);
    ptrace(PTRACE_SYSCALL, pid, nullptr, signal);
    return true;
  }
  if (pid == first)
    outcome.status = status;
  processes.erase(pid);
  return !processes.empty();
}

Outcome Tracer::run(char **argv) {
  first = fork();
  if (first == 0)
    become(argv);
  int status;
  waitpid(first, &status, 0);
  ptrace(PTRACE_SETOPTIONS, first, nullptr, kOptions);
  processOf(first);
  ptrace(PTRACE_SYSCALL, first, nullptr, nullptr);
  for (pid_t pid = 0; (pid = waitpid(-1, &status, __WALL)) > 0;)
    if (!take(pid, status))
      break;
  return outcome;
}

} // namespace srt::fault
