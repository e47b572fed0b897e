// runtime/loader/Seccomp.cpp: no new privileges, and the filter as the last
// step. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the filter of this machine, unchanged, applied to the one thread
// there is. The kernel checks the instructions itself
// (kernel/seccomp.c:seccomp_check_filter, v6.12).
#include "Loader.h"

namespace srt::load {

/// struct sock_fprog, include/uapi/linux/filter.h.
struct FilterProgram {
  uint16_t count;
  const uint8_t *instructions;
};

void giveUpPrivileges() {
  long result = sys::setNoNewPrivs();
  if (result < 0)
    refuse("no_new_privs",
           Message() << "cannot give up new privileges: " << Errno{result});
}

long installFilter(const Sandbox &sandbox, long flags) {
  constexpr long kSetModeFilter = 1; // SECCOMP_SET_MODE_FILTER
  FilterProgram program = {uint16_t(sandbox.program->count),
                           sandbox.view.filters + sandbox.program->offset};
  return sys::seccomp(kSetModeFilter, flags, &program);
}

void loadFilter(const Sandbox &sandbox) {
  if (!sandbox.program)
    return;
  long result = installFilter(sandbox, 0);
  if (result < 0)
    refuse("seccomp", Message() << "cannot load the filter: " << Errno{result},
           "EINVAL is a kernel without seccomp filters, or a broken program");
}

} // namespace srt::load
