// lib/Sim/EvalBpf.cpp: runs a filter on one call.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/EvalBpf.h"

#include "lib/Sim/BpfCodes.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

namespace srt::sim {

using namespace bpf;

namespace {
/// The two registers, the 16 words and the place of a running program.
class Machine {
public:
  Machine(llvm::ArrayRef<BpfInsn> program, const SeccompData &data)
      : program(program), data(data) {}

  /// Requires: checkBpf() took the program. Ends: every jump goes forward.
  uint32_t run();

private:
  bool step(const BpfInsn &insn); // false: `result` is final
  void load(const BpfInsn &insn, uint32_t &target);
  bool compute(const BpfInsn &insn);
  void jump(const BpfInsn &insn);
  uint32_t word(uint32_t offset) const;

  llvm::ArrayRef<BpfInsn> program;
  const SeccompData &data;
  uint32_t a = 0;
  uint32_t x = 0;
  std::array<uint32_t, kMemoryWords> memory{};
  size_t pc = 0;
  uint32_t result = 0;
};
} // namespace

/// kernel/seccomp.c:populate_seccomp_data: the structure in the machine's own
/// byte order, so the low half of an argument comes first here.
uint32_t Machine::word(uint32_t offset) const {
  uint32_t value;
  std::memcpy(&value, reinterpret_cast<const char *>(&data) + offset,
              sizeof value);
  return value;
}

void Machine::load(const BpfInsn &insn, uint32_t &target) {
  switch (insn.code & kModeMask) {
  case kAbs:
    target = word(insn.k);
    return;
  case kLen:
    target = sizeof(SeccompData);
    return;
  case kImm:
    target = insn.k;
    return;
  case kMem:
    target = memory[insn.k];
    return;
  }
}

/// Returns false if the program ends here: division by a zero in X returns 0
/// (net/core/filter.c:bpf_convert_filter, "Error with exception code on
/// div/mod by 0", v6.12).
bool Machine::compute(const BpfInsn &insn) {
  uint32_t operand = (insn.code & kSourceMask) == kX ? x : insn.k;
  switch (insn.code & kOpMask) {
  case kAdd:
    a += operand;
    return true;
  case kSub:
    a -= operand;
    return true;
  case kMul:
    a *= operand;
    return true;
  case kDiv:
    a = operand == 0 ? 0 : a / operand;
    return operand != 0;
  case kAnd:
    a &= operand;
    return true;
  case kOr:
    a |= operand;
    return true;
  case kXor:
    a ^= operand;
    return true;
  // A shift by X looks at its 5 low bits only (kernel/bpf/core.c, v6.12).
  case kLsh:
    a <<= operand & 31;
    return true;
  case kRsh:
    a >>= operand & 31;
    return true;
  case kNeg:
    a = 0 - a;
    return true;
  }
  return true;
}

void Machine::jump(const BpfInsn &insn) {
  uint32_t operand = (insn.code & kSourceMask) == kX ? x : insn.k;
  bool holds = false;
  switch (insn.code & kOpMask) {
  case kJa:
    pc += insn.k;
    return;
  case kJeq:
    holds = a == operand;
    break;
  case kJgt:
    holds = a > operand;
    break;
  case kJge:
    holds = a >= operand;
    break;
  case kJset:
    holds = (a & operand) != 0;
    break;
  }
  pc += holds ? insn.jt : insn.jf;
}

bool Machine::step(const BpfInsn &insn) {
  switch (insn.code & kClassMask) {
  case kLd:
    load(insn, a);
    return true;
  case kLdx:
    load(insn, x);
    return true;
  case kSt:
    memory[insn.k] = a;
    return true;
  case kStx:
    memory[insn.k] = x;
    return true;
  case kAlu:
    return compute(insn);
  case kJmp:
    jump(insn);
    return true;
  case kRet:
    result = (insn.code & kReturnMask) == kA ? a : insn.k;
    return false;
  case kMisc:
    // The only two are TAX and TXA, which differ in one bit.
    (insn.code == (kMisc | kTxa) ? a : x) = insn.code == (kMisc | kTxa) ? x : a;
    return true;
  }
  return false;
}

uint32_t Machine::run() {
  while (true) {
    assert(pc < program.size());
    if (!step(program[pc++]))
      return result;
  }
}

std::optional<uint32_t> evalBpf(llvm::ArrayRef<BpfInsn> program,
                                const SeccompData &data, std::string &why) {
  if (!checkBpf(program, why))
    return std::nullopt;
  return Machine(program, data).run();
}

SeccompVerdict verdictOf(uint32_t value) {
  constexpr uint16_t kMaxError = 4095; // MAX_ERRNO, include/linux/err.h
  constexpr uint16_t kNoSys = 38;      // ENOSYS
  using Kind = SeccompVerdict::Kind;
  switch (value & kActionMask) {
  case kRetAllow:
  case kRetLog:
    return {Kind::Allow, 0};
  case kRetErrno:
    return {Kind::Errno, std::min<uint16_t>(value & kDataMask, kMaxError)};
  case kRetTrace:
    return {Kind::Errno, kNoSys};
  case kRetUserNotif:
    return {Kind::Notify, 0};
  }
  return {Kind::Kill, 0}; // TRAP too: the call is not made
}

} // namespace srt::sim
