// lib/Sim/CheckBpf.cpp: which classic BPF programs the kernel loads.
// SPDX-License-Identifier: Apache-2.0
//
// The kernel's own two checks in its own order, instruction by instruction.
#include "lib/Sim/EvalBpf.h"

#include "lib/Sim/BpfCodes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <vector>

namespace srt::sim {

using namespace bpf;

/// kernel/seccomp.c:seccomp_check_filter's list, v6.12. No kMod, no packet
/// loads but the one that reads seccomp_data.
static constexpr uint16_t kTaken[] = {
    kLd | kAbs,
    kLd | kLen,
    kLdx | kLen,
    kRet | kK,
    kRet | kA,
    kAlu | kAdd | kK,
    kAlu | kAdd | kX,
    kAlu | kSub | kK,
    kAlu | kSub | kX,
    kAlu | kMul | kK,
    kAlu | kMul | kX,
    kAlu | kDiv | kK,
    kAlu | kDiv | kX,
    kAlu | kAnd | kK,
    kAlu | kAnd | kX,
    kAlu | kOr | kK,
    kAlu | kOr | kX,
    kAlu | kXor | kK,
    kAlu | kXor | kX,
    kAlu | kLsh | kK,
    kAlu | kLsh | kX,
    kAlu | kRsh | kK,
    kAlu | kRsh | kX,
    kAlu | kNeg,
    kLd | kImm,
    kLdx | kImm,
    kMisc | kTax,
    kMisc | kTxa,
    kLd | kMem,
    kLdx | kMem,
    kSt,
    kStx,
    kJmp | kJa,
    kJmp | kJeq | kK,
    kJmp | kJeq | kX,
    kJmp | kJge | kK,
    kJmp | kJge | kX,
    kJmp | kJgt | kK,
    kJmp | kJgt | kX,
    kJmp | kJset | kK,
    kJmp | kJset | kX,
};

static bool isConditional(uint16_t code) {
  return (code & kClassMask) == kJmp && (code & kOpMask) != kJa;
}

static bool isMemory(uint16_t code) {
  return code == (kLd | kMem) || code == (kLdx | kMem) || code == kSt ||
         code == kStx;
}

/// What the kernel has against the instruction at `pc`; empty if nothing.
static llvm::StringRef problemAt(llvm::ArrayRef<BpfInsn> program, size_t pc) {
  const BpfInsn &insn = program[pc];
  uint64_t behind = program.size() - pc - 1; // instructions that follow
  if (!llvm::is_contained(kTaken, insn.code))
    return "opcode is not one that seccomp takes";
  if (insn.code == (kAlu | kDiv | kK) && insn.k == 0)
    return "division by the constant 0";
  bool isShift =
      insn.code == (kAlu | kLsh | kK) || insn.code == (kAlu | kRsh | kK);
  if (isShift && insn.k >= 32)
    return "shift by 32 or more";
  if (isMemory(insn.code) && insn.k >= kMemoryWords)
    return "memory slot past the last";
  if (insn.code == (kJmp | kJa) && insn.k >= behind)
    return "jump past the end";
  if (isConditional(insn.code) && (insn.jt >= behind || insn.jf >= behind))
    return "jump past the end";
  bool isLoad = insn.code == (kLd | kAbs);
  if (isLoad && (insn.k >= sizeof(SeccompData) || insn.k % 4 != 0))
    return "load outside seccomp_data, or not of a whole word";
  return {};
}

static std::string complaint(size_t pc, llvm::StringRef problem) {
  return ("instruction " + std::to_string(pc) + ": ") + problem.str();
}

/// Follows which of the 16 memory slots were stored to on every way to each
/// instruction. Requires: jumps stay inside. Source: net/core/filter.c:
/// check_load_and_stores, v6.12.
static bool storesComeFirst(llvm::ArrayRef<BpfInsn> program, std::string &why) {
  std::vector<uint16_t> onEveryWay(program.size(), 0xffff);
  uint16_t stored = 0;
  for (size_t pc = 0; pc < program.size(); ++pc) {
    const BpfInsn &insn = program[pc];
    stored &= onEveryWay[pc];
    if (insn.code == kSt || insn.code == kStx) {
      stored |= uint16_t(1u << insn.k);
    } else if (isMemory(insn.code) && !(stored >> insn.k & 1)) {
      why = complaint(pc, "memory slot is loaded before it is stored");
      return false;
    } else if (insn.code == (kJmp | kJa)) {
      onEveryWay[pc + 1 + insn.k] &= stored;
      stored = 0xffff;
    } else if (isConditional(insn.code)) {
      onEveryWay[pc + 1 + insn.jt] &= stored;
      onEveryWay[pc + 1 + insn.jf] &= stored;
      stored = 0xffff;
    }
  }
  return true;
}

bool checkBpf(llvm::ArrayRef<BpfInsn> program, std::string &why) {
  if (program.empty() || program.size() > kMaxInsns) {
    why = "program has " + std::to_string(program.size()) +
          " instructions; the kernel takes 1 to 4096";
    return false;
  }
  for (size_t pc = 0; pc < program.size(); ++pc) {
    llvm::StringRef problem = problemAt(program, pc);
    if (problem.empty())
      continue;
    why = complaint(pc, problem);
    return false;
  }
  if ((program.back().code & kClassMask) != kRet) {
    why = complaint(program.size() - 1, "the last one does not return");
    return false;
  }
  return storesComeFirst(program, why);
}

} // namespace srt::sim
