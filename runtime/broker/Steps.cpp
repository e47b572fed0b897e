// runtime/broker/Steps.cpp: paths that go through /proc, step by step.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: ends for every path, after kMaxLinks links at the latest. `self`
// and `thread-self` mean the caller. The directory of the broker is never
// entered, by whatever way it is reached, so none of its own links is followed.
#include "Broker.h"

namespace srt::broker {

/// Links the kernel follows in one path: include/linux/namei.h:MAXSYMLINKS.
static constexpr unsigned kMaxLinks = 40;
static constexpr uint64_t kProcRoot = 1; // PROC_ROOT_INO, linux/proc_fs.h
static constexpr long kPathOnly = O_PATH | O_CLOEXEC;

/// A walk: where it is, and what is left of the path.
struct Steps {
  const Broker &broker;
  const Call &call;
  Last last;
  Object at;
  Path rest;
  unsigned linkCount = 0;
};

/// Goes to `fd`, unless that is a place of the broker.
static long enter(Steps &steps, long fd) {
  if (fd < 0)
    return fd;
  steps.at.fd.reset(fd);
  long result = look(steps.broker, steps.at);
  return result == 0 && isOurs(steps.broker, steps.at) ? -EACCES : result;
}

/// Puts a text before what is left of the path.
static long prepend(Steps &steps, Text text) {
  Path whole;
  bool fits = whole.append(text) &&
              (steps.rest.size == 0 ||
               (whole.append("/") && whole.append(steps.rest.text())));
  if (!fits)
    return -ENAMETOOLONG;
  steps.rest.cut(0);
  (void)steps.rest.append(whole.text()); // same capacity
  return 0;
}

/// Whether a link of /proc has no text but leads to its object at once.
static bool isMagic(long at, const char *name) {
  long fd = sys::openat2(at, name, {kPathOnly, 0, sys::kNoMagicLinks});
  if (fd >= 0)
    sys::close(fd);
  return fd == -ELOOP;
}

/// Follows the link `name` of the present directory, which `link` holds.
static long follow(Steps &steps, const char *name, long link,
                   const struct stat &status) {
  if (steps.linkCount++ == kMaxLinks)
    return -ELOOP;
  long at = steps.at.fd.number();
  if (status.st_dev == steps.broker.procDevice && isMagic(at, name))
    return enter(steps, sys::openAt(at, name, kPathOnly));
  Path text;
  long size =
      sys::readlinkAt(link, "", text.room(Path::kCapacity), Path::kCapacity);
  if (size <= 0)
    return size < 0 ? size : -ENOENT;
  if (uint64_t(size) >= Path::kCapacity)
    return -ENAMETOOLONG;
  text.cut(uint64_t(size));
  long result = prepend(steps, text.text());
  if (result == 0 && text.bytes[0] == '/')
    result = enter(steps, sys::open("/", kPathOnly));
  return result;
}

/// What `self` and `thread-self` stand for, for the caller.
static Spelling ownName(const Steps &steps, Text name) {
  Spelling own;
  uint64_t process = processOf(steps.broker, steps.call);
  own << process;
  if (name == "thread-self")
    own << "/task/" << uint64_t(steps.call.tid);
  return own;
}

/// Takes one component that is a name.
static long step(Steps &steps, const Path &name, bool isLast) {
  bool isProcRoot = steps.at.status.st_dev == steps.broker.procDevice &&
                    steps.at.status.st_ino == kProcRoot;
  bool isOwn = name.text() == "self" || name.text() == "thread-self";
  bool isKept = isLast && steps.last == Last::Keep;
  if (isProcRoot && isOwn && !isKept)
    return prepend(steps, ownName(steps, name.text()).whole());
  Handle next(
      sys::openAt(steps.at.fd.number(), name.bytes, kPathOnly | O_NOFOLLOW));
  if (next.number() < 0)
    return next.number();
  struct stat status;
  long result = sys::statDescriptor(next.number(), status);
  if (result < 0)
    return result;
  if (sys::isLink(status.st_mode) && !isKept)
    return follow(steps, name.bytes, next.number(), status);
  return enter(steps, next.release());
}

/// Takes the first component off the rest; false if there is none.
static bool nextName(Steps &steps, Path &name) {
  while (steps.rest.size != 0) {
    uint64_t size = load::find(steps.rest.text(), '/');
    name.cut(0);
    (void)name.append(steps.rest.text().prefix(size)); // same capacity
    uint64_t from = size == steps.rest.size ? size : size + 1;
    __builtin_memmove(steps.rest.room(steps.rest.size), steps.rest.bytes + from,
                      steps.rest.size - from);
    steps.rest.cut(steps.rest.size - from);
    if (name.size != 0 && !(name.text() == "."))
      return true;
  }
  return false;
}

static long walk(Steps &steps, bool mustBeDirectory) {
  Path name;
  long result = 0;
  while (result == 0 && nextName(steps, name)) {
    if (!sys::isDirectory(steps.at.status.st_mode))
      return -ENOTDIR;
    bool isLast = steps.rest.size == 0 && !mustBeDirectory;
    result = step(steps, name, isLast);
  }
  if (result == 0 && mustBeDirectory &&
      !sys::isDirectory(steps.at.status.st_mode))
    return -ENOTDIR;
  return result;
}

static bool endsAsDirectory(Text path) {
  char last = path.data[path.size - 1];
  bool isDot =
      last == '.' && (path.size == 1 || path.data[path.size - 2] == '/');
  return last == '/' || isDot;
}

long resolveBySteps(const Broker &broker, const Call &call, Handle &base,
                    const Path &path, Last last, Object &object) {
  Steps steps = {broker, call, last, {}, {}};
  (void)steps.rest.append(path.text()); // same capacity
  bool isAbsolute = path.bytes[0] == '/';
  long result =
      enter(steps, isAbsolute ? sys::open("/", kPathOnly) : base.release());
  if (result == 0)
    result = walk(steps, endsAsDirectory(path.text()));
  if (result < 0)
    return result;
  object.fd.reset(steps.at.fd.release());
  return look(broker, object);
}

} // namespace srt::broker
