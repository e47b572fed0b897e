// tools/srt-dump/Disassemble.h: a seccomp program as lines with comments.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_DUMP_DISASSEMBLE_H
#define SRT_TOOLS_SRT_DUMP_DISASSEMBLE_H

#include "lib/Kernel/BpfText.h"
#include "tools/srt-dump/Listing.h"

namespace srt::dump {

/// One line for each instruction. Comments name syscalls of `auditArch` where
/// the number is tested, fields of struct seccomp_data, actions, and the lines
/// that jumps lead to. Takes any program, sound or not. O(n).
std::vector<CodeLine> disassemble(llvm::ArrayRef<kernel::BpfInsn> program,
                                  uint32_t auditArch);

/// "x86_64", or the number in hex if it is no architecture that we know.
std::string archText(uint32_t auditArch);

} // namespace srt::dump

#endif
