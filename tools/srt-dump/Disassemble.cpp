// tools/srt-dump/Disassemble.cpp: says what each instruction is about.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-dump/Disassemble.h"

#include "lib/IR/PlanErrno.h"
#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::dump {

using kernel::BpfInsn;

// Offsets in struct seccomp_data (include/uapi/linux/seccomp.h, v6.12).
static constexpr uint32_t kNr = 0;
static constexpr uint32_t kArch = 4;
static constexpr uint32_t kArgs = 16;
static constexpr uint32_t kEnd = 64;

/// What the accumulator holds: the offset it was loaded from, or nothing known.
using Loaded = std::optional<uint32_t>;

static std::optional<kernel::Arch> archOf(uint32_t auditArch) {
  for (kernel::Arch arch : kernel::allArchs())
    if (kernel::auditArch(arch) == auditArch)
      return arch;
  return std::nullopt;
}

static std::string hex(uint32_t value) {
  return "0x" + llvm::utohexstr(value, /*LowerCase=*/true);
}

std::string archText(uint32_t auditArch) {
  std::optional<kernel::Arch> arch = archOf(auditArch);
  return arch ? kernel::archName(*arch).str() : hex(auditArch);
}

/// The field of struct seccomp_data at that offset. Both machines are
/// little-endian: the low half of an argument stands first.
static std::string fieldAt(uint32_t offset) {
  if (offset == kNr)
    return "nr";
  if (offset == kArch)
    return "arch";
  llvm::StringRef half = offset % 8 == 0 ? " low" : " high";
  if (offset % 4 != 0 || offset >= kEnd)
    return "";
  if (offset < kArgs)
    return ("instruction pointer" + half).str();
  return ("arg" + llvm::Twine((offset - kArgs) / 8) + half).str();
}

/// include/uapi/linux/seccomp.h, v6.12: SECCOMP_RET_*.
static std::string actionText(uint32_t value) {
  std::string data = std::to_string(value & 0xffff);
  switch (value & 0xffff0000) {
  case 0x80000000:
    return "kill the process";
  case 0x00000000:
    return "kill the thread";
  case 0x00030000:
    return "trap";
  case 0x00050000:
    return "errno " + ir::errnoText(uint16_t(value));
  case 0x7fc00000:
    return "notify";
  case 0x7ff00000:
    return "trace " + data;
  case 0x7ffc0000:
    return "log";
  case 0x7fff0000:
    return "allow";
  }
  return "an action that kills the process";
}

namespace {
/// Steps through a program from its start. Jumps only lead forward, so that
/// all ways to a line were seen before it is its turn.
class Disassembler {
public:
  Disassembler(llvm::ArrayRef<BpfInsn> program, uint32_t auditArch);

  std::vector<CodeLine> lines();

private:
  std::string comment(size_t at) const;
  std::string jumpComment(size_t at) const;
  std::string testedName(BpfInsn insn, Loaded loaded) const;
  void step(size_t at);
  void arrive(uint64_t at, Loaded loaded);

  llvm::ArrayRef<BpfInsn> program;
  std::vector<Loaded> loaded;  // before each line
  std::vector<bool> isReached; // by a line that was stepped through
  llvm::SmallVector<llvm::StringRef, 512> names; // by syscall number
};
} // namespace

Disassembler::Disassembler(llvm::ArrayRef<BpfInsn> program, uint32_t auditArch)
    : program(program), loaded(program.size()), isReached(program.size()) {
  std::optional<kernel::Arch> arch = archOf(auditArch);
  if (!arch)
    return;
  for (const kernel::Syscall &call : kernel::allSyscalls()) {
    int32_t number = call.numbers[size_t(*arch)];
    if (number < 0)
      continue;
    names.resize(std::max(names.size(), size_t(number) + 1));
    names[size_t(number)] = call.name;
  }
}

/// Notes one way to a line; ways that disagree leave nothing known.
void Disassembler::arrive(uint64_t at, Loaded from) {
  if (at >= program.size())
    return;
  loaded[at] = isReached[at] && loaded[at] != from ? std::nullopt : from;
  isReached[at] = true;
}

static Loaded after(BpfInsn insn, Loaded before) {
  switch (insn.code & kernel::kBpfClassMask) {
  case 0x00: // BPF_LD
    return insn.code == kernel::kBpfLoadAbs ? Loaded(insn.k) : std::nullopt;
  case 0x04: // BPF_ALU
    return std::nullopt;
  case 0x07: // BPF_MISC: txa changes the accumulator, tax does not
    return insn.code == 0x87 ? std::nullopt : before;
  }
  return before;
}

void Disassembler::step(size_t at) {
  BpfInsn insn = program[at];
  uint16_t kind = insn.code & kernel::kBpfClassMask;
  Loaded now = after(insn, loaded[at]);
  if (kind == kernel::kBpfReturn)
    return;
  if (kind != kernel::kBpfClassJump)
    return arrive(at + 1, now);
  if (insn.code == kernel::kBpfJump)
    return arrive(at + 1 + uint64_t(insn.k), now);
  arrive(at + 1 + insn.jt, now);
  arrive(at + 1 + insn.jf, now);
}

/// The syscall or the architecture that a comparison with a number is about.
std::string Disassembler::testedName(BpfInsn insn, Loaded from) const {
  if (insn.code != 0x15 || !from) // jeq #k
    return "";
  if (*from == kArch && archOf(insn.k))
    return archText(insn.k);
  bool isName = *from == kNr && insn.k < names.size();
  return isName ? names[insn.k].str() : "";
}

std::string Disassembler::jumpComment(size_t at) const {
  BpfInsn insn = program[at];
  if (insn.code == kernel::kBpfJump)
    return "to " + std::to_string(at + 1 + uint64_t(insn.k));
  std::string name = testedName(insn, loaded[at]);
  return name + (name.empty() ? "" : ": ") + "to " +
         std::to_string(at + 1 + insn.jt) + ", else " +
         std::to_string(at + 1 + insn.jf);
}

std::string Disassembler::comment(size_t at) const {
  BpfInsn insn = program[at];
  if (!isReached[at])
    return "never reached";
  if (insn.code == kernel::kBpfLoadAbs)
    return fieldAt(insn.k);
  if (insn.code == kernel::kBpfReturn)
    return actionText(insn.k);
  bool isJump = (insn.code & kernel::kBpfClassMask) == kernel::kBpfClassJump;
  return isJump ? jumpComment(at) : "";
}

std::vector<CodeLine> Disassembler::lines() {
  std::vector<CodeLine> lines;
  arrive(0, std::nullopt);
  for (size_t i = 0; i < program.size(); ++i) {
    if (isReached[i])
      step(i);
    lines.push_back({kernel::bpfText(program[i]), comment(i)});
  }
  return lines;
}

std::vector<CodeLine> disassemble(llvm::ArrayRef<BpfInsn> program,
                                  uint32_t auditArch) {
  return Disassembler(program, auditArch).lines();
}

} // namespace srt::dump
