// test/Tools/srt-mutate/FilterFaults.cpp: instructions gone wrong.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-mutate/Faults.h"

#include "lib/Sim/BpfCodes.h"

namespace srt::mutate {

using namespace sim::bpf;
using Insn = sim::BpfInsn;
using Fits = std::function<bool(const Insn &)>;
using Change = std::function<void(Insn &)>;

static constexpr uint16_t kTestEqual = kJmp | kJeq | kK;
static constexpr uint16_t kTestAtLeast = kJmp | kJge | kK;
static constexpr uint16_t kTestBits = kJmp | kJset | kK;

/// Changes the first instruction that fits.
static FilterFault onFirst(std::string name, Fits fits, Change change) {
  return {std::move(name), [=](std::vector<Insn> &program) {
            for (Insn &insn : program)
              if (fits(insn)) {
                change(insn);
                return true;
              }
            return false;
          }};
}

static Fits hasCode(uint16_t code) {
  return [=](const Insn &insn) { return insn.code == code; };
}

static bool isMachineTest(const Insn &insn) {
  return insn.code == kTestEqual && insn.k >> 24 == 0xc0;
}

static bool isX32Test(const Insn &insn) {
  return insn.code == kTestBits && insn.k == 0x40000000;
}

static Fits returns(uint32_t value) {
  return [=](const Insn &insn) {
    return insn.code == (kRet | kK) && insn.k == value;
  };
}

/// Loads of arguments; the low half has an offset that 8 divides.
static Fits loadsArg(uint32_t rest) {
  return [=](const Insn &insn) {
    return insn.code == (kLd | kAbs) && insn.k >= 16 && insn.k % 8 == rest;
  };
}

static void swapWays(Insn &insn) { std::swap(insn.jt, insn.jf); }
static void alwaysYes(Insn &insn) { insn.jf = insn.jt; }
static void alwaysNo(Insn &insn) { insn.jt = insn.jf; }
static void above(Insn &insn) { ++insn.k; }
static void below(Insn &insn) { --insn.k; }

static void addFront(std::vector<FilterFault> &faults) {
  faults.push_back(onFirst("no-machine-check", isMachineTest, alwaysYes));
  faults.push_back(onFirst("machine-check-swapped", isMachineTest, swapWays));
  faults.push_back(onFirst("other-machine", isMachineTest, above));
  faults.push_back(onFirst("machine-from-number", hasCode(kLd | kAbs),
                           [](Insn &insn) { insn.k = 0; }));
  faults.push_back(onFirst("no-x32-check", isX32Test, alwaysNo));
  faults.push_back(onFirst("x32-check-swapped", isX32Test, swapWays));
  faults.push_back(onFirst("x32-other-bit", isX32Test,
                           [](Insn &insn) { insn.k >>= 1; }));
}

static void addReturns(std::vector<FilterFault> &faults) {
  auto becomes = [](uint32_t value) {
    return [=](Insn &insn) { insn.k = value; };
  };
  faults.push_back(onFirst("kill-becomes-allow", returns(0x80000000),
                           becomes(kRetAllow)));
  faults.push_back(onFirst("kill-of-thread", returns(0x80000000), becomes(0)));
  faults.push_back(
      onFirst("allow-becomes-log", returns(kRetAllow), becomes(kRetLog)));
  faults.push_back(onFirst("allow-becomes-notify", returns(kRetAllow),
                           becomes(kRetUserNotif)));
  faults.push_back(onFirst("errno-becomes-allow", returns(kRetErrno | 1),
                           becomes(kRetAllow)));
  faults.push_back(
      onFirst("errno-of-success", returns(kRetErrno | 1), becomes(kRetErrno)));
  faults.push_back(onFirst("enosys-becomes-eperm", returns(kRetErrno | 38),
                           becomes(kRetErrno | 1)));
}

static void addJumps(std::vector<FilterFault> &faults) {
  for (auto [name, code] : {std::pair("equal", kTestEqual),
                            {"at-least", kTestAtLeast},
                            {"bits", kTestBits}}) {
    Fits fits = [code = code](const Insn &insn) {
      return insn.code == code && !isMachineTest(insn) && !isX32Test(insn);
    };
    std::string test = name;
    faults.push_back(onFirst(test + "-swapped", fits, swapWays));
    faults.push_back(onFirst(test + "-always", fits, alwaysYes));
    faults.push_back(onFirst(test + "-never", fits, alwaysNo));
    faults.push_back(onFirst(test + "-above", fits, above));
    faults.push_back(onFirst(test + "-below", fits, below));
    faults.push_back(onFirst(test + "-jumps-short", fits, [](Insn &insn) {
      (insn.jt ? insn.jt : insn.jf) -= 1;
    }));
  }
  faults.push_back(onFirst("at-least-becomes-above", hasCode(kTestAtLeast),
                           [](Insn &insn) { insn.code = kJmp | kJgt | kK; }));
  faults.push_back(onFirst("jump-further", hasCode(kJmp | kJa), above));
}

static void addArgs(std::vector<FilterFault> &faults) {
  auto mask = hasCode(kAlu | kAnd | kK);
  auto otherHalf = [](Insn &insn) { insn.k ^= 4; };
  auto otherArg = [](Insn &insn) { insn.k += insn.k < 56 ? 8 : -8; };
  faults.push_back(onFirst("high-half-for-low", loadsArg(0), otherHalf));
  faults.push_back(onFirst("low-half-for-high", loadsArg(4), otherHalf));
  faults.push_back(onFirst("other-arg-low", loadsArg(0), otherArg));
  faults.push_back(onFirst("other-arg-high", loadsArg(4), otherArg));
  faults.push_back(onFirst("number-for-arg", loadsArg(0),
                           [](Insn &insn) { insn.k = 0; }));
  faults.push_back(onFirst("mask-bit-more", mask,
                           [](Insn &insn) { insn.k |= insn.k + 1; }));
  faults.push_back(onFirst("mask-bit-less", mask,
                           [](Insn &insn) { insn.k &= insn.k - 1; }));
  faults.push_back(
      onFirst("no-mask", mask, [](Insn &insn) { insn.k = ~uint32_t(0); }));
}

std::vector<FilterFault> filterFaults() {
  std::vector<FilterFault> faults;
  addFront(faults);
  addReturns(faults);
  addJumps(faults);
  addArgs(faults);
  return faults;
}

} // namespace srt::mutate
