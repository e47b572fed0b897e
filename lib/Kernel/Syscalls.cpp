// lib/Kernel/Syscalls.cpp: lookups in the tables of syscalls.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::kernel {

namespace {
const Syscall kSyscalls[] = {
#define SRT_SYSCALL(name, ...) {#name, {__VA_ARGS__}},
#include "lib/Kernel/Syscalls.def"
};

constexpr bool Same = true, Other = false; // words of the table
const Spelling kSpellings[] = {
#define SRT_SPELLING(name, of, args) {#name, #of, args},
#include "lib/Kernel/SyscallSpellings.def"
};
const Multiplexed kMultiplexed[] = {
#define SRT_MULTIPLEXED(name, mask, value, of) {#name, mask, value, #of},
#include "lib/Kernel/SyscallSpellings.def"
};

struct ArchRow {
  Arch arch;
  llvm::StringLiteral name;
  uint32_t audit;
  uint64_t argBits;
};
constexpr uint64_t kLow32 = 0xffffffff;
constexpr ArchRow kArchRows[] = { // by Arch
    {Arch::X86_64, "x86_64", 0xc000003e, ~uint64_t(0)},
    {Arch::Aarch64, "aarch64", 0xc00000b7, ~uint64_t(0)},
    {Arch::Riscv64, "riscv64", 0xc00000f3, ~uint64_t(0)},
    {Arch::Arm, "arm", 0x40000028, kLow32},
    {Arch::I386, "i386", 0x40000003, kLow32}};
static_assert(std::size(kArchRows) == kArchCount);

struct Outside {
  llvm::StringLiteral name, why;
};
const Outside kOutside[] = {
#define SRT_OUTSIDE_DEFAULT(name, why) {#name, why},
#include "lib/Kernel/Groups.def"
};

struct Arg {
  llvm::StringLiteral syscall, name;
  uint8_t index;
};
const Arg kArgs[] = {
#define SRT_ARG(syscall, name, index) {#syscall, #name, index},
#include "lib/Kernel/SyscallArgs.def"
};

struct Constant {
  llvm::StringLiteral name;
  uint64_t value;
};
const Constant kConstants[] = {
#define SRT_CONSTANT(name, value) {#name, value},
#include "lib/Kernel/SyscallArgs.def"
};

constexpr llvm::StringLiteral kGroups[] = {
#define SRT_GROUP(group, what) group,
#include "lib/Kernel/Groups.def"
};

struct Member {
  llvm::StringLiteral group, syscall;
};
constexpr Member kMembers[] = {
#define SRT_IN_GROUP(group, syscall) {group, #syscall},
#include "lib/Kernel/Groups.def"
};
} // namespace

llvm::ArrayRef<Arch> allArchs() {
  static constexpr Arch all[] = {Arch::X86_64, Arch::Aarch64, Arch::Riscv64,
                                 Arch::Arm, Arch::I386};
  return all;
}

llvm::ArrayRef<Arch> runtimeArchs() { return allArchs().take_front(2); }

llvm::StringRef archName(Arch arch) { return kArchRows[size_t(arch)].name; }

std::optional<Arch> archNamed(llvm::StringRef name) {
  for (const ArchRow &row : kArchRows)
    if (row.name == name)
      return row.arch;
  return std::nullopt;
}

uint32_t auditArch(Arch arch) { return kArchRows[size_t(arch)].audit; }

uint64_t argBits(Arch arch) { return kArchRows[size_t(arch)].argBits; }

llvm::ArrayRef<Spelling> allSpellings() { return kSpellings; }

llvm::ArrayRef<Multiplexed> allMultiplexed() { return kMultiplexed; }

llvm::ArrayRef<Syscall> allSyscalls() { return kSyscalls; }

static const Syscall *find(llvm::StringRef name) {
  const Syscall *row = llvm::lower_bound(
      kSyscalls, name, [](const Syscall &a, llvm::StringRef b) {
        return llvm::StringRef(a.name) < b;
      });
  return row != std::end(kSyscalls) && row->name == name ? row : nullptr;
}

bool isSyscall(llvm::StringRef name) { return find(name) != nullptr; }

std::optional<uint32_t> syscallNumber(llvm::StringRef name, Arch arch) {
  const Syscall *row = find(name);
  if (!row || row->numbers[size_t(arch)] < 0)
    return std::nullopt;
  return uint32_t(row->numbers[size_t(arch)]);
}

llvm::ArrayRef<llvm::StringLiteral> allGroups() { return kGroups; }

bool isGroup(llvm::StringRef group) {
  return llvm::is_contained(kGroups, group);
}

bool isInGroup(llvm::StringRef name, llvm::StringRef group) {
  if (group == "@default")
    return isSyscall(name) && reasonOutsideDefault(name).empty();
  return llvm::any_of(kMembers, [&](const Member &member) {
    return member.group == group && member.syscall == name;
  });
}

llvm::StringRef reasonOutsideDefault(llvm::StringRef name) {
  for (const Outside &row : kOutside)
    if (row.name == name)
      return row.why;
  return {};
}

std::optional<uint8_t> argIndex(llvm::StringRef syscall, llvm::StringRef arg) {
  if (arg.size() == 4 && arg.starts_with("arg") && arg[3] >= '0' &&
      arg[3] <= '5')
    return uint8_t(arg[3] - '0');
  for (const Arg &row : kArgs)
    if (row.syscall == syscall && row.name == arg)
      return row.index;
  return std::nullopt;
}

std::optional<uint64_t> constant(llvm::StringRef name) {
  for (const Constant &row : kConstants)
    if (row.name == name)
      return row.value;
  return std::nullopt;
}

} // namespace srt::kernel
