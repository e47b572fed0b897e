// lib/Backend/SeccompShape.h: what our filters are made of.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SECCOMPSHAPE_H
#define SRT_LIB_BACKEND_SECCOMPSHAPE_H

#include "lib/Backend/SeccompFilter.h"

namespace srt::backend {

// include/uapi/linux/bpf_common.h, v6.12: class | size or operation | source.
inline constexpr uint16_t kLoad = 0x20;   // ld [k]
inline constexpr uint16_t kAnd = 0x54;    // and #k
inline constexpr uint16_t kJump = 0x05;   // ja k
inline constexpr uint16_t kJeq = 0x15;    // jeq #k, jt, jf
inline constexpr uint16_t kJgt = 0x25;    // jgt #k, jt, jf; unsigned
inline constexpr uint16_t kJge = 0x35;    // jge #k, jt, jf; unsigned
inline constexpr uint16_t kJset = 0x45;   // jset #k, jt, jf
inline constexpr uint16_t kReturn = 0x06; // ret #k

/// SECCOMP_RET_* (include/uapi/linux/seccomp.h, v6.12).
inline constexpr uint32_t kKillProcess = 0x80000000;
inline constexpr uint32_t kAllow = 0x7fff0000;
inline constexpr uint32_t kNotify = 0x7fc00000; // USER_NOTIF
constexpr uint32_t failWith(uint16_t error) { return 0x00050000 | error; }
inline constexpr uint16_t kEperm = 1;
inline constexpr uint16_t kEnosys = 38;

/// __X32_SYSCALL_BIT (arch/x86/include/uapi/asm/unistd.h): x86_64 only.
inline constexpr uint32_t kX32Bit = 0x40000000;

/// True if there is an instruction, each is one of the above, every jump stays
/// inside and no path runs off the end. Paths are finite in any case: cBPF
/// jumps are unsigned, so none goes backward.
bool hasGoodShape(llvm::ArrayRef<Instruction> program);

} // namespace srt::backend

#endif
