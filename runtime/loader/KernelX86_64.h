// runtime/loader/KernelX86_64.h: entry and system calls of x86_64 Linux.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: rawCall is exactly one `syscall` instruction. Registers as in
// syscall(2), "Architecture calling conventions"; the entry stack as in the
// System V ABI, AMD64 supplement, "Initial Stack and Register State".
#ifndef SRT_RUNTIME_LOADER_KERNELX86_64_H
#define SRT_RUNTIME_LOADER_KERNELX86_64_H

#include <stdint.h>

namespace srt::load {

/// AUDIT_ARCH_X86_64, include/uapi/linux/audit.h (v6.12).
inline constexpr uint32_t kAuditArch = 0xc000003e;

/// Makes a system call; returns its result, or the negated errno.
inline long rawCall(long number, long a = 0, long b = 0, long c = 0, long d = 0,
                    long e = 0, long f = 0) {
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  long result;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

/// Ends the process by a trapping instruction: works whatever the filter says.
[[noreturn]] inline void trap() {
  for (;;)
    asm volatile("ud2");
}

} // namespace srt::load

#ifndef SRT_DEFINE_START // a hosted build has a main() for it
/// Defines _start: hands the initial stack (argc, argv, envp) to srtMain.
#define SRT_DEFINE_START                                                       \
  asm(".text\n"                                                                \
      ".globl _start\n"                                                        \
      ".type _start, @function\n"                                              \
      "_start:\n"                                                              \
      "  xor %ebp, %ebp\n"                                                     \
      "  mov %rsp, %rdi\n"                                                     \
      "  and $-16, %rsp\n"                                                     \
      "  call srtMain\n"                                                       \
      "  ud2\n");
#endif

#endif
