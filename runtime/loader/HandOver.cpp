// runtime/loader/HandOver.cpp: a bundle with a broker is srt-broker's to start.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: becomes the program of that name beside this one, or refuses.
// Nothing has been restricted or closed by then, so it finds everything as it
// was. Two programs, so that the one for most bundles stays small.
#include "Loader.h"

namespace srt::load {

void handOver(char **argv, char **env) {
  constexpr const char *kStep = "broker";
  constexpr const char *kHint = "it is installed beside srt-load";
  Path self;
  long size = sys::readlinkAt(sys::kCwd, "/proc/self/exe",
                              self.room(Path::kCapacity), Path::kCapacity - 1);
  if (size < 0)
    refuse(kStep, Message() << "cannot read `/proc/self/exe`: " << Errno{size});
  self.cut(uint64_t(size));
  uint64_t folder = self.size;
  while (folder > 0 && self.bytes[folder - 1] != '/')
    --folder;
  self.cut(folder);
  long result = -ENAMETOOLONG;
  if (self.append("srt-broker"))
    result = sys::execve(self.bytes, argv, env);
  refuse(kStep,
         Message() << "cannot run `" << self.text() << "`: " << Errno{result},
         kHint);
}

} // namespace srt::load
