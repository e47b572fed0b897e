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

void closeDescriptors() {
  long result = sys::closeRange(3, ~0u);
  if (result < 0)
    refuse("descriptors",
           Message() << "cannot close the descriptors above 2: "
                     << Errno{result},
           "close_range(2) needs Linux 5.9");
}

} // namespace srt::load
