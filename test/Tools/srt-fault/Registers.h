// test/Tools/srt-fault/Registers.h: one system call of a stopped process.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_FAULT_REGISTERS_H
#define SRT_TEST_TOOLS_SRT_FAULT_REGISTERS_H

#include <sys/types.h>
#include <sys/user.h>

namespace srt::fault {

/// The number of the call that `pid` is about to make. Requires: it stands at
/// the entry of one.
long callOf(pid_t pid);

/// The address behind the instruction by which it makes the call.
unsigned long callerOf(pid_t pid);

/// The registers of a process that is inside a call.
using Saved = user_regs_struct;

/// Makes it a call without effect, which no filter answers with a signal.
/// Returns what the process believes to have in its registers.
Saved defuse(pid_t pid);

/// Makes the call that `pid` comes back from return -`error`.
void answer(pid_t pid, Saved saved, int error);

} // namespace srt::fault

#endif
