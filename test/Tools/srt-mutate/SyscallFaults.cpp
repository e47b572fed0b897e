// test/Tools/srt-mutate/SyscallFaults.cpp: decisions on syscalls gone wrong.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-mutate/Faults.h"

namespace srt::mutate {

using Decision = ir::SyscallDecision;

/// Changes the first decision for which `change` says that it could.
static Fault onDecision(std::string name,
                        std::function<bool(Decision &)> change) {
  return {std::move(name), [=](ir::Plan &plan) {
            for (Decision &decision : plan.syscalls)
              if (change(decision))
                return true;
            return false;
          }};
}

/// Changes the first test of the first condition that refuses.
static Fault onTest(std::string name,
                    std::function<void(ir::ArgTest &)> change) {
  return onDecision(std::move(name), [=](Decision &decision) {
    bool hasTest = decision.isAllowed && !decision.denyIf.empty() &&
                   !decision.denyIf.front().empty();
    if (hasTest)
      change(decision.denyIf.front().front());
    return hasTest;
  });
}

static void addAnswers(std::vector<Fault> &faults) {
  faults.push_back(onDecision("permit-refused", [](Decision &decision) {
    return !std::exchange(decision.isAllowed, true);
  }));
  faults.push_back(onDecision("refuse-permitted", [](Decision &decision) {
    return std::exchange(decision.isAllowed, false);
  }));
  faults.push_back(onDecision("other-errno", [](Decision &decision) {
    decision.error ^= 8;
    return !decision.isAllowed;
  }));
}

static void addConditions(std::vector<Fault> &faults) {
  faults.push_back(onDecision("drop-refuse-if", [](Decision &decision) {
    bool hasAny = !decision.denyIf.empty();
    if (hasAny)
      decision.denyIf.pop_back();
    return hasAny;
  }));
  faults.push_back(onDecision("drop-permit-if", [](Decision &decision) {
    bool hasTwo = decision.allowIf.size() > 1;
    if (hasTwo)
      decision.allowIf.pop_back();
    return hasTwo;
  }));
  faults.push_back(onDecision("permit-if-lost", [](Decision &decision) {
    bool hasAny = !decision.allowIf.empty();
    decision.allowIf.clear();
    return hasAny;
  }));
  faults.push_back(onDecision("drop-test", [](Decision &decision) {
    bool hasTwo =
        !decision.allowIf.empty() && decision.allowIf.front().size() > 1;
    if (hasTwo)
      decision.allowIf.front().pop_back();
    return hasTwo;
  }));
}

std::vector<Fault> syscallFaults() {
  using Op = ir::ArgTest::Op;
  std::vector<Fault> faults;
  addAnswers(faults);
  addConditions(faults);
  faults.push_back(onTest("operand-above", [](auto &test) { ++test.operand; }));
  faults.push_back(onTest("operand-below", [](auto &test) { --test.operand; }));
  faults.push_back(
      onTest("other-operator", [](auto &test) { test.op = Op::Ge; }));
  faults.push_back(
      onTest("negated-test", [](auto &test) { test.op = Op::Ne; }));
  faults.push_back(
      onTest("other-argument", [](auto &test) { test.index ^= 1; }));
  faults.push_back(
      onTest("mask-bit-lost", [](auto &test) { test.mask &= test.mask - 1; }));
  faults.push_back(onTest(
      "mask-of-64-bits", [](auto &test) { test.mask = ~uint64_t(0); }));
  return faults;
}

} // namespace srt::mutate
