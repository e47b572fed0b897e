// lib/Sim/BpfCodes.h: the fields of a classic BPF opcode, and seccomp's
// answers. SPDX-License-Identifier: Apache-2.0
//
// Sources: include/uapi/linux/bpf_common.h, include/uapi/linux/filter.h,
// include/uapi/linux/seccomp.h, v6.12. Not included from the host, so that any
// host can judge a filter.
#ifndef SRT_LIB_SIM_BPFCODES_H
#define SRT_LIB_SIM_BPFCODES_H

#include <cstdint>

namespace srt::sim::bpf {

inline constexpr uint16_t kClassMask = 0x07;
inline constexpr uint16_t kLd = 0x00, kLdx = 0x01, kSt = 0x02, kStx = 0x03,
                          kAlu = 0x04, kJmp = 0x05, kRet = 0x06, kMisc = 0x07;

inline constexpr uint16_t kModeMask = 0xe0;
inline constexpr uint16_t kImm = 0x00, kAbs = 0x20, kMem = 0x60, kLen = 0x80;

inline constexpr uint16_t kOpMask = 0xf0;
inline constexpr uint16_t kAdd = 0x00, kSub = 0x10, kMul = 0x20, kDiv = 0x30,
                          kOr = 0x40, kAnd = 0x50, kLsh = 0x60, kRsh = 0x70,
                          kNeg = 0x80, kXor = 0xa0;
inline constexpr uint16_t kJa = 0x00, kJeq = 0x10, kJgt = 0x20, kJge = 0x30,
                          kJset = 0x40;

inline constexpr uint16_t kSourceMask = 0x08;
inline constexpr uint16_t kK = 0x00, kX = 0x08;

inline constexpr uint16_t kReturnMask = 0x18;
inline constexpr uint16_t kA = 0x10;

inline constexpr uint16_t kTax = 0x00, kTxa = 0x80;

inline constexpr uint32_t kMemoryWords = 16; // BPF_MEMWORDS
inline constexpr uint32_t kMaxInsns = 4096;  // BPF_MAXINSNS

inline constexpr uint32_t kActionMask = 0xffff0000; // SECCOMP_RET_ACTION_FULL
inline constexpr uint32_t kDataMask = 0x0000ffff;   // SECCOMP_RET_DATA
inline constexpr uint32_t kRetErrno = 0x00050000, kRetUserNotif = 0x7fc00000,
                          kRetTrace = 0x7ff00000, kRetLog = 0x7ffc0000,
                          kRetAllow = 0x7fff0000;

} // namespace srt::sim::bpf

#endif
