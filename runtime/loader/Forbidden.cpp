// runtime/loader/Forbidden.cpp: denied places that only the start can compare.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no grant that shares a right with a forbidden place is that
// place, holds it or lies in it. Places are compared by canonical path and,
// because a bind mount or a hard link gives one object two paths, what holds
// the place also by device and inode. A forbidden place that is a link counts
// at the link and at its target.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "forbidden";
static constexpr long kOpenLink = O_PATH | O_CLOEXEC | O_NOFOLLOW;

/// One comparison: everything a refusal has to name.
struct Case {
  const Sandbox &sandbox;
  const srt_forbidden &forbidden;
};

[[noreturn]] static void refuseOverlap(const Case &c, Text location,
                                       const Grant &grant) {
  refuse(kStep,
         Message() << "`" << location << "` is denied ("
                   << RuleAt{c.sandbox, c.forbidden.place.rule} << ") but `"
                   << grant.location << "` is allowed ("
                   << RuleAt{c.sandbox, grant.rule}
                   << ") and they are the same or one holds the other",
         "Landlock cannot deny inside what it allows: start from another "
         "directory, or change one of the two rules");
}

static void compareObject(const Case &c, Text location,
                          const struct statx &status) {
  for (uint64_t i = 0; i < c.sandbox.grantCount; ++i) {
    const Grant &grant = c.sandbox.grants[i];
    if ((grant.rights & c.forbidden.rights) != 0 &&
        grant.device == sys::deviceOf(status) && grant.inode == status.stx_ino)
      refuseOverlap(c, location, grant);
  }
}

/// Compares the place and each directory above it with every grant, by inode.
static void compareAncestors(const Case &c, Text location) {
  for (uint64_t end = 1; end <= location.size; ++end) {
    if (end != 1 && end != location.size && location.data[end] != '/')
      continue;
    Path path;
    struct statx status;
    if (!path.append(location.prefix(end)))
      refuse(kStep, Message() << "a path is too long: ENAMETOOLONG");
    long result = sys::statx(sys::kCwd, path.bytes, sys::kNoFollow, status);
    if (sys::isMissing(result))
      return; // the rest does not exist yet
    if (result < 0)
      refuse(kStep, Message() << "cannot stat `" << path.text()
                              << "`: " << Errno{result});
    compareObject(c, location, status);
  }
}

/// Judges one location of the forbidden place: canonical, existing or not.
static void judge(const Case &c, Text location) {
  for (uint64_t i = 0; i < c.sandbox.grantCount; ++i) {
    const Grant &grant = c.sandbox.grants[i];
    if ((grant.rights & c.forbidden.rights) != 0 &&
        (isWithin(location, grant.location) ||
         isWithin(grant.location, location)))
      refuseOverlap(c, location, grant);
  }
  compareAncestors(c, location);
}

/// Judges the place as what `fd` refers to plus `remainder` (which begins with
/// a slash or is empty), and closes `fd`.
static void judgeAt(const Case &c, long fd, Text remainder) {
  Path location;
  locate(fd, kStep, location);
  sys::close(fd);
  if (remainder.size != 0 && location.size == 1)
    location.cut(0); // "/" plus "/x"
  if (!location.append(remainder))
    refuse(kStep, Message() << "a forbidden path is too long: ENAMETOOLONG");
  judge(c, location.text());
}

[[noreturn]] static void refuseOpen(const Case &c, Text path, long error) {
  refuse(kStep,
         Message() << "cannot tell where `" << path << "` leads (denied by "
                   << RuleAt{c.sandbox, c.forbidden.place.rule}
                   << "): " << Errno{error},
         sys::isMissing(error) ? "it is a link to something that does not exist"
                               : nullptr);
}

/// Judges the place with its first `end` bytes resolved. Returns false if they
/// do not exist, so that nothing longer does.
static bool judgePrefix(const Case &c, Text path, uint64_t end) {
  Path prefix;
  if (!prefix.append(path.prefix(end)))
    refuse(kStep, Message() << "a forbidden path is too long: ENAMETOOLONG");
  Text remainder = path.suffix(end == 1 ? 0 : end);
  if (path.size == 1)
    remainder = {};
  long fd = sys::open(prefix.bytes, kOpenLink);
  if (sys::isMissing(fd))
    return false;
  if (fd < 0)
    refuseOpen(c, path, fd);
  judgeAt(c, fd, remainder);
  fd = sys::open(prefix.bytes, O_PATH | O_CLOEXEC);
  // It exists, so this is a link to nothing: the command might create what it
  // leads to, and nobody could say where that is.
  if (fd < 0)
    refuseOpen(c, path, fd);
  judgeAt(c, fd, remainder);
  return true;
}

/// Judges a path: at once if there is no link in it, else step by step, each
/// link both unfollowed and followed. A place that does not exist is thereby
/// judged at its nearest existing ancestor plus the remainder.
static void judgePath(const Case &c, Text path, const char *terminated) {
  // Without O_NOFOLLOW: with it, a link as the last component would open.
  sys::OpenHow how = {O_PATH | O_CLOEXEC, 0, sys::kNoSymlinks};
  long fd = sys::openat2(sys::kCwd, terminated, how);
  if (fd >= 0)
    return judgeAt(c, fd, {});
  if (fd != -ELOOP && !sys::isMissing(fd))
    refuseOpen(c, path, fd);
  for (uint64_t end = 1; end <= path.size; ++end) {
    bool isBoundary = end == 1 || end == path.size || path.data[end] == '/';
    if (isBoundary && !judgePrefix(c, path, end))
      return;
  }
}

static void judgeCommand(const Case &c) {
  SearchPath search(c.sandbox);
  Path path;
  while (search.next(c.sandbox.text(c.forbidden.place.path), path)) {
    struct statx status;
    long result = sys::statx(sys::kCwd, path.bytes, sys::kNoFollow, status);
    if (sys::isMissing(result))
      continue;
    if (result < 0)
      refuseOpen(c, path.text(), result);
    judgePath(c, path.text(), path.bytes);
  }
}

void checkForbidden(Sandbox &sandbox) {
  for (uint32_t i = 0; i < sandbox.view.forbidden_count; ++i) {
    Case c = {sandbox, sandbox.view.forbidden[i]};
    if (c.forbidden.kind == SRT_FORBID_COMMAND) {
      judgeCommand(c);
      continue;
    }
    Path path;
    spellPlace(sandbox, c.forbidden.place, path);
    judgePath(c, path.text(), path.bytes);
  }
}

} // namespace srt::load
