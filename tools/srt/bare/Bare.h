// tools/srt/bare/Bare.h: what the parts of the small C library share.
// SPDX-License-Identifier: Apache-2.0
//
// srt is started a hundred times a day, and most of what a static program with
// the C library of the host does is to set that up: tables of the processor,
// locales, threads. So srt brings the few functions that it calls. They have the
// names and contracts of POSIX and ISO C, as far as srt makes use of them, which
// each says. No header of the C library is included here: it would declare the
// same names with attributes of its own.
#ifndef SRT_TOOLS_SRT_BARE_BARE_H
#define SRT_TOOLS_SRT_BARE_BARE_H

#include "runtime/loader/Kernel.h"
#include "runtime/loader/Text.h"

#include <stddef.h>

namespace srt::bare {

namespace sys = load::sys;

/// What the kernel left on the stack.
inline char **environment;
inline const uint64_t *auxiliary; // pairs, ended by one of type 0
inline int lastError;

/// Says so and ends with 125: nothing was run.
[[noreturn]] void giveUp(const char *what);

/// The result of a call in the way of the C library: -1, and the error aside.
inline long settle(long result) {
  if (result >= 0)
    return result;
  lastError = int(-result);
  return -1;
}

} // namespace srt::bare

#endif
