// runtime/broker/Make.cpp: mkdir, mknod, symlink, unlink, rmdir and truncate.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a name is made or removed in the very directory whose place was
// judged; of a name that is no name (".", "..", "/") the kernel says what is
// wrong, which it does before it does anything.
#include "Broker.h"

namespace srt::broker {

/// Reads a path and finds its name.
static long readName(const Broker &broker, const Call &call, int dirfd,
                     uint64_t from, Name &name) {
  Path path;
  long result = readPath(broker, call, from, path);
  return result < 0 ? result : resolveName(broker, call, dirfd, path, name);
}

/// Judges something that is to be made. What is there already is told first:
/// everybody can see it.
static long permitNew(const Broker &broker, const Call &call, const Name &name,
                      uint32_t needed) {
  struct stat status;
  if (!name.isPlain)
    return 0;
  if (lookAt(name, status) == 0)
    return -EEXIST;
  long result = permit(broker, call, name.path.text(), needed, -EACCES);
  return result < 0 ? result : takeUmask(broker, call);
}

long performMkdir(Broker &broker, const Call &call, int dirfd, uint64_t path,
                  long mode) {
  Name name;
  long result = readName(broker, call, dirfd, path, name);
  if (result == 0)
    result = permitNew(broker, call, name, SRT_ACT_WRITE_CREATE);
  if (result == 0)
    result = sys::mkdirAt(name.parent.fd.number(), name.last, mode);
  return result;
}

long performMknod(Broker &broker, const Call &call, int dirfd, uint64_t path,
                  long mode, long device) {
  // A type of 0 is a regular file: fs/namei.c:do_mknodat, v6.12.
  bool isFile = (mode & 0170000) == 0 || sys::isRegular(uint32_t(mode));
  Name name;
  long result = readName(broker, call, dirfd, path, name);
  if (result == 0)
    result = permitNew(broker, call, name,
                       isFile ? SRT_ACT_WRITE_CREATE : SRT_ACT_WRITE_SPECIAL);
  if (result == 0)
    result = sys::mknodAt(name.parent.fd.number(), name.last, mode, device);
  return result;
}

long performSymlink(Broker &broker, const Call &call, uint64_t target,
                    int dirfd, uint64_t path) {
  Path text;
  long result = readPath(broker, call, target, text);
  Name name;
  if (result == 0)
    result = readName(broker, call, dirfd, path, name);
  if (result == 0)
    result = permitNew(broker, call, name, SRT_ACT_WRITE_CREATE);
  // A link in place of a directory in which something is denied would lead
  // whoever goes that way later, outside of the sandbox, to another directory;
  // one in place of what is allowed, the next start.
  if (result == 0 && name.isPlain && !mayBeLink(broker, name.path.text()))
    result = refuseMove(broker, call, name.path.text(), SRT_ACT_WRITE_CREATE,
                        -EACCES);
  if (result == 0)
    result = sys::symlinkAt(text.bytes, name.parent.fd.number(), name.last);
  return result;
}

long performUnlink(Broker &broker, const Call &call, int dirfd, uint64_t path,
                   long flags) {
  constexpr long kRemoveDirectory = 0x200; // AT_REMOVEDIR
  if ((flags & ~kRemoveDirectory) != 0)
    return -EINVAL;
  Name name;
  long result = readName(broker, call, dirfd, path, name);
  struct stat status;
  if (result == 0 && name.isPlain)
    result = lookAt(name, status);
  if (result == 0 && name.isPlain)
    result =
        permit(broker, call, name.path.text(), SRT_ACT_WRITE_DELETE, -EACCES);
  if (result == 0)
    result = sys::unlinkAt(name.parent.fd.number(), name.last, flags);
  return result;
}

long performTruncate(Broker &broker, const Call &call, uint64_t path,
                     long size) {
  Path text;
  long result = readPath(broker, call, path, text);
  Object object;
  if (result == 0)
    result = resolve(broker, call, int(sys::kCwd), text, Last::Follow, object);
  if (result == 0)
    result = permit(broker, call, object, SRT_ACT_WRITE_DATA, -EACCES);
  if (result < 0)
    return result;
  Spelling name = pathOfDescriptor(uint64_t(object.fd.number()));
  return sys::truncate(name.text(), size);
}

} // namespace srt::broker
