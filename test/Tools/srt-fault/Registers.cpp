// test/Tools/srt-fault/Registers.cpp: system calls of x86-64, from outside.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-fault/Registers.h"

#include <sys/ptrace.h>
#include <sys/syscall.h>

namespace srt::fault {

static user_regs_struct registersOf(pid_t pid) {
  user_regs_struct registers = {};
  ptrace(PTRACE_GETREGS, pid, nullptr, &registers);
  return registers;
}

long callOf(pid_t pid) { return long(registersOf(pid).orig_rax); }

unsigned long callerOf(pid_t pid) { return registersOf(pid).rip; }

// write(-1): of all calls the one that a command's filter always allows. The
// number -1, which would skip the call, is one that filters look at, too.
Saved defuse(pid_t pid) {
  user_regs_struct saved = registersOf(pid), registers = saved;
  registers.orig_rax = SYS_write;
  registers.rdi = ~0ull;
  registers.rdx = 0;
  ptrace(PTRACE_SETREGS, pid, nullptr, &registers);
  return saved;
}

// Arguments keep their values over a call, and programs rely on it.
void answer(pid_t pid, Saved saved, int error) {
  saved.rax = static_cast<unsigned long long>(-static_cast<long long>(error));
  // The kernel would look at this to restart the call, had it been interrupted.
  saved.orig_rax = ~0ull;
  ptrace(PTRACE_SETREGS, pid, nullptr, &saved);
}

} // namespace srt::fault
