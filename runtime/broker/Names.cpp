// runtime/broker/Names.cpp: names that are to be made or removed.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the directory is held open, the place is its place and the name,
// and the name has no slash in it but one at its end, so the kernel cannot be
// led anywhere else.
#include "Broker.h"

namespace srt::broker {

/// Bytes of a path without the slashes at its end.
static uint64_t withoutSlashes(Text path) {
  uint64_t size = path.size;
  while (size > 0 && path.data[size - 1] == '/')
    --size;
  return size;
}

/// Splits a path: the directory into `folder`, the rest into `name`.
static long split(Text path, Path &folder, Name &name) {
  uint64_t end = withoutSlashes(path), begin = end;
  while (begin > 0 && path.data[begin - 1] != '/')
    --begin;
  Text last = path.prefix(end).suffix(begin);
  constexpr uint64_t kLongest = 255; // NAME_MAX, include/uapi/linux/limits.h
  if (last.size > kLongest)
    return -ENAMETOOLONG;
  bool isDirectory = end < path.size;
  __builtin_memcpy(name.last, last.data, last.size);
  name.last[last.size] = isDirectory && last.size != 0 ? '/' : 0;
  name.last[last.size + 1] = 0;
  name.isPlain = last.size != 0 && !(last == ".") && !(last == "..");
  if (last.size == 0)
    __builtin_memcpy(name.last, "/", 2); // the root directory itself
  folder.cut(0);
  bool isHere = begin == 0 && end != 0;
  (void)folder.append(isHere ? Text(".") : path.prefix(begin == 0 ? 1 : begin));
  return 0;
}

/// Puts the place together, once the directory is known.
static long placeName(Name &name) {
  if (!sys::isDirectory(name.parent.status.st_mode))
    return -ENOTDIR;
  Text last(name.last);
  last = last.prefix(withoutSlashes(last));
  name.path.cut(0);
  bool fits = name.path.append(name.parent.path.text()) &&
              name.path.append("/") && name.path.append(last);
  return fits ? 0 : -ENAMETOOLONG;
}

long resolveNameFrom(const Broker &broker, const Call &call, Handle &base,
                     const Path &path, Name &name) {
  Path folder;
  long result = split(path.text(), folder, name);
  if (result == 0)
    result = resolveFrom(broker, call, base, folder, Last::Follow, name.parent);
  return result < 0 ? result : placeName(name);
}

long resolveName(const Broker &broker, const Call &call, int dirfd,
                 const Path &path, Name &name) {
  if (path.size == 0)
    return -ENOENT;
  Handle base;
  if (path.bytes[0] != '/') {
    long result = openBase(broker, call, dirfd, base);
    if (result < 0)
      return result;
  }
  return resolveNameFrom(broker, call, base, path, name);
}

long lookAt(const Name &name, struct stat &status) {
  // A slash behind the name would follow a link.
  Path plain;
  Text last(name.last);
  (void)plain.append(last.prefix(withoutSlashes(last)));
  return sys::statAt(name.parent.fd.number(), plain.bytes, sys::kNoFollow,
                     status);
}

} // namespace srt::broker
