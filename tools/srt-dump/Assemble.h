// tools/srt-dump/Assemble.h: the listing of a filter back into numbers.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_DUMP_ASSEMBLE_H
#define SRT_TOOLS_SRT_DUMP_ASSEMBLE_H

#include "lib/Kernel/BpfText.h"

#include <string>
#include <vector>

namespace srt::dump {

/// Reads one instruction a line: `12: jeq #0x2, 0, 1 ; comment`, where number
/// and comment may be missing. Nothing for a line that is neither that nor
/// blank; `line` is then its number, from 1.
std::optional<std::vector<kernel::BpfInsn>> assemble(llvm::StringRef listing,
                                                     size_t &line);

/// `0020 00 00 00000004`: code, jt, jf and k in hex.
std::string wordText(kernel::BpfInsn insn);

} // namespace srt::dump

#endif
