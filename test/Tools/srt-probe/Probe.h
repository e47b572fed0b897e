// test/Tools/srt-probe/Probe.h: what the operations share.
// SPDX-License-Identifier: Apache-2.0
//
// An operation is one raw system call, with whatever has to come before it.
// It answers like the kernel: zero or more, or a negated errno.
#ifndef SRT_TEST_TOOLS_SRT_PROBE_PROBE_H
#define SRT_TEST_TOOLS_SRT_PROBE_PROBE_H

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace srt::probe {

/// The words after the name of the operation.
struct Args {
  int count;
  char **at;

  /// The word, or "" if there are fewer.
  const char *text(int i) const { return i < count ? at[i] : ""; }
  /// The word as a number in any base, or `otherwise` if there are fewer.
  long number(int i, long otherwise = 0) const {
    return i < count ? long(strtoul(at[i], nullptr, 0)) : otherwise;
  }
};

struct Operation {
  const char *name;
  long (*run)(const Args &args);
};

/// Makes a system call, past what the C library would do about it.
template <typename... T> long raw(long number, T... args) {
  long result = syscall(number, (long)args...);
  return result == -1 ? -errno : result;
}

/// Opens `path`, as the kernel judges it.
inline long openFile(const char *path, long flags, long mode = 0) {
  return raw(SYS_openat, AT_FDCWD, path, flags, mode);
}

// One table for each file, ended by a null name.
extern const Operation kFileOps[], kNameOps[], kMetadataOps[], kDeviceOps[],
    kSocketOps[], kProcessOps[], kExecOps[], kKernelOps[];

} // namespace srt::probe

#endif
