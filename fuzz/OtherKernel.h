// fuzz/OtherKernel.h: a kernel that is ours, in the place of the entry and the
// system calls of runtime/loader/KernelX86_64.h and KernelAarch64.h.
// SPDX-License-Identifier: Apache-2.0
//
// Included before each source file of the broker, whose own text stays as it is
// (-include, CMakeLists.txt): so what runs in the fuzzer is what is shipped, but
// for the one instruction.
#ifndef SRT_FUZZ_OTHERKERNEL_H
#define SRT_FUZZ_OTHERKERNEL_H

#define SRT_RUNTIME_LOADER_KERNELX86_64_H
#define SRT_RUNTIME_LOADER_KERNELAARCH64_H

#include <stdint.h>

namespace srt::load {

#if defined(__x86_64__)
inline constexpr uint32_t kAuditArch = 0xc000003e;
#else
inline constexpr uint32_t kAuditArch = 0xc00000b7;
#endif

/// World.cpp: what a World says to a call.
long rawCall(long number, long a = 0, long b = 0, long c = 0, long d = 0,
             long e = 0, long f = 0);
/// World.cpp: fails.
[[noreturn]] void trap();

} // namespace srt::load

#define SRT_DEFINE_START

#endif
