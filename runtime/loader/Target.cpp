// runtime/loader/Target.cpp: is this the machine and kernel the bundle is for?
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a bundle runs on a kernel that enforces all of it, or not at all.
#include "Loader.h"

namespace srt::load {

/// The first Linux with a Landlock ABI, for the hint only; nothing is decided
/// by it. Documentation/userspace-api/landlock.rst (v6.12), "Previous
/// limitations", and the same page of later releases.
static const char *const kNeeds[] = {
    "the bundle needs Landlock ABI 1, Linux 5.13 or later",
    "the bundle needs Landlock ABI 2, Linux 5.19 or later",
    "the bundle needs Landlock ABI 3, Linux 6.2 or later",
    "the bundle needs Landlock ABI 4, Linux 6.7 or later",
    "the bundle needs Landlock ABI 5, Linux 6.10 or later",
    "the bundle needs Landlock ABI 6, Linux 6.12 or later",
    "the bundle needs Landlock ABI 7, Linux 6.15 or later",
    "the bundle needs Landlock ABI 8, Linux 7.0 or later",
    "the bundle needs Landlock ABI 9, Linux 7.1 or later",
    "the bundle needs Landlock ABI 10, Linux 7.2 or later",
};

static const char *needHint(uint32_t abi) {
  if (abi <= sizeof kNeeds / sizeof kNeeds[0])
    return kNeeds[abi - 1];
  return "the bundle needs a kernel newer than this loader knows";
}

static void checkAbi(uint32_t needed) {
  constexpr long kVersion = 1; // LANDLOCK_CREATE_RULESET_VERSION
  long abi = sys::landlockCreateRuleset(nullptr, 0, kVersion);
  if (abi == -EOPNOTSUPP)
    refuse("landlock", Message() << "Landlock is switched off: EOPNOTSUPP",
           "add `landlock` to the `lsm=` boot parameter");
  if (abi < 0)
    refuse("landlock",
           Message() << "this kernel offers no Landlock: " << Errno{abi},
           needHint(needed));
  if (uint64_t(abi) < needed)
    refuse("landlock",
           Message() << "this kernel has Landlock ABI " << uint64_t(abi)
                     << ", the bundle needs " << uint64_t(needed),
           needHint(needed));
}

static const srt_program *findProgram(const srt_view &view) {
  for (uint32_t i = 0; i < view.program_count; ++i)
    if (view.programs[i].arch == kAuditArch)
      return &view.programs[i];
  return nullptr;
}

void checkTarget(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  if (view.header->target_os != SRT_OS_LINUX)
    refuse("target", Message() << "the bundle is not for Linux");
  sandbox.program = findProgram(view);
  if (view.programs && !sandbox.program)
    refuse("target", Message() << "the bundle has no filter for this machine",
           "compile the policy for this architecture too");
  if (view.header->landlock_abi != 0)
    checkAbi(view.header->landlock_abi);
}

} // namespace srt::load
