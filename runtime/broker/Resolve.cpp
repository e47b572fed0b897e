// runtime/broker/Resolve.cpp: what a path of the caller leads to.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the object is reached as the caller would reach it, or not at
// all. The place is the kernel's own spelling of what the descriptor refers to,
// so links, `..` and other names of a directory on the way do not matter.
//
// Two things on /proc depend on who asks: /proc/self and /proc/thread-self lead
// to the broker here. A path that ends in the directory of the broker, or meets
// a link of /proc that is no text, is walked again by hand (Steps.cpp). The
// broker may open its own memory whatever prctl(PR_SET_DUMPABLE) says
// (kernel/ptrace.c:__ptrace_may_access, v6.12, same_thread_group), so to open
// /proc/self/mem on behalf of the command would be to hand over the broker.
#include "Broker.h"

namespace srt::broker {

bool isOurs(const Broker &broker, const Object &object) {
  if (object.status.st_dev != broker.procDevice)
    return false;
  Text path = object.path.text();
  Spelling own;
  own << uint64_t(broker.pid);
  while (path.size != 0) {
    uint64_t end = load::find(path, '/');
    if (path.prefix(end) == own.whole())
      return true;
    path = path.suffix(end == path.size ? end : end + 1);
  }
  return false;
}

static bool isOnProc(long fd) {
  sys::FileSystem system = {};
  long result = sys::fileSystem(fd, system);
  return result < 0 || system.type == sys::kProcMagic;
}

/// Whether it is on another mount of procfs than ours. There the broker may
/// have another number, so nothing on it can be told from the broker's own.
static bool isOnForeignProc(const Broker &broker, const Object &object) {
  // Every procfs has a device of major number 0: fs/super.c:get_anon_bdev;
  // bits as in include/linux/kdev_t.h:new_encode_dev (v6.12).
  uint64_t device = object.status.st_dev;
  bool isAnonymous = (device >> 8 & 0xfff) == 0;
  return isAnonymous && device != broker.procDevice &&
         device != broker.rootDevice && isOnProc(object.fd.number());
}

/// Takes ` (deleted)` off the path of what has no name any more. A file may
/// really be called so.
static void cutDeleted(Object &object) {
  constexpr Text kDeleted = " (deleted)";
  Text path = object.path.text();
  if (path.size < kDeleted.size ||
      !(path.suffix(path.size - kDeleted.size) == kDeleted))
    return;
  struct stat named;
  bool isName =
      sys::statAt(sys::kCwd, object.path.bytes, sys::kNoFollow, named) == 0 &&
      named.st_ino == object.status.st_ino &&
      named.st_dev == object.status.st_dev;
  if (!isName)
    object.path.cut(path.size - kDeleted.size);
}

/// What can only be reached through a descriptor, by its spelling:
/// fs/pipe.c:pipefs_dname, net/socket.c:sockfs_dname,
/// fs/anon_inodes.c:anon_inodefs_dname, mm/memfd.c (v6.12).
static bool isNameless(const Object &object) {
  Text path = object.path.text();
  uint32_t mode = object.status.st_mode;
  if (load::startsWith(path, "pipe:["))
    return sys::isFifo(mode);
  if (load::startsWith(path, "socket:["))
    return sys::isSocket(mode);
  return load::startsWith(path, "anon_inode:") ||
         (load::startsWith(path, "/memfd:") && object.status.st_nlink == 0);
}

/// Fills the path of an object.
static long spell(const Broker &broker, Object &object) {
  Spelling name;
  name << uint64_t(object.fd.number());
  long size =
      sys::readlinkAt(broker.own, name.text(),
                      object.path.room(Path::kCapacity), Path::kCapacity);
  if (size <= 0)
    return -EACCES;
  // A full buffer may be a cut path.
  if (uint64_t(size) >= Path::kCapacity)
    return -ENAMETOOLONG;
  object.path.cut(uint64_t(size));
  return 0;
}

long look(const Broker &broker, Object &object) {
  long result = sys::statDescriptor(object.fd.number(), object.status);
  if (result == 0)
    result = spell(broker, object);
  if (result < 0)
    return result;
  object.hasPath = true;
  if (object.path.bytes[0] != '/' || object.status.st_nlink == 0) {
    if (isNameless(object)) {
      object.hasPath = false;
      object.path.cut(0);
      return 0;
    }
    // "(unreachable)/...", or a name space: no place of the command.
    if (object.path.bytes[0] != '/')
      return -EACCES;
  }
  cutDeleted(object);
  if (object.path.size == 1)
    object.path.cut(0); // the root directory is the empty word
  return isOnForeignProc(broker, object) ? -EACCES : 0;
}

/// Whether a path may go through /proc/self to what is there for one process
/// and not for another: /dev/fd is a link to /proc/self/fd. A link of another
/// name to a descriptor that the broker does not have is not found.
static bool mentionsSelf(Text path) {
  while (path.size != 0) {
    uint64_t end = load::find(path, '/');
    Text name = path.prefix(end);
    if (name == "self" || name == "thread-self" || name == "fd")
      return true;
    path = path.suffix(end == path.size ? end : end + 1);
  }
  return false;
}

long resolveFrom(const Broker &broker, const Call &call, Handle &base,
                 const Path &path, Last last, Object &object) {
  bool isAbsolute = path.bytes[0] == '/';
  uint64_t flags = O_PATH | O_CLOEXEC | (last == Last::Keep ? O_NOFOLLOW : 0);
  long fd = sys::openat2(isAbsolute ? sys::kCwd : base.number(), path.bytes,
                         {flags, 0, sys::kNoMagicLinks});
  // What is not in the directory of the broker may be in the caller's.
  if (fd == -ELOOP || (fd < 0 && mentionsSelf(path.text())))
    return resolveBySteps(broker, call, base, path, last, object);
  if (fd < 0)
    return fd;
  object.fd.reset(fd);
  long result = look(broker, object);
  if (result < 0 || !isOurs(broker, object))
    return result;
  return resolveBySteps(broker, call, base, path, last, object);
}

long resolve(const Broker &broker, const Call &call, int dirfd,
             const Path &path, Last last, Object &object) {
  if (path.size == 0)
    return -ENOENT;
  Handle base;
  if (path.bytes[0] != '/') {
    long result = openBase(broker, call, dirfd, base);
    if (result < 0)
      return result;
  }
  return resolveFrom(broker, call, base, path, last, object);
}

long resolveDescriptor(const Broker &broker, const Call &call, int number,
                       Object &object) {
  long result = number < 0 ? -EBADF : openBase(broker, call, number, object.fd);
  if (result == 0)
    result = look(broker, object);
  return result == 0 && isOurs(broker, object) ? -EACCES : result;
}

} // namespace srt::broker
