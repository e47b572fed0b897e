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

/// All are little-endian. Arm is EABI.
enum class Arch : uint8_t { X86_64, Aarch64, Riscv64, Arm, I386 };
inline constexpr size_t kArchCount = 5;
llvm::ArrayRef<Arch> allArchs();

/// Those that runtime/loader and runtime/broker are built for: what is compiled
/// for if nothing else is said.
llvm::ArrayRef<Arch> runtimeArchs();

llvm::StringRef archName(Arch arch);
std::optional<Arch> archNamed(llvm::StringRef name);

/// AUDIT_ARCH_* (include/uapi/linux/audit.h, v6.12): what seccomp_data.arch
/// holds for native calls of that architecture.
uint32_t auditArch(Arch arch);

/// The bits of an argument that the kernel looks at: all 64, or the low 32. On
/// x86_64, `int $0x80` leaves whatever it likes in the others, which
/// seccomp_data shows and the call ignores (arch/x86/entry/syscall_32.c:
/// do_int80_emulation; include/asm/syscall_wrapper.h:SC_IA32_REGS_TO_ARGS, v6.12).
uint64_t argBits(Arch arch);

struct Syscall {
  llvm::StringLiteral name;
  int32_t numbers[kArchCount]; // by Arch; -1: it has no such call
};

/// Another name of the call `of` (SyscallSpellings.def).
struct Spelling {
  llvm::StringLiteral name, of;
  bool hasSameArgs;
};
llvm::ArrayRef<Spelling> allSpellings();

/// `name` is the call `of` where (arg0 & mask) == value; what are arguments of
/// `of` then stands in memory.
struct Multiplexed {
  llvm::StringLiteral name;
  uint64_t mask, value;
  llvm::StringLiteral of;
};
/// Rows of one multiplexer stand together.
llvm::ArrayRef<Multiplexed> allMultiplexed();

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
