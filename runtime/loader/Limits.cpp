// runtime/loader/Limits.cpp: resource limits of the command.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: soft and hard limit alike become the value of the bundle, or stay
// at the caller's hard limit where that is lower (which narrows).
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "limits";
static constexpr uint32_t kProcesses = 6; // RLIMIT_NPROC
static constexpr uint32_t kFileSize = 1;  // RLIMIT_FSIZE

/// Refuses a limit on processes that the kernel would not enforce:
/// kernel/fork.c:copy_process (v6.12) leaves out INIT_USER, and two
/// capabilities that dropCapabilities takes away.
static void checkProcessLimit(const Sandbox &sandbox, const srt_limit &limit) {
  if (sys::getuid() != 0)
    return;
  refuse(kStep,
         Message() << "Linux does not limit the processes of root ("
                   << RuleAt{sandbox, limit.rule} << ")",
         "start as another user, or drop the limit from the policy");
}

static void setLimit(const Sandbox &sandbox, const srt_limit &limit) {
  sys::Limit old;
  long result = sys::prlimit(limit.resource, nullptr, &old);
  if (result >= 0) {
    uint64_t value = limit.value < old.hard ? limit.value : old.hard;
    sys::Limit set = {value, value};
    result = sys::prlimit(limit.resource, &set, nullptr);
  }
  if (result < 0)
    refuse(kStep, Message()
                      << "cannot set resource limit "
                      << uint64_t(limit.resource) << " ("
                      << RuleAt{sandbox, limit.rule} << "): " << Errno{result});
}

void setLimits(const Sandbox &sandbox) {
  for (uint32_t i = 0; i < sandbox.view.limit_count; ++i) {
    const srt_limit &limit = sandbox.view.limits[i];
    if (limit.resource == kProcesses)
      checkProcessLimit(sandbox, limit);
    setLimit(sandbox, limit);
  }
}

void setFileSizeLimit(const Sandbox &sandbox) {
  for (uint32_t i = 0; i < sandbox.view.limit_count; ++i)
    if (sandbox.view.limits[i].resource == kFileSize)
      setLimit(sandbox, sandbox.view.limits[i]);
}

} // namespace srt::load
