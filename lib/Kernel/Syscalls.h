// lib/Kernel/Syscalls.h: Linux syscalls as data, for any build host.
// SPDX-License-Identifier: Apache-2.0
//
// Numbers come from Syscalls.def, never from the host's headers, so that any
// host compiles for any target.
#ifndef SRT_LIB_KERNEL_SYSCALLS_H
#define SRT_LIB_KERNEL_SYSCALLS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace srt::kernel {

enum class Arch : uint8_t { X86_64, Aarch64 };
llvm::ArrayRef<Arch> allArchs();
llvm::StringRef archName(Arch arch);

/// AUDIT_ARCH_* (include/uapi/linux/audit.h, v6.12): what seccomp_data.arch
/// holds for native calls of that architecture.
uint32_t auditArch(Arch arch);

struct Syscall {
  llvm::StringLiteral name;
  int32_t numbers[2]; // by Arch; -1: the architecture has no such call
};

/// Every known syscall, sorted by name.
llvm::ArrayRef<Syscall> allSyscalls();

bool isSyscall(llvm::StringRef name);

/// The number, or nothing if unknown or absent on `arch`. O(log n).
std::optional<uint32_t> syscallNumber(llvm::StringRef name, Arch arch);

/// True if `group` ("@default") is a named set of syscalls.
bool isGroup(llvm::StringRef group);
llvm::ArrayRef<llvm::StringLiteral> allGroups();

/// Requires: isGroup(group). Members are listed in Groups.def.
bool isInGroup(llvm::StringRef name, llvm::StringRef group);

/// Why `@default` leaves a syscall out, or an empty text if it does not.
llvm::StringRef reasonOutsideDefault(llvm::StringRef name);

/// The index of a named argument (`socket`'s `domain` is 0), or nothing.
/// `arg0` to `arg5` name the arguments of every call.
std::optional<uint8_t> argIndex(llvm::StringRef syscall, llvm::StringRef arg);

/// The value of a constant such as AF_INET, or nothing.
std::optional<uint64_t> constant(llvm::StringRef name);

} // namespace srt::kernel

#endif
