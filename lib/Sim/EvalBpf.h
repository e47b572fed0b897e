// lib/Sim/EvalBpf.h: classic BPF as seccomp runs it, one instruction at a time.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a program that the kernel would not load is refused, whatever its
// first instructions say; one that it would load is run as the kernel runs it.
#ifndef SRT_LIB_SIM_EVALBPF_H
#define SRT_LIB_SIM_EVALBPF_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace srt::sim {

/// struct sock_filter (include/uapi/linux/filter.h, v6.12).
struct BpfInsn {
  uint16_t code = 0;
  uint8_t jt = 0;
  uint8_t jf = 0;
  uint32_t k = 0;
};
static_assert(sizeof(BpfInsn) == 8);

/// struct seccomp_data (include/uapi/linux/seccomp.h, v6.12).
struct SeccompData {
  int32_t nr = 0;
  uint32_t arch = 0;
  uint64_t instructionPointer = 0;
  uint64_t args[6] = {};
};
static_assert(sizeof(SeccompData) == 64);

/// What the kernel does to the call. A call that is traced with nobody tracing
/// fails with ENOSYS; one that is notified waits for the broker.
struct SeccompVerdict {
  enum class Kind : uint8_t { Allow, Notify, Errno, Kill };
  Kind kind = Kind::Kill;
  uint16_t error = 0; // Kind::Errno
};

/// True if the kernel would load the program; if not, `why` names the first
/// instruction that it would not take. Source: net/core/filter.c:
/// bpf_check_classic, kernel/seccomp.c:seccomp_check_filter, v6.12.
bool checkBpf(llvm::ArrayRef<BpfInsn> program, std::string &why);

/// The value that the program returns, or nothing and a reason if checkBpf()
/// refuses it.
std::optional<uint32_t> evalBpf(llvm::ArrayRef<BpfInsn> program,
                                const SeccompData &data, std::string &why);

/// What a returned value means. Source: kernel/seccomp.c:__seccomp_filter.
SeccompVerdict verdictOf(uint32_t value);

} // namespace srt::sim

#endif
