// runtime/broker/Metadata.cpp: chmod, chown, times and extended attributes.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: Landlock looks at none of these, so the verdict here is the only
// one. Each acts through the descriptor whose place was judged.
#include "Broker.h"

namespace srt::broker {

static constexpr uint32_t kNeeded = SRT_ACT_WRITE_METADATA;

/// Refuses a descriptor that the kernel would refuse: one with O_PATH. It shows
/// in the permissions of its link (fs/proc/fd.c:tid_fd_update_inode, v6.12).
static long checkDescriptor(const Broker &broker, const Call &call, int fd) {
  Spelling name;
  name << uint64_t(call.tid) << "/fd/" << uint64_t(fd);
  struct stat status;
  long result = sys::statAt(broker.proc, name.text(), sys::kNoFollow, status);
  return result == 0 && (status.st_mode & 0777) != 0 ? 0 : -EBADF;
}

/// Finds what the call acts on.
static long find(const Broker &broker, const Call &call, const Target &target,
                 Object &object) {
  if (target.by == By::Descriptor) {
    long result =
        target.fd < 0 ? -EBADF : checkDescriptor(broker, call, target.fd);
    return result < 0 ? result
                      : resolveDescriptor(broker, call, target.fd, object);
  }
  Path path;
  long result = readPath(broker, call, target.path, path);
  if (result < 0)
    return result;
  if (path.size == 0 && target.mayBeEmpty)
    return target.fd == int(sys::kCwd)
               ? openBase(broker, call, target.fd, object.fd) < 0
                     ? -EACCES
                     : look(broker, object)
               : resolveDescriptor(broker, call, target.fd, object);
  return resolve(broker, call, target.fd, path,
                 target.by == By::Link ? Last::Keep : Last::Follow, object);
}

/// Finds it, and asks the rules.
static long findPermitted(const Broker &broker, const Call &call,
                          const Target &target, Object &object) {
  long result = find(broker, call, target, object);
  return result < 0 ? result : permit(broker, call, object, kNeeded, -EPERM);
}

long performChmod(Broker &broker, const Call &call, Target target, long mode) {
  Object object;
  long result = findPermitted(broker, call, target, object);
  if (result < 0)
    return result;
  if (sys::isLink(object.status.st_mode))
    return -EOPNOTSUPP; // as fs/attr.c:notify_change, v6.12, would
  Spelling name;
  name << uint64_t(object.fd.number());
  return sys::chmodAt(broker.own, name.text(), mode);
}

long performChown(Broker &broker, const Call &call, Target target, long uid,
                  long gid) {
  Object object;
  long result = findPermitted(broker, call, target, object);
  if (result < 0)
    return result;
  return sys::chownAt(object.fd.number(), "", uid, gid, sys::kEmptyPath);
}

/// Microseconds of struct timeval, as nanoseconds; -1 if there are too many.
static int64_t nanoseconds(int64_t microseconds) {
  bool isRight = microseconds >= 0 && microseconds < 1000000;
  return isRight ? microseconds * 1000 : -1;
}

/// Reads the times in whatever form the call has them.
static long readTimes(const Broker &broker, const Call &call, Times kind,
                      uint64_t from, sys::TimeSpec (&times)[2]) {
  int64_t words[4] = {};
  uint64_t size = kind == Times::Utime ? 16 : 32;
  long result = readBytes(broker, call, from, words, size);
  if (result < 0)
    return result;
  if (kind == Times::Utime) {
    times[0] = {words[0], 0};
    times[1] = {words[1], 0};
    return 0;
  }
  bool isMicro = kind == Times::TimeVal;
  times[0] = {words[0], isMicro ? nanoseconds(words[1]) : words[1]};
  times[1] = {words[2], isMicro ? nanoseconds(words[3]) : words[3]};
  return isMicro && (times[0].nanoseconds < 0 || times[1].nanoseconds < 0)
             ? -EINVAL
             : 0;
}

long performTimes(Broker &broker, const Call &call, Target target, Times kind,
                  uint64_t from) {
  sys::TimeSpec times[2] = {};
  long result = from == 0 ? 0 : readTimes(broker, call, kind, from, times);
  // No path means the descriptor itself: fs/utimes.c:do_utimes, v6.12.
  if (target.path == 0 && target.fd != int(sys::kCwd) && kind != Times::Utime) {
    if (target.by == By::Link || target.mayBeEmpty)
      return -EINVAL;
    target.by = By::Descriptor;
  }
  Object object;
  if (result == 0)
    result = findPermitted(broker, call, target, object);
  if (result < 0)
    return result;
  return sys::setTimes(object.fd.number(), "", from == 0 ? nullptr : times,
                       sys::kEmptyPath);
}

/// The name of an attribute; the kernel takes at most XATTR_NAME_MAX bytes.
static long readAttributeName(const Broker &broker, const Call &call,
                              Path &name) {
  constexpr uint64_t kLongest = 255; // include/uapi/linux/limits.h
  long result = readPath(broker, call, call.args[1], name);
  if (result == -ENAMETOOLONG || (result == 0 && name.size > kLongest))
    return -ERANGE;
  return result == 0 && name.size == 0 ? -ERANGE : result;
}

long performSetAttribute(Broker &broker, const Call &call, Target target) {
  constexpr uint64_t kLargest = 65536; // XATTR_SIZE_MAX, the same file
  static char value[kLargest];
  uint64_t size = call.args[3];
  if (size > kLargest)
    return -E2BIG;
  Path attribute;
  long result = readAttributeName(broker, call, attribute);
  if (result == 0 && size != 0)
    result = readBytes(broker, call, call.args[2], value, size);
  Object object;
  if (result == 0)
    result = findPermitted(broker, call, target, object);
  if (result < 0)
    return result;
  Spelling name = pathOfDescriptor(uint64_t(object.fd.number()));
  return sys::setAttribute(name.text(), attribute.bytes, value, size,
                           int(call.args[4]));
}

long performRemoveAttribute(Broker &broker, const Call &call, Target target) {
  Path attribute;
  long result = readAttributeName(broker, call, attribute);
  Object object;
  if (result == 0)
    result = findPermitted(broker, call, target, object);
  if (result < 0)
    return result;
  Spelling name = pathOfDescriptor(uint64_t(object.fd.number()));
  return sys::removeAttribute(name.text(), attribute.bytes);
}

} // namespace srt::broker
