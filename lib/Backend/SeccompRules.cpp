// lib/Backend/SeccompRules.cpp: decides what each syscall needs of the filter.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

using ir::ArgTest;
using ir::Conjunction;
using ir::SyscallDecision;

static constexpr uint64_t kAllBits = ~uint64_t(0);

namespace {
/// What a test says without looking at the argument.
enum class Outcome : uint8_t { Depends, Always, Never };
} // namespace

static Outcome outcomeIf(bool isAlways, bool isNever) {
  if (isAlways)
    return Outcome::Always;
  return isNever ? Outcome::Never : Outcome::Depends;
}

static Outcome outcomeOf(const ArgTest &test) {
  switch (test.op) {
  case ArgTest::Op::Eq:
    return outcomeIf(test.mask == 0 && test.operand == 0,
                     (test.operand & ~test.mask) != 0);
  case ArgTest::Op::Ne:
    return outcomeIf((test.operand & ~test.mask) != 0,
                     test.mask == 0 && test.operand == 0);
  case ArgTest::Op::Lt:
    return outcomeIf(test.mask < test.operand, test.operand == 0);
  case ArgTest::Op::Le:
    return outcomeIf(test.mask <= test.operand, false);
  case ArgTest::Op::Gt:
    return outcomeIf(false, test.mask <= test.operand);
  case ArgTest::Op::Ge:
    return outcomeIf(test.operand == 0, test.mask < test.operand);
  }
  llvm_unreachable("unknown operator");
}

/// True if libseccomp has a comparison for it: only equality takes a mask
/// (seccomp_rule_add(3), SCMP_CMP_MASKED_EQ).
static bool isTellable(const ArgTest &test) {
  return test.index < 6 &&
         (test.mask == kAllBits || test.op == ArgTest::Op::Eq);
}

static llvm::Error refuse(const SyscallDecision &decision, const char *why) {
  return llvm::make_error<NotTellable>(decision.name, why);
}

/// Sorts the tests and removes the vacuous ones; nothing if it never holds.
static llvm::Expected<std::optional<Conjunction>>
normalised(const SyscallDecision &decision, const Conjunction &tests) {
  Conjunction kept;
  bool isNever = false;
  for (const ArgTest &test : tests) {
    Outcome outcome = outcomeOf(test);
    isNever |= outcome == Outcome::Never;
    if (outcome != Outcome::Depends)
      continue;
    if (!isTellable(test))
      return refuse(decision, "a masked argument is compared with another operator than `==`");
    kept.push_back(test);
  }
  llvm::stable_sort(kept, [](const ArgTest &a, const ArgTest &b) {
    return a.index < b.index;
  });
  for (size_t i = 1; i < kept.size(); ++i)
    if (kept[i].index == kept[i - 1].index)
      return refuse(decision, "an argument is tested twice in one condition");
  if (isNever)
    return std::nullopt;
  return kept;
}

/// True if `narrow` holds only where `wide` does, as their texts show.
static bool isImplied(const Conjunction &wide, const Conjunction &narrow) {
  return llvm::all_of(wide, [&](const ArgTest &test) {
    return llvm::is_contained(narrow, test);
  });
}

/// The conjunctions in normal form, without those that another one implies.
/// Nothing: none ever holds. One that is empty: always. O(n^2).
static llvm::Expected<std::vector<Conjunction>>
normalised(const SyscallDecision &decision,
           const std::vector<Conjunction> &conjunctions) {
  std::vector<Conjunction> kept;
  for (const Conjunction &tests : conjunctions) {
    auto next = normalised(decision, tests);
    if (!next)
      return next.takeError();
    auto impliesNext = [&](const Conjunction &wide) {
      return isImplied(wide, **next);
    };
    if (!*next || llvm::any_of(kept, impliesNext))
      continue;
    llvm::erase_if(kept, [&](const Conjunction &narrow) {
      return isImplied(**next, narrow);
    });
    kept.push_back(std::move(**next));
  }
  return kept;
}

static bool isAlways(const std::vector<Conjunction> &conjunctions) {
  return conjunctions.size() == 1 && conjunctions.front().empty();
}

/// The conditions under which a call may pass; one that is empty: always.
static llvm::Expected<std::vector<Conjunction>>
conditionsOf(const SyscallDecision &decision) {
  if (!decision.isAllowed)
    return std::vector<Conjunction>{};
  if (decision.allowIf.empty())
    return std::vector<Conjunction>{{}};
  return normalised(decision, decision.allowIf);
}

/// The chain that asks `deny` first, as ir::SyscallDecision says.
static SeccompChain chainOf(uint32_t number, uint32_t failure,
                            std::vector<Conjunction> deny,
                            std::vector<Conjunction> allow) {
  SeccompChain chain{number, {}, failure};
  for (Conjunction &tests : deny)
    chain.rules.push_back({number, failure, std::move(tests)});
  if (isAlways(allow)) {
    chain.otherwise = kAllow;
    return chain;
  }
  for (Conjunction &tests : allow)
    chain.rules.push_back({number, kAllow, std::move(tests)});
  return chain;
}

static void append(SeccompRules &rules, SeccompRule rule) {
  // What the plain rules do not name fails with ENOSYS anyway.
  if (rule.action != failWith(kEnosys))
    rules.plain.push_back(std::move(rule));
}

static llvm::Error appendDecision(SeccompRules &rules,
                                  const SyscallDecision &decision,
                                  uint32_t number) {
  // The kernel caps errno at MAX_ERRNO, and 0 would look like success.
  if (decision.error == 0 || decision.error > 4095)
    return refuse(decision, "its errno is not in 1..4095");
  if (!decision.notifyIf.empty())
    return refuse(decision, "the broker judges it");
  auto deny = normalised(decision, decision.denyIf);
  if (!deny)
    return deny.takeError();
  auto allow = conditionsOf(decision);
  if (!allow)
    return allow.takeError();
  uint32_t failure = failWith(decision.error);
  if (allow->empty() || isAlways(*deny))
    append(rules, {number, failure, {}});
  else if (isAlways(*allow) && deny->empty())
    append(rules, {number, kAllow, {}});
  else
    rules.chains.push_back(
        chainOf(number, failure, std::move(*deny), std::move(*allow)));
  return llvm::Error::success();
}

/// What the machine ignores of an argument takes part in no test.
static void narrowTo(uint64_t argBits, SyscallDecision &decision) {
  for (auto *any : {&decision.denyIf, &decision.allowIf, &decision.notifyIf})
    for (Conjunction &tests : *any)
      for (ArgTest &test : tests)
        test.mask &= argBits;
}

llvm::Expected<SeccompRules> rulesOf(const ir::Plan &plan, kernel::Arch arch) {
  SeccompRules rules;
  for (SyscallDecision decision : plan.syscalls) {
    narrowTo(kernel::argBits(arch), decision);
    if (!kernel::isSyscall(decision.name))
      return refuse(decision, "it is not a known syscall");
    std::optional<uint32_t> number = kernel::syscallNumber(decision.name, arch);
    if (!number)
      continue;
    if (llvm::Error error = appendDecision(rules, decision, *number))
      return error;
  }
  return rules;
}

} // namespace srt::backend
