// lib/Backend/SeccompRules.h: what the filter does for each syscall number.
// SPDX-License-Identifier: Apache-2.0
//
// The decisions of a plan for one architecture, by number and with conditions
// in normal form: no test is vacuous and no condition contains another.
#ifndef SRT_LIB_BACKEND_SECCOMPRULES_H
#define SRT_LIB_BACKEND_SECCOMPRULES_H

#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"

namespace srt::backend {

/// SECCOMP_RET_* (include/uapi/linux/seccomp.h, v6.12).
inline constexpr uint32_t kKillProcess = 0x80000000;
inline constexpr uint32_t kAllow = 0x7fff0000;
constexpr uint32_t failWith(uint16_t error) { return 0x00050000 | error; }
inline constexpr uint16_t kEperm = 1;
inline constexpr uint16_t kEnosys = 38;

/// "If all `tests` hold for a call of `number`: `action`."
struct SeccompRule {
  uint32_t number = 0;
  uint32_t action = kAllow;
  ir::Conjunction tests; // sorted by index, none vacuous; empty: always
};

/// Rules on one number, of which the first that holds counts.
struct SeccompChain {
  uint32_t number = 0;
  std::vector<SeccompRule> rules; // each with tests
  uint32_t otherwise = kAllow;
};

/// Every number is in one of the two, or fails with EPERM.
struct SeccompRules {
  std::vector<SeccompChain> chains; // by name of the syscall
  std::vector<SeccompRule> plain;   // without tests, by name of the syscall
};

/// *Keeps*. Errors: a text that names the syscall.
llvm::Expected<SeccompRules> rulesOf(const ir::Plan &plan, kernel::Arch arch);

} // namespace srt::backend

#endif
