// runtime/loader/Capabilities.cpp: the command has no capability.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: permitted, effective, inheritable and ambient sets are empty and
// stay so over every exec, also for root. Capabilities reach what neither
// Landlock nor the filter looks at: device nodes, the memory and environment of
// other processes, the files of other users. For most users nothing changes.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "capabilities";

/// struct __user_cap_header_struct, include/uapi/linux/capability.h (v6.12).
struct CapabilityHeader {
  uint32_t version, process;
};

/// Two of struct __user_cap_data_struct: the low 32 capabilities, then the
/// high ones, each as effective, permitted, inheritable.
struct CapabilitySets {
  uint32_t words[6];
};

/// _LINUX_CAPABILITY_VERSION_3, and this process.
static constexpr CapabilityHeader kVersion3 = {0x20080522, 0};

static bool hasNothing() {
  CapabilityHeader header = kVersion3;
  CapabilitySets sets = {};
  long result = sys::capget(&header, &sets);
  uint32_t any = 0;
  for (uint32_t word : sets.words)
    any |= word;
  return result >= 0 && any == 0;
}

void dropCapabilities() {
  CapabilityHeader header = kVersion3;
  CapabilitySets none = {};
  // The ambient set follows the two it is a part of
  // (security/commoncap.c:cap_capset, v6.12). An exec by uid 0 would fill the
  // permitted set again; after no_new_privs it only keeps what was there
  // (cap_bprm_creds_from_file, LSM_UNSAFE_NO_NEW_PRIVS).
  long result = sys::capset(&header, &none);
  // The filter of a sandbox around this one may deny the call, and then there
  // is nothing left to drop.
  if (result < 0 && !hasNothing())
    refuse(kStep, Message()
                      << "cannot drop the capabilities: " << Errno{result});
}

} // namespace srt::load
