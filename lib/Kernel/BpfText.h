// lib/Kernel/BpfText.h: one classic BPF instruction as text, and back.
// SPDX-License-Identifier: Apache-2.0
//
// Every 64-bit instruction has exactly one text, which reads back as the same
// instruction: what has no mnemonic here, or bits that its mnemonic cannot
// show, is a `.word`. Mnemonics as in Documentation/networking/filter.rst
// (v6.12); jumps count instructions to skip, as the kernel does.
#ifndef SRT_LIB_KERNEL_BPFTEXT_H
#define SRT_LIB_KERNEL_BPFTEXT_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace srt::kernel {

/// struct sock_filter (include/uapi/linux/filter.h, v6.12).
struct BpfInsn {
  uint16_t code = 0;
  uint8_t jt = 0; // instructions to skip if the test holds
  uint8_t jf = 0; // the same if it does not
  uint32_t k = 0;
  friend bool operator==(BpfInsn, BpfInsn) = default;
};

/// Codes (include/uapi/linux/bpf_common.h) that others ask about.
inline constexpr uint16_t kBpfLoadAbs = 0x20; // ld [k]
inline constexpr uint16_t kBpfJump = 0x05;    // jmp k
inline constexpr uint16_t kBpfReturn = 0x06;  // ret #k
inline constexpr uint16_t kBpfClassMask = 0x07;
inline constexpr uint16_t kBpfClassJump = 0x05;
inline constexpr uint16_t kBpfOpMask = 0xf0;
inline constexpr uint16_t kBpfSourceX = 0x08;

/// `ld [4]`, `jeq #0xc000003e, 1, 0`, `and #0xff`, `ret #0x7fff0000`,
/// `.word 0x0030, 0, 0, 0x4`.
std::string bpfText(BpfInsn insn);

/// Reads what bpfText() writes, and nothing else.
std::optional<BpfInsn> readBpf(llvm::StringRef text);

} // namespace srt::kernel

#endif
