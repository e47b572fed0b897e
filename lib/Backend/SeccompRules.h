// lib/Backend/SeccompRules.h: what the filter does for each syscall number.
// SPDX-License-Identifier: Apache-2.0
//
// The decisions of a plan for one architecture, by number and with conditions
// in normal form: no test is vacuous and no condition contains another.
#ifndef SRT_LIB_BACKEND_SECCOMPRULES_H
#define SRT_LIB_BACKEND_SECCOMPRULES_H

#include "lib/Backend/SeccompShape.h"

#include "llvm/Support/Error.h"

namespace srt::backend {

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

/// Every number is in one of the two, or fails with ENOSYS.
struct SeccompRules {
  std::vector<SeccompChain> chains; // by name of the syscall
  std::vector<SeccompRule> plain;   // without tests, by name of the syscall
};

/// *Keeps*. Errors: NotTellable.
llvm::Expected<SeccompRules> rulesOf(const ir::Plan &plan, kernel::Arch arch);

} // namespace srt::backend

#endif
