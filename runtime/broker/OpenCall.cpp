// runtime/broker/OpenCall.cpp: open, openat and creat.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: an existing object is found with O_PATH, judged by its place, and
// only then opened, through the very descriptor that was judged. A new file is
// judged by the place of its directory and its name, and is made with O_EXCL in
// that directory, so that it is what was judged or nothing. Opening has side
// effects on pipes, devices and terminals, so none happens before the verdict.
//
// No controlling terminal is ever acquired: that would be the broker's.
#include "Broker.h"

namespace srt::broker {

static constexpr long kAccess = 3; // O_ACCMODE
static constexpr long kReadWrite = 2;
/// __O_TMPFILE, include/uapi/asm-generic/fcntl.h; O_TMPFILE adds O_DIRECTORY.
static constexpr long kTemporary = 020000000;
/// How often a name may change between the look and the act.
static constexpr int kAttempts = 8;
static constexpr unsigned kMaxLinks = 40; // include/linux/namei.h:MAXSYMLINKS

/// One call of open(2).
struct Opening {
  Broker &broker;
  const Call &call;
  long flags, mode;

  /// Of the new descriptor.
  long newFlags() const { return flags & O_CLOEXEC; }
  /// What the broker opens with. Its own descriptors are never inherited.
  long ownFlags() const { return flags | O_CLOEXEC | O_NOCTTY; }
  bool isReading() const {
    long access = flags & kAccess;
    return access == O_RDONLY || access == kReadWrite;
  }
  bool isWriting() const { return (flags & kAccess) != O_RDONLY; }
};

static uint32_t neededForExisting(const Opening &opening, uint32_t mode) {
  uint32_t needed = 0;
  if (opening.isReading())
    needed |= sys::isDirectory(mode) ? SRT_ACT_READ_LIST : SRT_ACT_READ_DATA;
  if (opening.isWriting() || (opening.flags & O_TRUNC) != 0)
    needed |= SRT_ACT_WRITE_DATA;
  return needed;
}

static uint32_t neededForNew(const Opening &opening) {
  uint32_t needed = SRT_ACT_WRITE_CREATE;
  if (opening.isReading())
    needed |= SRT_ACT_READ_DATA;
  if (opening.isWriting())
    needed |= SRT_ACT_WRITE_DATA;
  return needed;
}

/// Whether opening may wait for somebody else. Memory devices and terminals of
/// programs do not: drivers/char/mem.c, drivers/tty/pty.c (v6.12);
/// Documentation/admin-guide/devices.txt for the numbers.
static bool mayWait(const Opening &opening, const struct stat &status) {
  if ((opening.flags & O_NONBLOCK) != 0)
    return false;
  if (sys::isFifo(status.st_mode))
    return (opening.flags & kAccess) != kReadWrite;
  if (!sys::isCharacter(status.st_mode))
    return false;
  uint64_t major = status.st_rdev >> 8 & 0xfff;
  return major != 1 && major != 5 && (major < 136 || major > 143);
}

static long handOver(const Opening &opening, long fd) {
  if (fd < 0)
    return fd;
  answerDescriptor(opening.broker, opening.call.id, fd, opening.newFlags());
  sys::close(fd);
  return kAnswered;
}

/// Whether it is /dev/tty for a caller that has left the session, and so has
/// another terminal than the broker, or none.
static bool isOthersTerminal(const Opening &opening,
                             const struct stat &status) {
  constexpr uint64_t kTerminal = 5 << 8; // major 5, minor 0
  return sys::isCharacter(status.st_mode) && status.st_rdev == kTerminal &&
         sys::sessionOf(opening.call.tid) != sys::sessionOf(0);
}

/// Opens what `object` holds, after the verdict.
static long openObject(const Opening &opening, const Object &object) {
  Broker &broker = opening.broker;
  uint32_t mode = object.status.st_mode;
  if (sys::isLink(mode))
    return (opening.flags & O_DIRECTORY) != 0 ? -ENOTDIR : -ELOOP; // kept
  bool isChanging = opening.isWriting() || (opening.flags & O_TRUNC) != 0;
  if (sys::isDirectory(mode) && (isChanging || (opening.flags & O_CREAT) != 0))
    return -EISDIR;
  long result = permit(broker, opening.call, object,
                       neededForExisting(opening, mode), -EACCES);
  if (result < 0)
    return result;
  // O_EXCL alone is left: it means something for block devices.
  long flags = opening.ownFlags() & ~(O_CREAT | O_NOFOLLOW);
  if (isOthersTerminal(opening, object.status))
    return -ENXIO;
  if (mayWait(opening, object.status))
    return openWaiting(broker, opening.call, object.fd.number(), flags,
                       opening.newFlags());
  Spelling name;
  name << uint64_t(object.fd.number());
  return handOver(opening, sys::openAt(broker.own, name.text(), flags));
}

/// Makes the file; EEXIST if there is something meanwhile.
static long makeFile(const Opening &opening, const Name &name) {
  long result = permit(opening.broker, opening.call, name.path.text(),
                       neededForNew(opening), -EACCES);
  if (result == 0)
    result = takeUmask(opening.broker, opening.call);
  if (result < 0)
    return result;
  long flags = opening.ownFlags() | O_CREAT | O_EXCL | O_NOFOLLOW;
  return handOver(opening, sys::openMode(name.parent.fd.number(), name.last,
                                         flags, opening.mode));
}

/// Goes where the link `name` says: `path` becomes that, and `base` the
/// directory it begins at.
static long followLink(const Name &name, Path &path, Handle &base) {
  long size = sys::readlinkAt(name.parent.fd.number(), name.last,
                              path.room(Path::kCapacity), Path::kCapacity);
  if (size <= 0)
    return size < 0 ? size : -ENOENT;
  if (uint64_t(size) >= Path::kCapacity)
    return -ENAMETOOLONG;
  path.cut(uint64_t(size));
  base.reset(sys::openAt(name.parent.fd.number(), ".", O_PATH | O_CLOEXEC));
  return base.number() < 0 ? base.number() : 0;
}

/// The name that a link to nothing leads to, and so on.
static long openMissing(const Opening &opening, Name &name) {
  bool isKept = (opening.flags & (O_EXCL | O_NOFOLLOW)) != 0;
  for (unsigned links = 0; links < kMaxLinks; ++links) {
    if (!name.isPlain || load::find(name.last, '/') != Text(name.last).size)
      return -EISDIR;
    struct stat status;
    long result = lookAt(name, status);
    if (result == -ENOENT)
      return makeFile(opening, name);
    if (result < 0)
      return result;
    if (!sys::isLink(status.st_mode))
      return -EEXIST; // made meanwhile
    if (isKept)
      return (opening.flags & O_EXCL) != 0 ? -EEXIST : -ELOOP;
    Path path;
    Handle base;
    result = followLink(name, path, base);
    if (result == 0)
      result = resolveNameFrom(opening.broker, opening.call, base, path, name);
    if (result < 0)
      return result;
  }
  return -ELOOP;
}

/// One attempt at O_CREAT.
static long openOrCreate(const Opening &opening, int dirfd, const Path &path) {
  bool isKept = (opening.flags & (O_EXCL | O_NOFOLLOW)) != 0;
  Object object;
  long result = resolve(opening.broker, opening.call, dirfd, path,
                        isKept ? Last::Keep : Last::Follow, object);
  if (result == 0)
    return (opening.flags & O_EXCL) != 0 ? -EEXIST
                                         : openObject(opening, object);
  if (result != -ENOENT)
    return result;
  Name name;
  result = resolveName(opening.broker, opening.call, dirfd, path, name);
  if (result < 0)
    return result;
  return openMissing(opening, name);
}

static long create(const Opening &opening, int dirfd, const Path &path) {
  long result = -EEXIST;
  for (int i = 0; i < kAttempts && result == -EEXIST; ++i) {
    result = openOrCreate(opening, dirfd, path);
    if ((opening.flags & O_EXCL) != 0)
      break;
  }
  return result;
}

/// O_TMPFILE: judged by the name that the kernel gives it, before anybody but
/// us has it.
static long openTemporary(const Opening &opening, const Object &folder) {
  long result = takeUmask(opening.broker, opening.call);
  if (result < 0)
    return result;
  Object made;
  made.fd.reset(sys::openMode(folder.fd.number(), ".",
                              opening.ownFlags() & ~O_NOFOLLOW, opening.mode));
  if (made.fd.number() < 0)
    return made.fd.number();
  result = look(opening.broker, made);
  if (result == 0)
    result = permit(opening.broker, opening.call, made,
                    SRT_ACT_WRITE_CREATE | SRT_ACT_WRITE_DATA, -EACCES);
  return result < 0 ? result : handOver(opening, made.fd.release());
}

long performOpen(Broker &broker, const Call &call, int dirfd, uint64_t path,
                 long flags, long mode) {
  Opening opening = {broker, call, flags, mode};
  Path text;
  long result = readPath(broker, call, path, text);
  if (result < 0)
    return result;
  // The kernel copies no such descriptor (kernel/seccomp.c:
  // seccomp_notify_addfd, v6.12, uses fget); the filter has to let it through,
  // and no right comes with it.
  if ((flags & O_PATH) != 0)
    return -ENOSYS;
  // Neither reading nor writing, but ioctl(2): no action of a policy.
  if ((flags & kAccess) == kAccess)
    return -EACCES;
  // fs/open.c:build_open_flags, v6.12.
  if ((flags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT))
    return -EINVAL;
  if ((flags & O_CREAT) != 0)
    return create(opening, dirfd, text);
  Object object;
  bool isKept = (flags & O_NOFOLLOW) != 0;
  result = resolve(broker, call, dirfd, text,
                   isKept ? Last::Keep : Last::Follow, object);
  if (result < 0)
    return result;
  return (flags & kTemporary) != 0 ? openTemporary(opening, object)
                                   : openObject(opening, object);
}

} // namespace srt::broker
