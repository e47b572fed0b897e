// test/Tools/srt-filter-check/Compare.cpp: runs two programs side by side.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-filter-check/FilterCheck.h"

#include "lib/Backend/SeccompFilter.h"
#include "lib/Sim/EvalBpf.h"
#include "lib/Verify/Verify.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

namespace srt::filtercheck {

using Random = std::mt19937_64;
using Program = std::vector<sim::BpfInsn>;

/// The program of one generator; empty if it cannot be made.
static Program programOf(const ir::Plan &plan, kernel::Arch arch,
                         backend::Generator generator, Counts &counts) {
  auto made = backend::emitSeccomp(plan, arch, generator);
  Program program;
  if (made)
    for (const backend::Instruction &insn : *made)
      program.push_back({insn.code, insn.jt, insn.jf, insn.k});
  else
    llvm::handleAllErrors(
        made.takeError(),
        [&](const backend::NotTellable &) { ++counts.untellable; },
        [&](const backend::FilterTooLong &) { ++counts.tooLong; });
  return program;
}

static bool holds(const ir::ArgTest &test, const uint64_t *args) {
  uint64_t value = args[test.index] & test.mask, operand = test.operand;
  int order = value < operand ? -1 : value > operand;
  static constexpr unsigned kOrders[] = {2, 5, 1, 3, 4, 6}; // by Op: < = >
  return kOrders[unsigned(test.op)] >> (order + 1) & 1;
}

static bool anyHolds(const std::vector<ir::Conjunction> &any,
                     const uint64_t *args) {
  return llvm::any_of(any, [&](const ir::Conjunction &all) {
    return llvm::all_of(
        all, [&](const ir::ArgTest &test) { return holds(test, args); });
  });
}

static uint32_t planned(const ir::SyscallDecision &decision,
                        const uint64_t *args) {
  bool isPermitted =
      !anyHolds(decision.denyIf, args) && decision.isAllowed &&
      (decision.allowIf.empty() || anyHolds(decision.allowIf, args));
  return isPermitted ? 0x7fff0000 : 0x50000 | decision.error;
}

/// A value that one of the decision's tests is about, or one beside it.
static uint64_t near(const ir::SyscallDecision &decision, Random &random,
                     size_t index) {
  std::vector<uint64_t> values{0, ~uint64_t(0), random()};
  for (const auto *any : {&decision.denyIf, &decision.allowIf})
    for (const ir::Conjunction &all : *any)
      for (const ir::ArgTest &test : all)
        if (test.index == index)
          llvm::append_range(
              values, std::initializer_list<uint64_t>{
                          test.operand, test.operand + 1, test.operand - 1,
                          test.operand | ~test.mask,
                          test.operand ^ (uint64_t(1) << random() % 64),
                          (test.operand & test.mask) | (random() & ~test.mask),
                          uint64_t(uint32_t(test.operand))});
  return values[random() % values.size()];
}

namespace {
struct Pair {
  kernel::Arch arch;
  Program own, library; // the latter may be empty
};
} // namespace

static bool agree(const Pair &pair, const sim::SeccompData &data,
                  uint32_t wanted, llvm::StringRef name) {
  std::string why;
  std::optional<uint32_t> own = sim::evalBpf(pair.own, data, why);
  std::optional<uint32_t> library =
      pair.library.empty() ? own : sim::evalBpf(pair.library, data, why);
  if (own == wanted && library == wanted)
    return true;
  llvm::outs() << kernel::archName(pair.arch) << ' ' << name << " nr "
               << data.nr;
  for (uint64_t arg : data.args)
    llvm::outs() << ' ' << llvm::format_hex(arg, 1);
  llvm::outs() << ": own " << llvm::format_hex(own.value_or(1), 10)
               << ", libseccomp " << llvm::format_hex(library.value_or(1), 10)
               << ", plan " << llvm::format_hex(wanted, 10) << ' ' << why
               << '\n';
  return false;
}

static bool agreeOn(const Pair &pair, const ir::SyscallDecision &decision,
                    Random &random, Counts &counts) {
  std::optional<uint32_t> number =
      kernel::syscallNumber(decision.name, pair.arch);
  size_t conditions = decision.denyIf.size() + decision.allowIf.size();
  bool isFine = true;
  for (size_t i = 0; number && isFine && i < 2 + 80 * conditions; ++i) {
    sim::SeccompData data;
    data.nr = int32_t(*number);
    data.arch = kernel::auditArch(pair.arch);
    for (size_t arg = 0; arg < 6; ++arg)
      data.args[arg] = near(decision, random, arg);
    ++counts.calls;
    uint64_t seen[6]; // by the machine
    for (size_t arg = 0; arg < 6; ++arg)
      seen[arg] = data.args[arg] & kernel::argBits(pair.arch);
    isFine = agree(pair, data, planned(decision, seen), decision.name);
  }
  return isFine;
}

/// Numbers without a name, and other machines.
static bool agreeOnStrangers(const Pair &pair, Random &random,
                             Counts &counts) {
  std::set<uint32_t> named;
  for (const kernel::Syscall &syscall : kernel::allSyscalls())
    if (auto number = kernel::syscallNumber(syscall.name, pair.arch))
      named.insert(*number);
  bool isX86 = pair.arch == kernel::Arch::X86_64;
  for (size_t i = 0; i < 1500; ++i) {
    sim::SeccompData data;
    data.nr = int32_t(i < 1000 ? i : random());
    data.arch = i % 7 == 0 ? uint32_t(random()) : kernel::auditArch(pair.arch);
    bool isKilled = data.arch != kernel::auditArch(pair.arch) ||
                    (isX86 && (data.nr & 0x40000000));
    if (!isKilled && named.count(uint32_t(data.nr)))
      continue;
    ++counts.calls;
    if (!agree(pair, data, isKilled ? 0x80000000 : 0x50026, "no name"))
      return false;
  }
  return true;
}

/// Random programs may ask for too much; a proof that fails must not.
static bool isProved(const ir::Plan &plan, kernel::Arch arch,
                     const Program &program, Counts &counts) {
  if (program.empty())
    return true;
  verify::Result result = verify::verifyFilter(plan, arch, program);
  counts.unproved += !result.isComplete;
  if (!result.counterexample)
    return true;
  llvm::outs() << "not proved: " << result.counterexample->event << ": "
               << result.counterexample->why << '\n';
  return false;
}

/// Changes one instruction; false if the kernel would not take the result.
static bool change(Program &program, Random &random) {
  sim::BpfInsn &insn = program[random() % program.size()];
  switch (random() % 5) {
  case 0:
    insn.k += random() % 2 ? 1 : -1;
    break;
  case 1:
    insn.k ^= 1u << random() % 32;
    break;
  case 2:
    std::swap(insn.jt, insn.jf);
    break;
  case 3:
    insn.jt += random() % 2 ? 1 : -1;
    break;
  case 4:
    insn.jf += random() % 2 ? 1 : -1;
    break;
  }
  std::string why;
  return sim::checkBpf(program, why);
}

/// The first call of some that the changed program answers otherwise.
static std::optional<sim::SeccompData>
differingCall(const ir::Plan &plan, const Pair &pair, Random &random) {
  std::string why;
  for (const ir::SyscallDecision &decision : plan.syscalls)
    for (size_t i = 0; i < 4; ++i) {
      sim::SeccompData data;
      data.nr = int32_t(
          kernel::syscallNumber(decision.name, pair.arch).value_or(9999));
      data.arch = kernel::auditArch(pair.arch) ^ (i == 3);
      for (size_t arg = 0; arg < 6; ++arg)
        data.args[arg] = near(decision, random, arg);
      if (sim::evalBpf(pair.own, data, why) !=
          sim::evalBpf(pair.library, data, why))
        return data;
    }
  return std::nullopt;
}

/// Whatever a few calls show, the verifier has to show too.
static bool noticesFaults(const ir::Plan &plan, const Pair &pair,
                          Random &random, Counts &counts) {
  for (size_t i = 0; i < 40; ++i) {
    Pair changed = pair;
    changed.library = pair.own;
    if (!change(changed.own, random))
      continue;
    auto call = differingCall(plan, changed, random);
    counts.faults += call.has_value();
    verify::Result result =
        verify::verifyFilter(plan, pair.arch, changed.own);
    if (!call || result.counterexample || !result.isComplete)
      continue;
    llvm::outs() << "a fault in number " << call->nr << " is not noticed\n";
    return false;
  }
  return true;
}

bool compareGenerators(const ir::Plan &plan, Random &random, Counts &counts) {
  bool isFine = true;
  for (kernel::Arch arch : plan.archs) {
    Pair pair{arch, programOf(plan, arch, backend::Generator::Own, counts),
              programOf(plan, arch, backend::Generator::Libseccomp, counts)};
    if (pair.own.empty())
      continue;
    ++counts.programs;
    for (const ir::SyscallDecision &decision : plan.syscalls)
      isFine &= agreeOn(pair, decision, random, counts);
    isFine &= agreeOnStrangers(pair, random, counts);
    isFine &= isProved(plan, arch, pair.own, counts) &&
              isProved(plan, arch, pair.library, counts) &&
              noticesFaults(plan, pair, random, counts);
  }
  return isFine;
}

} // namespace srt::filtercheck
