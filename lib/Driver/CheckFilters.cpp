// lib/Driver/CheckFilters.cpp: are the filters what the plan says?
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/CheckFilters.h"

#include "lib/Sim/EvalBpf.h"
#include "runtime/bundle/check.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

using Args = std::array<uint64_t, 6>;
using sim::SeccompVerdict;

namespace {
/// One filter and the architecture it is for.
struct Filter {
  kernel::Arch arch;
  llvm::ArrayRef<sim::BpfInsn> program;
};
} // namespace

static bool holds(const ir::ArgTest &test, const Args &args) {
  uint64_t value = args[test.index] & test.mask;
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return value == test.operand;
  case ir::ArgTest::Op::Ne:
    return value != test.operand;
  case ir::ArgTest::Op::Lt:
    return value < test.operand;
  case ir::ArgTest::Op::Le:
    return value <= test.operand;
  case ir::ArgTest::Op::Gt:
    return value > test.operand;
  case ir::ArgTest::Op::Ge:
    return value >= test.operand;
  }
  llvm_unreachable("unknown test");
}

static bool holdsAny(llvm::ArrayRef<ir::Conjunction> any, const Args &args) {
  return llvm::any_of(any, [&](const ir::Conjunction &all) {
    return llvm::all_of(
        all, [&](const ir::ArgTest &test) { return holds(test, args); });
  });
}

/// What the plan says to a call.
static SeccompVerdict planned(const ir::SyscallDecision &decision,
                              const Args &args) {
  bool isPermitted =
      !holdsAny(decision.denyIf, args) && decision.isAllowed &&
      (decision.allowIf.empty() || holdsAny(decision.allowIf, args));
  if (isPermitted && holdsAny(decision.notifyIf, args))
    return {SeccompVerdict::Kind::Notify, 0};
  if (isPermitted)
    return {SeccompVerdict::Kind::Allow, 0};
  return {SeccompVerdict::Kind::Errno, decision.error};
}

/// Values on both sides of a test, with and without bits that it ignores.
static llvm::SmallVector<uint64_t, 8> probesOf(const ir::ArgTest &test) {
  uint64_t operand = test.operand;
  return {operand,
          operand + 1,
          operand - 1,
          operand | ~test.mask,
          operand ^ (test.mask & (~test.mask + 1)),
          operand | uint64_t(1) << 32,
          operand | uint64_t(1) << 63,
          operand & 0xffffffff};
}

/// Adds calls around one conjunction: the one that satisfies it, and those
/// that differ from it in one argument.
static void addProbes(const ir::Conjunction &tests, std::vector<Args> &calls) {
  Args base{};
  for (const ir::ArgTest &test : tests)
    base[test.index] = test.operand;
  calls.push_back(base);
  for (const ir::ArgTest &test : tests)
    for (uint64_t value : probesOf(test)) {
      Args call = base;
      call[test.index] = value;
      calls.push_back(call);
    }
}

static std::vector<Args> callsFor(const ir::SyscallDecision &decision) {
  Args ones;
  ones.fill(~uint64_t(0));
  std::vector<Args> calls{Args{}, ones};
  for (const ir::Conjunction &tests : decision.allowIf)
    addProbes(tests, calls);
  for (const ir::Conjunction &tests : decision.denyIf)
    addProbes(tests, calls);
  for (const ir::Conjunction &tests : decision.notifyIf)
    addProbes(tests, calls);
  return calls;
}

static std::string textOf(SeccompVerdict verdict) {
  switch (verdict.kind) {
  case SeccompVerdict::Kind::Allow:
    return "allow";
  case SeccompVerdict::Kind::Notify:
    return "broker";
  case SeccompVerdict::Kind::Errno:
    return "errno " + std::to_string(verdict.error);
  case SeccompVerdict::Kind::Kill:
    return "kill";
  }
  llvm_unreachable("unknown verdict");
}

/// Runs one call and compares. `what` names it in the error.
static llvm::Error expect(const Filter &filter, const sim::SeccompData &data,
                          SeccompVerdict wanted, llvm::StringRef what) {
  std::string why;
  std::optional<uint32_t> value = sim::evalBpf(filter.program, data, why);
  if (!value)
    return llvm::createStringError("the filter for " +
                                   kernel::archName(filter.arch) + ": " + why);
  SeccompVerdict found = sim::verdictOf(*value);
  if (found.kind == wanted.kind && found.error == wanted.error)
    return llvm::Error::success();
  std::string args;
  for (uint64_t arg : data.args)
    args += " 0x" + llvm::utohexstr(arg, /*LowerCase=*/true);
  return llvm::createStringError(
      "the filter for " + kernel::archName(filter.arch) + " says " +
      textOf(found) + " to " + what + args + ", the plan says " +
      textOf(wanted));
}

static llvm::Error checkDecision(const Filter &filter,
                                 const ir::SyscallDecision &decision) {
  std::optional<uint32_t> number =
      kernel::syscallNumber(decision.name, filter.arch);
  if (!number)
    return llvm::Error::success();
  for (Args &args : callsFor(decision)) {
    sim::SeccompData data;
    data.nr = int32_t(*number);
    data.arch = kernel::auditArch(filter.arch);
    llvm::copy(args, data.args);
    for (uint64_t &arg : args)
      arg &= kernel::argBits(filter.arch);
    if (llvm::Error error =
            expect(filter, data, planned(decision, args), decision.name))
      return error;
  }
  return llvm::Error::success();
}

/// AUDIT_ARCH_I386, AUDIT_ARCH_S390, and the bit that marks x32 calls
/// (arch/x86/include/uapi/asm/unistd.h).
static constexpr uint32_t kI386 = 0x40000003;
static constexpr uint32_t kS390 = 0x00000016;
static constexpr uint32_t kX32 = 0x40000000;

static llvm::Error checkStrangers(const Filter &filter) {
  const SeccompVerdict kill{SeccompVerdict::Kind::Kill, 0};
  const SeccompVerdict enosys{SeccompVerdict::Kind::Errno, 38};
  uint32_t own = kernel::auditArch(filter.arch);
  sim::SeccompData data;
  data.arch = filter.arch == kernel::Arch::I386 ? kS390 : kI386;
  if (llvm::Error error = expect(filter, data, kill, "another architecture"))
    return error;
  data.arch = own;
  data.nr = 100000;
  if (llvm::Error error = expect(filter, data, enosys, "an unknown syscall"))
    return error;
  if (filter.arch != kernel::Arch::X86_64)
    return llvm::Error::success();
  data.nr = int32_t(kX32 | 1);
  return expect(filter, data, kill, "an x32 syscall");
}

static llvm::Error checkFilter(const Filter &filter, const ir::Plan &plan) {
  if (llvm::Error error = checkStrangers(filter))
    return error;
  for (const ir::SyscallDecision &decision : plan.syscalls)
    if (llvm::Error error = checkDecision(filter, decision))
      return error;
  return llvm::Error::success();
}

llvm::Error checkFilters(const ir::Plan &plan, llvm::StringRef bundle) {
  srt_view view{};
  auto *bytes = reinterpret_cast<const uint8_t *>(bundle.data());
  if (srt_check_bundle(bytes, bundle.size(), &view) != 0)
    return llvm::createStringError("the bundle is not one");
  for (kernel::Arch arch : plan.archs)
    for (uint32_t i = 0; i < view.program_count; ++i) {
      const srt_program &program = view.programs[i];
      if (program.arch != kernel::auditArch(arch))
        continue;
      auto *first = reinterpret_cast<const sim::BpfInsn *>(view.filters +
                                                           program.offset);
      if (llvm::Error error = checkFilter({arch, {first, program.count}}, plan))
        return error;
    }
  return llvm::Error::success();
}

} // namespace srt
