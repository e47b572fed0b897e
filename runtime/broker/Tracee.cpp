// runtime/broker/Tracee.cpp: what is read of the caller.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every argument is read once, into memory of our own, and nothing
// read is used before the kernel has said that the caller still waits. A caller
// that cannot be read (not dumpable, say) is refused, never let through.
#include "Broker.h"

namespace srt::broker {

/// A failure to read, as the caller is to see it.
static long readError(long result) {
  return result == -EFAULT ? -EFAULT : -EACCES;
}

/// Checks that what was read belongs to the call.
static long checkWaiting(const Broker &broker, const Call &call) {
  return isWaiting(broker, call.id) ? 0 : -EACCES;
}

/// Where the NUL is in the first `size` bytes; `size` if there is none.
static uint64_t findEnd(const char *bytes, uint64_t size) {
  uint64_t at = 0;
  while (at < size && bytes[at] != 0)
    ++at;
  return at;
}

long readPath(const Broker &broker, const Call &call, uint64_t from,
              Path &path) {
  // Most paths are short; and a piece never crosses a page, as the next one
  // may not be there. No machine has smaller pages than these.
  constexpr uint64_t kPage = 4096, kFirst = 256;
  uint64_t size = 0, piece = kFirst;
  while (size < Path::kCapacity) {
    uint64_t room = kPage - (from + size) % kPage;
    piece = piece < room ? piece : room;
    piece = piece < Path::kCapacity - size ? piece : Path::kCapacity - size;
    long got = sys::readMemory(call.tid, path.room(Path::kCapacity) + size,
                               from + size, piece);
    if (got <= 0)
      return readError(got);
    uint64_t end = findEnd(path.bytes + size, uint64_t(got));
    size += end;
    if (end < uint64_t(got)) {
      path.size = size;
      return checkWaiting(broker, call);
    }
    piece = kPage;
  }
  return -ENAMETOOLONG;
}

long readBytes(const Broker &broker, const Call &call, uint64_t from, void *to,
               uint64_t size) {
  long got = sys::readMemory(call.tid, to, from, size);
  if (got < 0)
    return readError(got);
  if (uint64_t(got) != size)
    return -EFAULT;
  return checkWaiting(broker, call);
}

long openBase(const Broker &broker, const Call &call, int dirfd, Handle &base) {
  Spelling name;
  name << uint64_t(call.tid);
  if (dirfd == sys::kCwd)
    name << "/cwd";
  else if (dirfd < 0)
    return -EBADF;
  else
    name << "/fd/" << uint64_t(dirfd);
  long fd = sys::openAt(broker.proc, name.text(), O_PATH | O_CLOEXEC);
  if (fd == -ENOENT && dirfd >= 0)
    return -EBADF;
  if (fd < 0)
    return -EACCES;
  base.reset(fd);
  return checkWaiting(broker, call);
}

} // namespace srt::broker
