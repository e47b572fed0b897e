// runtime/broker/Rename.cpp: rename and link, which carry content elsewhere.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what can be done with the content does not grow: a file gets no
// right at its new place that it had not at the old one, and a directory moves
// only where nothing below it could change its verdict (States.cpp). Landlock
// demands the same of the rights that it knows
// (security/landlock/fs.c:current_check_refer_path, v6.12).
#include "Broker.h"

namespace srt::broker {

// RENAME_*, include/uapi/linux/fs.h.
static constexpr long kNoReplace = 1, kExchange = 2, kWhiteout = 4;

/// Actions on what is in a file, as opposed to those on its name.
static constexpr uint32_t kContent = SRT_ACT_READ_DATA | SRT_ACT_WRITE_DATA |
                                     SRT_ACT_WRITE_METADATA | SRT_ACT_IOCTL;
/// Of a socket too, to whom one speaks there.
static constexpr uint32_t kContentOfSocket =
    kContent | SRT_ACT_CONNECT | SRT_ACT_SEND;
static constexpr uint32_t kContentOfDirectory =
    SRT_ACT_READ_LIST | SRT_ACT_WRITE_METADATA;

/// A name, and what has it.
struct End {
  Name name;
  struct stat status;
  bool exists = false;

  Text path() const { return name.path.text(); }
};

static long readEnd(const Broker &broker, const Call &call, int dirfd,
                    uint64_t from, End &end) {
  Path path;
  long result = readPath(broker, call, from, path);
  if (result == 0)
    result = resolveName(broker, call, dirfd, path, end.name);
  if (result < 0 || !end.name.isPlain)
    return result;
  result = lookAt(end.name, end.status);
  end.exists = result == 0;
  return result == -ENOENT ? 0 : result;
}

/// Whether more may be done with a file, or a directory, at `to` than at
/// `from`.
static bool gains(const Broker &broker, Text from, Text to, uint32_t content) {
  uint32_t here = outcomeOf(broker, from).permitted();
  uint32_t there = outcomeOf(broker, to).permitted();
  return (there & ~here & content & broker.actions()) != 0;
}

/// A move that is permitted at both ends, and now looked at as a whole.
struct Move {
  const Broker &broker;
  const Call &call;
  uint32_t mode; // of what moves
  Text from, to;
  uint32_t action; // to report
};

/// What is wrong with it: 0 or a negated errno. A link above an anchor would
/// lead those who go that way later elsewhere.
static long judgeMove(const Move &move) {
  if (move.from == move.to)
    return 0;
  const Broker &broker = move.broker;
  if (!sys::isDirectory(move.mode)) {
    if (sys::isLink(move.mode) && !mayBeLink(broker, move.to))
      return -EACCES;
    uint32_t content = sys::isSocket(move.mode) ? kContentOfSocket : kContent;
    bool isWider = gains(broker, move.from, move.to, content) ||
                   runsMore(broker, move.from, move.to);
    return isWider ? -EXDEV : 0;
  }
  if (isAboveAnchor(broker, move.from) || isAboveAnchor(broker, move.to))
    return -EACCES;
  // The directory itself, and all that is in it.
  if (!gains(broker, move.from, move.to, kContentOfDirectory) &&
      isSameState(broker, move.from, move.to))
    return 0;
  // After EXDEV mv(1) copies, and removes what it can of the source: not where
  // something in that has a rule.
  return leadsToRule(broker, move.from) ? -EACCES : -EXDEV;
}

static long permitMove(const Move &move) {
  long result = judgeMove(move);
  return result == 0 ? 0
                     : refuseMove(move.broker, move.call, move.from,
                                  move.action, result);
}

/// What has to be permitted at the place that something leaves, and at the one
/// where it arrives.
static uint32_t neededToLeave() {
  return SRT_ACT_WRITE_RENAME | SRT_ACT_WRITE_DELETE;
}
static uint32_t neededToArrive(bool replaces) {
  return SRT_ACT_WRITE_RENAME | SRT_ACT_WRITE_CREATE |
         (replaces ? SRT_ACT_WRITE_DELETE : 0);
}

static long permitRename(const Broker &broker, const Call &call,
                         const End &from, const End &to, bool isExchange) {
  uint32_t leave = neededToLeave(), arrive = neededToArrive(to.exists);
  if (isExchange)
    leave = arrive = neededToLeave() | neededToArrive(true);
  long result = permit(broker, call, from.path(), leave, -EACCES);
  if (result == 0)
    result = permit(broker, call, to.path(), arrive, -EACCES);
  if (result == 0)
    result = permitMove({broker, call, from.status.st_mode, from.path(),
                         to.path(), SRT_ACT_WRITE_RENAME});
  if (result == 0 && isExchange)
    result = permitMove({broker, call, to.status.st_mode, to.path(),
                         from.path(), SRT_ACT_WRITE_RENAME});
  return result;
}

long performRename(Broker &broker, const Call &call, int fromFd, uint64_t from,
                   int toFd, uint64_t to, long flags) {
  if ((flags & ~(kNoReplace | kExchange | kWhiteout)) != 0)
    return -EINVAL;
  // A whiteout is a device node, which a sandbox never makes.
  if ((flags & kWhiteout) != 0)
    return -EPERM;
  End source, target;
  long result = readEnd(broker, call, fromFd, from, source);
  if (result == 0)
    result = readEnd(broker, call, toFd, to, target);
  if (result < 0)
    return result;
  bool isPlain = source.name.isPlain && target.name.isPlain;
  bool isExchange = (flags & kExchange) != 0;
  if (isPlain && (!source.exists || (isExchange && !target.exists)))
    return -ENOENT;
  // mv(1) asks so whether its target is a directory: no denial to speak of.
  if (isPlain && target.exists && flags == kNoReplace)
    return -EEXIST;
  if (isPlain)
    result = permitRename(broker, call, source, target, isExchange);
  if (result < 0)
    return result;
  return sys::renameAt(source.name.parent.fd.number(), source.name.last,
                       target.name.parent.fd.number(), target.name.last, flags);
}

/// Finds the object that a new name is made for.
static long readSource(const Broker &broker, const Call &call, int dirfd,
                       uint64_t from, long flags, Object &source) {
  Path path;
  long result = readPath(broker, call, from, path);
  if (result < 0)
    return result;
  if (path.size == 0 && (flags & sys::kEmptyPath) != 0)
    return resolveDescriptor(broker, call, dirfd, source);
  bool isFollowed = (flags & sys::kFollowLink) != 0;
  return resolve(broker, call, dirfd, path,
                 isFollowed ? Last::Follow : Last::Keep, source);
}

static long permitLink(const Broker &broker, const Call &call,
                       const Object &source, const End &target) {
  long result = permit(broker, call, source, SRT_ACT_WRITE_LINK, -EACCES);
  if (result == 0)
    result = permit(broker, call, target.path(),
                    SRT_ACT_WRITE_LINK | SRT_ACT_WRITE_CREATE, -EACCES);
  // The kernel refuses a link to a directory; here nothing is below it.
  if (result == 0 && source.hasPath && !sys::isDirectory(source.status.st_mode))
    result =
        permitMove({broker, call, source.status.st_mode, source.path.text(),
                    target.path(), SRT_ACT_WRITE_LINK});
  return result;
}

long performLink(Broker &broker, const Call &call, int fromFd, uint64_t from,
                 int toFd, uint64_t to, long flags) {
  if ((flags & ~(sys::kFollowLink | sys::kEmptyPath)) != 0)
    return -EINVAL;
  Object source;
  End target;
  long result = readSource(broker, call, fromFd, from, flags, source);
  if (result == 0)
    result = readEnd(broker, call, toFd, to, target);
  if (result == 0 && target.exists)
    result = -EEXIST;
  if (result == 0 && target.name.isPlain)
    result = permitLink(broker, call, source, target);
  if (result < 0)
    return result;
  // Through /proc, as AT_EMPTY_PATH needs a capability before Linux 6.10.
  Spelling name;
  name << uint64_t(source.fd.number());
  return sys::linkAt(broker.own, name.text(), target.name.parent.fd.number(),
                     target.name.last, sys::kFollowLink);
}

} // namespace srt::broker
