// runtime/loader/Descriptors.cpp: what the command inherits is 0, 1 and 2.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no descriptor of the caller above 2 reaches the command. An open
// descriptor is a right that neither Landlock nor the filter looks at again.
#include "Loader.h"

namespace srt::load {

void keepStandardDescriptors() {
  // With one of these closed, the next open would land on it: the bundle would
  // be the command's standard input, or a message would go into some file.
  for (long fd = 0; fd <= 2; ++fd) {
    if (sys::descriptorFlags(fd) >= 0)
      continue;
    long opened = sys::open("/dev/null", O_RDWR);
    if (opened != fd)
      refuse("descriptors", Message() << "descriptor " << uint64_t(fd)
                                      << " is closed and /dev/null cannot be "
                                         "opened in its place");
  }
}

/// The numbers below this one may stay in use: few enough for a small table in
/// the kernel, and half of what the caller's limit leaves is for those that
/// have to stay open.
static long findKept() {
  constexpr uint64_t kFew = 128;
  sys::Limit limit;
  constexpr uint32_t kOpenFiles = 7; // RLIMIT_NOFILE
  if (sys::prlimit(kOpenFiles, nullptr, &limit) < 0)
    return 3;
  return long(limit.soft / 2 < kFew ? limit.soft / 2 : kFew);
}

void giveBack(Sandbox &sandbox, long fd) {
  if (sandbox.keptBelow == 0)
    sandbox.keptBelow = findKept();
  if (fd >= sandbox.keptBelow)
    sys::close(fd);
}

static void closeRange(unsigned first, unsigned last) {
  long result = first > last ? 0 : sys::closeRange(first, last);
  if (result < 0)
    refuse("descriptors",
           Message() << "cannot close the descriptors above 2: "
                     << Errno{result},
           "close_range(2) needs Linux 5.9");
}

void closeDescriptors(long one, long other) {
  const long order[] = {one < other ? one : other, one < other ? other : one};
  unsigned from = 3;
  for (long kept : order) {
    if (kept < long(from))
      continue;
    closeRange(from, unsigned(kept) - 1);
    from = unsigned(kept) + 1;
  }
  closeRange(from, ~0u);
}

} // namespace srt::load
