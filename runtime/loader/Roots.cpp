// runtime/loader/Roots.cpp: opens the places of the policy and grants them.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a root that is not there is left out, which narrows; every other
// difficulty refuses the start. No link that an earlier run could have made
// leads a grant out of the place in which it could make it.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "roots";
static constexpr long kOpenPath = O_PATH | O_CLOEXEC;

/// openat2 with RESOLVE_BENEATH gives EAGAIN if a directory moved meanwhile;
/// asking again for ever would let the mover stop us.
static constexpr int kAttempts = 16;

/// Links the kernel follows in one path: include/linux/namei.h:MAXSYMLINKS.
static constexpr unsigned kMaxLinks = 40;

/// Rights by which a link comes to stand in a place: it is made there, or
/// arrives in a directory that is moved there. LANDLOCK_ACCESS_FS_MAKE_DIR,
/// MAKE_SYM and REFER, include/uapi/linux/landlock.h.
static constexpr uint64_t kPlanting = 1 << 7 | 1 << 12 | 1 << 13;

/// A granted directory in which an earlier run could make links.
struct Plantable {
  uint64_t device, inode;
};

/// A directory on the way that is plantable: the path so far up to `end`.
struct Passage {
  uint64_t end; // bytes; "/" is 0
  uint64_t plantable;
};

/// The roots, and what is known of them.
struct Roots {
  Sandbox &sandbox;
  long *fds;      // 0: not opened yet, negative: errno
  bool *isParent; // others lie beneath: stays open until all are done
  List<Plantable> plantables = {};
};

/// Resolves a path with links by hand, as path_resolution(7) says, to see where
/// each link stands. `done` has no link and no dots, so `..` may be cut off.
class Walk {
public:
  Walk(Roots &r, const Path &path) : roots(r) {
    (void)rest.append(path.text()); // same capacity
  }

  /// Returns 0, or a negated errno: EXDEV if a link that could be planted leads
  /// out of the plantable place it stands in.
  long run();
  /// Where the path leads: "/" or without a trailing slash.
  const Path &end() {
    if (done.size == 0)
      (void)done.append("/");
    return done;
  }
  /// The status of what is there.
  struct stat status;

private:
  Roots &roots;
  Path done, rest;
  static constexpr unsigned kMaxPassages = 32;
  Passage passages[kMaxPassages];
  unsigned passageCount = 0;
  uint64_t mustHold[kMaxLinks]; // plantables that have to hold the end
  unsigned mustHoldCount = 0, linkCount = 0;

  long enter();
  long step(Text component);
  long follow(uint64_t linkAt);
  void leave(uint64_t size);
  bool isHeld() const;
};

/// Looks at `done`, and notes whether it is plantable.
long Walk::enter() {
  long result = sys::statAt(sys::kCwd, done.size == 0 ? "/" : done.bytes,
                            sys::kNoFollow, status);
  if (result < 0 || !sys::isDirectory(status.st_mode))
    return result;
  for (uint64_t i = 0; i < roots.plantables.size; ++i) {
    const Plantable &place = roots.plantables.data[i];
    if (place.device != status.st_dev || place.inode != status.st_ino)
      continue;
    if (passageCount == kMaxPassages)
      return -ELOOP;
    passages[passageCount++] = {done.size, i};
    break;
  }
  return 0;
}

/// Goes back to the first `size` bytes.
void Walk::leave(uint64_t size) {
  done.cut(size);
  while (passageCount != 0 && passages[passageCount - 1].end > size)
    --passageCount;
}

/// Replaces the link that `done` is now, and that stands at `linkAt`, by what
/// it says.
long Walk::follow(uint64_t linkAt) {
  if (linkCount++ == kMaxLinks)
    return -ELOOP;
  if (passageCount != 0)
    mustHold[mustHoldCount++] = passages[passageCount - 1].plantable;
  Path target;
  long size = sys::readlink(done.bytes, target.bytes, Path::kCapacity);
  if (size <= 0)
    return size < 0 ? size : -ENOENT;
  if (uint64_t(size) >= Path::kCapacity)
    return -ENAMETOOLONG;
  target.cut(uint64_t(size));
  if (rest.size != 0 && (!target.append("/") || !target.append(rest.text())))
    return -ENAMETOOLONG;
  rest.cut(0);
  (void)rest.append(target.text()); // same capacity
  if (target.bytes[0] != '/') {
    leave(linkAt);
    // The status is that of the link, and the way goes on from its directory.
    status.st_mode = 0040000;
    return 0;
  }
  passageCount = 0;
  done.cut(0);
  return enter();
}

long Walk::step(Text component) {
  if (!sys::isDirectory(status.st_mode))
    return -ENOTDIR;
  if (component.size == 0 || component == ".")
    return 0;
  uint64_t linkAt = done.size;
  if (component == "..") {
    while (linkAt != 0 && done.bytes[linkAt - 1] != '/')
      --linkAt;
    leave(linkAt == 0 ? 0 : linkAt - 1);
    return 0;
  }
  if (!done.append("/") || !done.append(component))
    return -ENAMETOOLONG;
  long result = enter();
  if (result < 0 || !sys::isLink(status.st_mode))
    return result;
  return follow(linkAt);
}

/// Whether the way ended inside every plantable place whose links it took.
bool Walk::isHeld() const {
  for (unsigned i = 0; i < mustHoldCount; ++i) {
    bool found = false;
    for (unsigned j = 0; j < passageCount; ++j)
      found |= passages[j].plantable == mustHold[i];
    if (!found)
      return false;
  }
  return true;
}

long Walk::run() {
  long result = enter();
  while (result == 0 && rest.size != 0) {
    uint64_t size = find(rest.text(), '/');
    Path component;
    (void)component.append(rest.text().prefix(size)); // same capacity
    uint64_t next = size == rest.size ? size : size + 1;
    __builtin_memmove(rest.bytes, rest.bytes + next, rest.size - next);
    rest.cut(rest.size - next);
    result = step(component.text());
  }
  // What is missing may be so because of the link: no need to look further.
  if (result == 0 && !isHeld())
    return -EXDEV;
  return result;
}

/// Opens a path that has no link in it.
static long openPlain(const Path &path) {
  return sys::openat2(sys::kCwd, path.bytes, {kOpenPath, 0, sys::kNoSymlinks});
}

/// Opens `path` and makes it the canonical one. Once all plantable roots are
/// known.
static long openLinked(Roots &roots, Path &path) {
  Walk walk(roots, path);
  long result = walk.run();
  if (result < 0)
    return result;
  path.cut(0);
  (void)path.append(walk.end().text()); // same capacity
  // Not followed again: a link here was made since.
  return openPlain(path);
}

/// Opens `path`, the spelling of a root, below an earlier one, and makes it the
/// canonical path if anyone will ask for that.
static long openBeneath(Roots &roots, const srt_root &root, Path &path) {
  long parent = roots.fds[root.beneath];
  if (parent <= 0)
    return -ENOENT; // what is not there holds nothing
  Path spelling;
  spellPlace(roots.sandbox, roots.sandbox.view.roots[root.beneath].place,
             spelling);
  // Both are spelled from the same base, so what follows the parent's spelling
  // and its slash is the way down from it.
  Text rest = path.text().suffix(spelling.size);
  if (rest.data[0] == '/')
    rest = rest.suffix(1);
  sys::OpenHow how = {kOpenPath, 0, sys::kBeneath | sys::kNoMagicLinks};
  long fd = -EAGAIN;
  for (int i = 0; i < kAttempts && fd == -EAGAIN; ++i)
    fd = sys::openat2(parent, rest.data, how);
  if (fd >= 0 && roots.sandbox.view.forbidden_count != 0)
    locate(fd, kStep, path);
  return fd;
}

[[noreturn]] static void refuseRoot(const Sandbox &sandbox,
                                    const srt_root &root, const Path &path,
                                    long error) {
  if (error == -EXDEV)
    refuse(kStep,
           Message() << "`" << path.text() << "` ("
                     << RuleAt{sandbox, root.place.rule}
                     << ") leads out of a writable place through a link",
           "remove the link, or name the place it leads to in the policy");
  refuse(kStep,
         Message() << "cannot open `" << path.text() << "` ("
                   << RuleAt{sandbox, root.place.rule} << "): " << Errno{error},
         error == -ENOSYS ? "openat2(2) needs Linux 5.6" : nullptr);
}

/// Grants root `i`, now open. `path` is its canonical path.
static void grantRoot(Roots &roots, uint32_t i, const Path &path) {
  Sandbox &sandbox = roots.sandbox;
  const srt_root &root = sandbox.view.roots[i];
  struct stat status;
  long result = sys::statDescriptor(roots.fds[i], status);
  if (result < 0)
    refuseRoot(sandbox, root, path, result);
  Grant grant = {{},          status.st_dev,  status.st_ino,
                 root.rights, status.st_mode, root.place.rule,
                 nullptr};
  grantDescriptor(sandbox, roots.fds[i], grant);
  if ((grant.rights & kPlanting) != 0)
    roots.plantables.add(sandbox.arena, {status.st_dev, status.st_ino});
  if (sandbox.view.forbidden_count != 0 && grant.rights != 0) {
    grant.location = sandbox.arena.copy(path.text());
    sandbox.grants.add(sandbox.arena, grant);
  }
  if (!roots.isParent[i])
    sys::close(roots.fds[i]);
}

/// Grants root `i` if it exists.
static void settleRoot(Roots &roots, uint32_t i, const Path &path) {
  if (sys::isMissing(roots.fds[i]))
    return;
  if (roots.fds[i] < 0)
    refuseRoot(roots.sandbox, roots.sandbox.view.roots[i], path, roots.fds[i]);
  grantRoot(roots, i, path);
}

static bool isPlanting(const srt_root &root) {
  return (root.rights & kPlanting) != 0;
}

/// Grants the roots without a link on the way; no earlier run has any part in
/// where they are. The others keep 0.
static bool grantPlain(Roots &roots) {
  const srt_view &view = roots.sandbox.view;
  bool isComplete = true;
  for (uint32_t i = 0; i < view.root_count; ++i) {
    isComplete &= view.roots[i].beneath == SRT_NONE;
    if (view.roots[i].beneath != SRT_NONE)
      continue;
    Path path;
    spellPlace(roots.sandbox, view.roots[i].place, path);
    roots.fds[i] = openPlain(path);
    if (roots.fds[i] == -ELOOP) {
      roots.fds[i] = 0;
      isComplete = false;
      continue;
    }
    settleRoot(roots, i, path);
  }
  return isComplete;
}

/// Notes where the plantable roots are that are reached through links. They are
/// granted only later, when no link of theirs can be unknown.
static void findPlantables(Roots &roots) {
  const srt_view &view = roots.sandbox.view;
  for (uint32_t i = 0; i < view.root_count; ++i) {
    if (roots.fds[i] != 0 || view.roots[i].beneath != SRT_NONE ||
        !isPlanting(view.roots[i]))
      continue;
    Path path;
    spellPlace(roots.sandbox, view.roots[i].place, path);
    Walk walk(roots, path);
    if (walk.run() == 0 && sys::isDirectory(walk.status.st_mode))
      roots.plantables.add(roots.sandbox.arena,
                           {walk.status.st_dev, walk.status.st_ino});
  }
}

static void grantLinked(Roots &roots) {
  const srt_view &view = roots.sandbox.view;
  for (uint32_t i = 0; i < view.root_count; ++i) {
    if (roots.fds[i] != 0)
      continue;
    Path path;
    spellPlace(roots.sandbox, view.roots[i].place, path);
    roots.fds[i] = view.roots[i].beneath == SRT_NONE
                       ? openLinked(roots, path)
                       : openBeneath(roots, view.roots[i], path);
    settleRoot(roots, i, path);
  }
}

void grantRoots(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  Roots roots = {sandbox, sandbox.arena.array<long>(view.root_count),
                 sandbox.arena.array<bool>(view.root_count)};
  for (uint32_t i = 0; i < view.root_count; ++i)
    if (view.roots[i].beneath != SRT_NONE)
      roots.isParent[view.roots[i].beneath] = true;
  if (!grantPlain(roots)) {
    findPlantables(roots);
    grantLinked(roots);
  }
  for (uint32_t i = 0; i < view.root_count; ++i)
    if (roots.isParent[i] && roots.fds[i] > 0)
      sys::close(roots.fds[i]);
}

} // namespace srt::load
