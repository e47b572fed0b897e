// lib/Verify/VerifyFilters.cpp: the filters of a bundle against the plan.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/Verify.h"

#include "lib/Sim/BpfCodes.h"
#include "lib/Verify/CallSearch.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::verify {

using sim::SeccompVerdict;

/// Instructions followed and steps of the search for values, in one filter.
static constexpr uint64_t kBudget = 20'000'000;

static constexpr uint8_t kNumber = 0, kMachine = 1; // words of seccomp_data
static constexpr uint32_t kX32Bit = 0x40000000; // asm/unistd.h, x86_64 only
static constexpr uint32_t kKill = 0x80000000;   // SECCOMP_RET_KILL_PROCESS
static constexpr uint32_t kEnosys = 38;

static uint32_t refusal(uint32_t error) {
  return sim::bpf::kRetErrno | error;
}

namespace {
/// A call and what should become of it.
struct Call {
  std::string text; // "ioctl(0x0, 0x5412, 0x0, 0x0, 0x0, 0x0)"
  uint32_t wanted;  // a value to return
};

class FilterVerifier {
public:
  FilterVerifier(const ir::Plan &plan, kernel::Arch arch);
  Result run(llvm::ArrayRef<sim::BpfInsn> program);

private:
  std::optional<Call> wrongCall(const Condition &path, uint32_t found);
  std::optional<Call> wrongStranger(const Condition &path, uint32_t found);
  std::optional<Call> wrongNumber(const Condition &path, uint32_t found);
  std::optional<Call> wrongDecision(const Condition &path, uint32_t number,
                                    uint32_t found);
  std::optional<uint64_t> value(const Condition &path, uint8_t word,
                                MaskedSet also);
  Counterexample differing(const Call &call, uint32_t found) const;

  kernel::Arch arch;
  std::map<uint32_t, ir::SyscallDecision> named; // as the machine sees them
  ValueSet unnamed; // numbers without a decision
  uint64_t budget = kBudget;
};
} // namespace

/// A machine of 32 bits acts on the low halves only, whatever a caller may have
/// left in the high ones.
static ir::SyscallDecision asSeenBy(kernel::Arch arch,
                                    ir::SyscallDecision decision) {
  for (auto *any : {&decision.denyIf, &decision.allowIf, &decision.notifyIf})
    for (ir::Conjunction &tests : *any)
      for (ir::ArgTest &test : tests)
        test.mask &= kernel::argBits(arch);
  return decision;
}

FilterVerifier::FilterVerifier(const ir::Plan &plan, kernel::Arch arch)
    : arch(arch), unnamed(0, 0xffffffff) {
  for (const ir::SyscallDecision &decision : plan.syscalls)
    if (auto number = kernel::syscallNumber(decision.name, arch)) {
      named[*number] = asSeenBy(arch, decision);
      unnamed = unnamed.without({*number, *number});
    }
}

llvm::StringRef spelling(Counterexample::Kind kind) {
  switch (kind) {
  case Counterexample::Kind::Wider:
    return "wider";
  case Counterexample::Kind::Narrower:
    return "narrower";
  case Counterexample::Kind::Otherwise:
    return "other";
  }
  llvm_unreachable("unknown kind");
}

static std::string hex(uint64_t value) {
  return "0x" + llvm::utohexstr(value, /*LowerCase=*/true);
}

static std::string textOf(uint32_t returned) {
  SeccompVerdict verdict = sim::verdictOf(returned);
  std::string raw = " (" + hex(returned) + ")";
  switch (verdict.kind) {
  case SeccompVerdict::Kind::Allow:
    return "allow" + raw;
  case SeccompVerdict::Kind::Notify:
    return "broker" + raw;
  case SeccompVerdict::Kind::Errno:
    return "errno " + std::to_string(verdict.error) + raw;
  case SeccompVerdict::Kind::Kill:
    return "kill" + raw;
  }
  llvm_unreachable("unknown verdict");
}

/// A value of the word on calls that take the path, `also` being true of it.
std::optional<uint64_t> FilterVerifier::value(const Condition &path,
                                              uint8_t word, MaskedSet also) {
  std::vector<MaskedSet> sets = setsOf(path, word);
  sets.push_back({0xffffffff, {0, 0xffffffff}});
  sets.push_back(std::move(also));
  return valueInAll(sets, budget);
}

/// Calls of another machine, whatever else they are.
std::optional<Call> FilterVerifier::wrongStranger(const Condition &path,
                                                  uint32_t found) {
  uint64_t own = kernel::auditArch(arch);
  ValueSet others = ValueSet(0, 0xffffffff).without({own, own});
  std::optional<uint64_t> machine =
      value(path, kMachine, {0xffffffff, others});
  if (!machine || found == kKill)
    return std::nullopt;
  uint64_t number = value(path, kNumber, {}).value_or(0);
  return Call{"number " + hex(number) + " of machine " + hex(*machine), kKill};
}

/// x32 calls, and numbers that have no name.
std::optional<Call> FilterVerifier::wrongNumber(const Condition &path,
                                                uint32_t found) {
  ValueSet unknown = unnamed;
  bool hasX32 = arch == kernel::Arch::X86_64;
  auto x32 = hasX32 && found != kKill
                 ? value(path, kNumber, {kX32Bit, {kX32Bit, kX32Bit}})
                 : std::nullopt;
  if (x32)
    return Call{"number " + hex(*x32) + " of x32", kKill};
  if (found == refusal(kEnosys))
    return std::nullopt;
  std::vector<MaskedSet> sets = setsOf(path, kNumber);
  sets.push_back({0xffffffff, unknown});
  if (hasX32)
    sets.push_back({kX32Bit, {0, 0}});
  auto number = valueInAll(sets, budget);
  if (!number)
    return std::nullopt;
  return Call{"number " + hex(*number) + ", which has no name",
              refusal(kEnosys)};
}

static std::string callText(const ir::SyscallDecision &decision,
                            const Args &args) {
  std::string text;
  for (uint64_t arg : args)
    text += (text.empty() ? "" : ", ") + hex(arg);
  return decision.name + "(" + text + ")";
}

/// Requires: calls of `number` take the path.
std::optional<Call> FilterVerifier::wrongDecision(const Condition &path,
                                                  uint32_t number,
                                                  uint32_t found) {
  const ir::SyscallDecision &decision = named.at(number);
  uint32_t failure = refusal(decision.error);
  if (found != failure)
    if (auto args = refusedCall(decision, path, budget))
      return Call{callText(decision, *args), failure};
  if (found != sim::bpf::kRetAllow)
    if (auto args = permittedCall(decision, path, budget))
      return Call{callText(decision, *args), sim::bpf::kRetAllow};
  if (found != sim::bpf::kRetUserNotif)
    if (auto args = notifiedCall(decision, path, budget))
      return Call{callText(decision, *args), sim::bpf::kRetUserNotif};
  return std::nullopt;
}

/// A call that takes the path and should not get what the path returns.
std::optional<Call> FilterVerifier::wrongCall(const Condition &path,
                                              uint32_t found) {
  if (auto stranger = wrongStranger(path, found))
    return stranger;
  uint64_t own = kernel::auditArch(arch);
  if (!value(path, kMachine, {0xffffffff, {own, own}}))
    return std::nullopt;
  if (auto number = wrongNumber(path, found))
    return number;
  std::vector<MaskedSet> numbers = setsOf(path, kNumber);
  for (const auto &[number, decision] : named) {
    bool isTaken = true;
    for (const MaskedSet &one : numbers)
      isTaken &= one.set.contains(number & one.mask);
    auto wrong = isTaken ? wrongDecision(path, number, found) : std::nullopt;
    if (wrong)
      return wrong;
  }
  return std::nullopt;
}

static Counterexample::Kind kindOf(uint32_t found, uint32_t wanted) {
  using Kind = SeccompVerdict::Kind;
  // The less is asked, the wider it is.
  auto rank = [](uint32_t value) {
    Kind kind = sim::verdictOf(value).kind;
    return kind == Kind::Allow ? 2 : kind == Kind::Notify ? 1 : 0;
  };
  if (rank(found) != rank(wanted))
    return rank(found) > rank(wanted) ? Counterexample::Kind::Wider
                                      : Counterexample::Kind::Narrower;
  return Counterexample::Kind::Otherwise;
}

Counterexample FilterVerifier::differing(const Call &call,
                                         uint32_t found) const {
  return {kindOf(found, call.wanted),
          "syscall " + call.text + " on " + kernel::archName(arch).str(),
          "the plan says " + textOf(call.wanted) + ", and the filter says " +
              textOf(found)};
}

Result FilterVerifier::run(llvm::ArrayRef<sim::BpfInsn> program) {
  Result result;
  Walk walk = walkFilter(
      program, budget, [&](const Condition &path, uint32_t found) {
        if (std::optional<Call> call = wrongCall(path, found))
          result.counterexample = differing(*call, found);
        return !result.counterexample;
      });
  // A witness is one even if the budget ended after it was found.
  result.isComplete =
      result.counterexample || (walk == Walk::Done && budget > 0);
  return result;
}

Result verifyFilter(const ir::Plan &plan, kernel::Arch arch,
                    llvm::ArrayRef<sim::BpfInsn> program) {
  return FilterVerifier(plan, arch).run(program);
}

Result verifyFilters(const ir::Plan &plan, const sim::Bundle &bundle) {
  for (kernel::Arch arch : plan.archs) {
    auto program = bundle.filterFor(arch);
    if (!program)
      return {Counterexample{Counterexample::Kind::Narrower, "every syscall",
                             "there is no filter for " +
                                 kernel::archName(arch).str()},
              true};
    Result result = verifyFilter(plan, arch, *program);
    if (result.counterexample || !result.isComplete)
      return result;
  }
  if (bundle.view().program_count != plan.archs.size())
    return {Counterexample{Counterexample::Kind::Otherwise, "every syscall",
                           "there are filters for machines that the plan does "
                           "not name"},
            true};
  return {};
}

} // namespace srt::verify
