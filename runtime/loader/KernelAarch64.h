// runtime/loader/KernelAarch64.h: entry and system calls of aarch64 Linux.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: rawCall is exactly one `svc` instruction. Registers as in
// syscall(2), "Architecture calling conventions"; at entry sp points to argc
// and is a multiple of 16 (AAPCS64).
#ifndef SRT_RUNTIME_LOADER_KERNELAARCH64_H
#define SRT_RUNTIME_LOADER_KERNELAARCH64_H

#include <stdint.h>

namespace srt::load {

/// AUDIT_ARCH_AARCH64, include/uapi/linux/audit.h (v6.12).
inline constexpr uint32_t kAuditArch = 0xc00000b7;

/// Makes a system call; returns its result, or the negated errno.
inline long rawCall(long number, long a = 0, long b = 0, long c = 0, long d = 0,
                    long e = 0, long f = 0) {
  register long x8 asm("x8") = number;
  register long x0 asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  register long x4 asm("x4") = e;
  register long x5 asm("x5") = f;
  asm volatile("svc #0"
               : "+r"(x0)
               : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
               : "memory", "cc");
  return x0;
}

/// Ends the process by a trapping instruction: works whatever the filter says.
[[noreturn]] inline void trap() {
  for (;;)
    asm volatile("brk #1");
}

} // namespace srt::load

#ifndef SRT_DEFINE_START // a hosted build has a main() for it
/// Defines _start: hands the initial stack (argc, argv, envp) to srtMain.
#define SRT_DEFINE_START                                                       \
  asm(".text\n"                                                                \
      ".globl _start\n"                                                        \
      ".type _start, %function\n"                                              \
      "_start:\n"                                                              \
      "  mov x29, #0\n"                                                        \
      "  mov x30, #0\n"                                                        \
      "  mov x0, sp\n"                                                         \
      "  bl srtMain\n"                                                         \
      "  brk #1\n");
#endif

#endif
