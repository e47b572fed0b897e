// runtime/loader/Keyring.cpp: the command does not share the caller's keys.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a new, empty session keyring, or a filter under which no keyring
// can be used. Keys of the session are possessed by every process in it
// (keyrings(7)), whatever Landlock says.
#include "Loader.h"

namespace srt::load {

void leaveKeyring(const Sandbox &sandbox) {
  long result = sys::joinSessionKeyring();
  if (result >= 0)
    return;
  // Kernels without keys say ENOSYS, the filters of containers EPERM or EACCES.
  // Then the caller's keyring stays, which is harmless only if nobody can ask.
  bool isUnavailable =
      result == -ENOSYS || result == -EPERM || result == -EACCES;
  bool isClosed = (sandbox.view.header->flags & SRT_FLAG_KEYS_CLOSED) != 0;
  if (!isUnavailable || !isClosed)
    refuse("keyring",
           Message() << "cannot start a new session keyring: " << Errno{result},
           "deny the key system calls in the policy, and it is not needed");
}

} // namespace srt::load
