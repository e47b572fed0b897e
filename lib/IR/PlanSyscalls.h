// lib/IR/PlanSyscalls.h: the syscall table of a plan as text.
// SPDX-License-Identifier: Apache-2.0
//
// Hundreds of syscalls get the same answer, so those without conditions stand
// in lists by answer; each of the others has a line of its own:
//   permit [accept, bind]
//   refuse enosys because "it would get around the rules" [clone3]
//   syscall socket permit-if (arg0 == 0x2) refuse-if (arg1 == 0x3) error eperm
//   syscall mkdir permit broker-if () error eperm
#ifndef SRT_LIB_IR_PLANSYSCALLS_H
#define SRT_LIB_IR_PLANSYSCALLS_H

#include "lib/IR/Plan.h"
#include "lib/IR/TextCursor.h"

#include "llvm/Support/raw_ostream.h"

namespace srt::ir {

/// Writes the table: `permit`, then every `refuse` by errno and reason, then
/// the single lines, names in the order of `syscalls`.
void printSyscalls(llvm::raw_ostream &out,
                   llvm::ArrayRef<SyscallDecision> syscalls);

/// Reads one statement and appends its decisions; the caller sorts them.
/// Requires: `permit`, `refuse` or `syscall` stands here.
bool readSyscalls(TextCursor &cursor, std::vector<SyscallDecision> &syscalls);

} // namespace srt::ir

#endif
