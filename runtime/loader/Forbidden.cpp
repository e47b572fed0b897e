// runtime/loader/Forbidden.cpp: denied places that only the start can compare.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no grant that shares a right with a forbidden place is that
// place, holds it or lies in it: a root refuses the start, a hit on PATH is
// left out. Places are compared by canonical path and, because a bind mount or
// a hard link gives one object two paths, each with what holds the other also
// by device and inode. A forbidden place that is a link counts at the link and
// at its target.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "forbidden";
static constexpr long kOpenLink = O_PATH | O_CLOEXEC | O_NOFOLLOW;

/// One forbidden record being looked up.
struct Case {
  Sandbox &sandbox;
  const srt_forbidden &forbidden;
};

[[noreturn]] static void refuseOverlap(const Sandbox &sandbox,
                                       const Denied &denied,
                                       const Grant &grant) {
  refuse(kStep,
         Message() << "`" << denied.location << "` is denied ("
                   << RuleAt{sandbox, denied.rule} << ") but `"
                   << grant.location << "` is allowed ("
                   << RuleAt{sandbox, grant.rule}
                   << ") and they are the same or one holds the other",
         "Landlock cannot deny inside what it allows: start from another "
         "directory, or change one of the two rules");
}

/// Whether the node, or one above it, is the object.
static bool isBelow(const Node *node, uint64_t device, uint64_t inode) {
  for (; node; node = node->above)
    if (node->mode != 0 && node->inode == inode && node->device == device)
      return true;
  return false;
}

static bool isSame(const Denied &denied, const Grant &grant) {
  return denied.exists() && denied.node->inode == grant.inode &&
         denied.node->device == grant.device;
}

/// Whether the two are the same or one holds the other. Requires: the grant has
/// a location.
static bool overlaps(Sandbox &sandbox, const Denied &denied, Grant &grant) {
  if (isWithin(denied.location, grant.location) ||
      isWithin(grant.location, denied.location) || isSame(denied, grant) ||
      isBelow(denied.node, grant.device, grant.inode))
    return true;
  if (!denied.exists() || !sys::isDirectory(denied.node->mode))
    return false;
  if (!grant.node)
    grant.node = nodeAt(sandbox, grant.location);
  return isBelow(grant.node, denied.node->device, denied.node->inode);
}

/// Notes one location of the forbidden place: canonical, existing or not.
static void judge(const Case &c, Text location) {
  Sandbox &sandbox = c.sandbox;
  const Denied &denied = sandbox.denied.add(
      sandbox.arena,
      {sandbox.arena.copy(location), nodeAt(sandbox, location),
       c.forbidden.rights, c.forbidden.place.rule, c.forbidden.kind});
  for (Grant &grant : sandbox.grants)
    if ((grant.rights & denied.rights) != 0 && overlaps(sandbox, denied, grant))
      refuseOverlap(sandbox, denied, grant);
}

/// Judges the place as what `fd` refers to plus `remainder` (which begins with
/// a slash or is empty), and closes `fd`.
static void judgeAt(const Case &c, long fd, Text remainder) {
  Path location;
  locate(fd, kStep, location);
  giveBack(c.sandbox, fd);
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
/// link both unfollowed and followed. Without a link, the path is canonical as
/// far as it exists, and what does not exist yet will be where it says.
static void judgePath(const Case &c, Text path) {
  if (!sys::isLink(nodeAt(c.sandbox, path)->mode)) {
    judge(c, path);
    return;
  }
  for (uint64_t end = 1; end <= path.size; ++end) {
    bool isBoundary = end == 1 || end == path.size || path.data[end] == '/';
    if (isBoundary && !judgePrefix(c, path, end))
      return;
  }
}

/// Judges the hit of a command in one directory. The directory counts where it
/// is, whatever links PATH goes through; the hit itself as any place does.
static void judgeHit(const Case &c, SearchDirectory &directory) {
  Text name = c.sandbox.text(c.forbidden.place.path);
  struct stat status;
  long result = directory.fd;
  if (result >= 0)
    result = sys::statAt(directory.fd, name.data, sys::kNoFollow, status);
  // What this user may not enter, the command may not either: it runs nothing
  // from there, and learns of no link there.
  if (sys::isMissing(result) || result == -EACCES)
    return;
  if (result < 0)
    refuseOpen(c, directory.path, result);
  Path path;
  if (directory.location.size == 0) {
    locate(directory.fd, kStep, path);
    directory.location = c.sandbox.arena.copy(path.text());
  }
  path.cut(0);
  if (!path.append(directory.location.size == 1 ? Text()
                                                : directory.location) ||
      !path.append("/") || !path.append(name))
    refuse(kStep, Message() << "a forbidden path is too long: ENAMETOOLONG");
  judgePath(c, path.text());
}

void checkForbidden(Sandbox &sandbox) {
  for (uint32_t i = 0; i < sandbox.view.forbidden_count; ++i) {
    Case c = {sandbox, sandbox.view.forbidden[i]};
    if (c.forbidden.kind == SRT_FORBID_COMMAND) {
      for (SearchDirectory &directory : sandbox.directories)
        judgeHit(c, directory);
      continue;
    }
    Path path;
    spellPlace(sandbox, c.forbidden.place, path);
    judgePath(c, path.text());
  }
}

/// Whether the denied location can hold a file: then its path matters.
static bool isHolder(const Denied &denied) {
  return !denied.exists() || sys::isDirectory(denied.node->mode);
}

bool isDeniedHit(Sandbox &sandbox, long fd, Grant &grant) {
  bool isDenied = false;
  for (const Denied &denied : sandbox.denied) {
    if ((grant.rights & denied.rights) == 0)
      continue;
    bool isHolding = isHolder(denied);
    if (grant.location.size == 0 && (isHolding || isSame(denied, grant))) {
      Path path;
      locate(fd, kStep, path);
      grant.location = sandbox.arena.copy(path.text());
    }
    if (!isSame(denied, grant) &&
        !(isHolding && overlaps(sandbox, denied, grant)))
      continue;
    if (denied.kind == SRT_FORBID_COMMAND)
      refuseOverlap(sandbox, denied, grant);
    isDenied = true;
  }
  return isDenied;
}

} // namespace srt::load
