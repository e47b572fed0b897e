// runtime/loader/Open.cpp: opens places without being led away.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: openPlain follows no link, openBeneath none that leads out. Where
// openat2(2) is not to be had, the same is done step by step: every sandbox of
// ours answers it with ENOSYS (lib/Transforms/Closures.cpp), and a sandbox
// inside has to start all the same.
#include "Walk.h"

namespace srt::load {

static constexpr long kOpenPath = O_PATH | O_CLOEXEC;

/// openat2 with RESOLVE_BENEATH gives EAGAIN if a directory moved meanwhile;
/// asking again for ever would let the mover stop us.
static constexpr int kAttempts = 16;

/// Opens one component below `from`, and closes that.
static long openStep(long from, Text name) {
  Path component;
  (void)component.append(name); // part of a path
  long fd = sys::openAt(from, component.bytes, kOpenPath | O_NOFOLLOW);
  sys::close(from);
  if (fd < 0)
    return fd;
  struct stat status;
  long result = sys::statDescriptor(fd, status);
  if (result == 0 && sys::isLink(status.st_mode))
    result = -ELOOP;
  if (result == 0)
    return fd;
  sys::close(fd);
  return result;
}

/// What openat2 does with RESOLVE_NO_SYMLINKS. Each step starts at an open
/// directory, so that nobody can put a link into the part already gone.
static long openSteps(long at, Text path) {
  long fd = sys::openAt(at, startsWith(path, "/") ? "/" : ".", kOpenPath);
  while (fd >= 0 && path.size != 0) {
    uint64_t end = find(path, '/');
    if (end != 0)
      fd = openStep(fd, path.prefix(end));
    path = path.suffix(end == path.size ? end : end + 1);
  }
  return fd;
}

long openPlain(long at, const char *path) {
  long fd = sys::openat2(at, path, {kOpenPath, 0, sys::kNoSymlinks});
  return fd == -ENOSYS ? openSteps(at, path) : fd;
}

long openBeneath(Sandbox &sandbox, long top, const char *path) {
  sys::OpenHow how = {kOpenPath, 0, sys::kBeneath | sys::kNoMagicLinks};
  long fd = -EAGAIN;
  for (int i = 0; i < kAttempts && fd == -EAGAIN; ++i)
    fd = sys::openat2(top, path, how);
  if (fd != -ENOSYS)
    return fd;
  // Any link may be followed as long as it stays below the top.
  constexpr uint64_t kNoRights = 0;
  Walk walk(sandbox, top, path, kNoRights);
  long result = walk.run();
  return result < 0 ? result : openSteps(top, walk.end());
}

} // namespace srt::load
