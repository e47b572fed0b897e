// runtime/broker/Watch.cpp: inotify_add_watch, which tells names in directories.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a directory is watched only if it may be listed, a file only if it
// may be read; and by Landlock too, which does not see watches: the object is
// opened for that, and closed again. What is watched is the object that was
// judged.
#include "Broker.h"

namespace srt::broker {

/// Whether the kernel would let the command open what it wants to watch.
static long tryOpen(const Broker &broker, const Object &object) {
  Spelling name;
  name << uint64_t(object.fd.number());
  constexpr long kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Handle opened(sys::openAt(broker.own, name.text(), kFlags));
  return opened.number() < 0 ? opened.number() : 0;
}

/// A copy of the watcher of the caller.
static long takeWatcher(const Broker &broker, const Call &call, int number,
                        Handle &watcher) {
  Handle process(sys::pidfdOpen(processOf(broker, call)));
  // Some containers forbid it: then nothing is watched.
  long fd = process.number() < 0
                ? process.number()
                : sys::descriptorOf(process.number(), number);
  if (fd < 0)
    return fd == -EBADF ? -EBADF : -EACCES;
  watcher.reset(fd);
  return isWaiting(broker, call.id) ? 0 : -EACCES;
}

long performWatch(Broker &broker, const Call &call, int watcher, uint64_t path,
                  uint32_t mask) {
  constexpr uint32_t kDontFollow = 0x02000000; // IN_DONT_FOLLOW, linux/inotify.h
  Path text;
  long result = readPath(broker, call, path, text);
  Object object;
  if (result == 0)
    result = resolve(broker, call, int(sys::kCwd), text,
                     (mask & kDontFollow) != 0 ? Last::Keep : Last::Follow,
                     object);
  if (result < 0)
    return result;
  bool isDirectory = sys::isDirectory(object.status.st_mode);
  // Opening anything else may have an effect.
  if (!isDirectory && !sys::isRegular(object.status.st_mode))
    return -EACCES;
  result = permit(broker, call, object,
                  isDirectory ? SRT_ACT_READ_LIST : SRT_ACT_READ_DATA, -EACCES);
  if (result == 0)
    result = tryOpen(broker, object);
  Handle own;
  if (result == 0)
    result = takeWatcher(broker, call, watcher, own);
  if (result < 0)
    return result;
  Spelling name = pathOfDescriptor(uint64_t(object.fd.number()));
  return sys::addWatch(own.number(), name.text(), mask & ~kDontFollow);
}

} // namespace srt::broker
