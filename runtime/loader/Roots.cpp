// runtime/loader/Roots.cpp: opens the places of the policy and grants them.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a root that is not there is left out, which narrows; every other
// difficulty refuses the start. No link that an earlier run could have made
// leads a grant out of the place in which it could make it.
#include "Walk.h"

namespace srt::load {

static constexpr const char *kStep = "roots";

/// The roots, and what is known of them.
struct Roots {
  Sandbox &sandbox;
  long *fds;      // 0: not opened yet, negative: errno
  bool *isParent; // others lie beneath: stays open until all are done
  bool *isPlain;  // granted, and its spelling is its canonical path
};

/// No error of open(2).
static constexpr long kCovered = -EALREADY;

static Grant makeGrant(const srt_root &root, const struct stat &status) {
  return {{},          status.st_dev,  status.st_ino,
          root.rights, status.st_mode, root.place.rule,
          nullptr};
}

/// Whether root `i`, at its canonical path, lies in one that is granted already
/// with all its rights; then a rule of its own would say nothing new. Where
/// `/bin` is a link into `/usr`, it does.
static bool isCovered(const Roots &roots, uint32_t i, Text path) {
  const srt_view &view = roots.sandbox.view;
  // Of many roots only the first: this must not take the square of their time.
  constexpr uint32_t kFew = 256;
  for (uint32_t j = 0; j < view.root_count && j < kFew; ++j)
    if (roots.isPlain[j] && (view.roots[i].rights & ~view.roots[j].rights) == 0)
      if (isWithin(path, roots.sandbox.text(view.roots[j].place.path)))
        return true;
  return false;
}

/// Notes what checkForbidden has to know of a grant.
static void noteGrant(Sandbox &sandbox, Grant &grant, const Path &path) {
  if (sandbox.view.forbidden_count == 0 || grant.rights == 0)
    return;
  grant.location = sandbox.arena.copy(path.text());
  sandbox.grants.add(sandbox.arena, grant);
}

/// Opens root `i` and makes `path` the canonical one. Once all plantable roots
/// are known. kCovered for one that needs no rule.
static long openLinked(Roots &roots, uint32_t i, Path &path) {
  const srt_root &root = roots.sandbox.view.roots[i];
  Walk walk(roots.sandbox, sys::kCwd, path.text(), kPlanting);
  long result = walk.run();
  if (result < 0)
    return result;
  path.cut(0);
  (void)path.append(walk.end()); // same capacity
  // One with kChanging is left alone: `writables` needs to know it.
  if (!roots.isParent[i] && (root.rights & kChanging) == 0 &&
      isCovered(roots, i, path.text())) {
    Grant grant = makeGrant(root, walk.status);
    narrowToKind(grant);
    noteGrant(roots.sandbox, grant, path);
    return kCovered;
  }
  // Not followed again: a link here was made since.
  return openPlain(sys::kCwd, path.bytes);
}

/// Opens `path`, the spelling of a root, below an earlier one, and makes it the
/// canonical path if anyone will ask for that.
static long openInside(Roots &roots, const srt_root &root, Path &path) {
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
  long fd = openBeneath(roots.sandbox, parent, rest.data);
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
  refuse(kStep, Message() << "cannot open `" << path.text() << "` ("
                          << RuleAt{sandbox, root.place.rule}
                          << "): " << Errno{error});
}

/// Notes a place that will be granted, if it lets the command change something
/// that later runs go by.
static void noteWritable(Roots &roots, const struct stat &status,
                         uint64_t rights) {
  if ((rights & kChanging) != 0)
    roots.sandbox.writables.add(roots.sandbox.arena,
                                {status.st_dev, status.st_ino, rights});
}

static void grantSeen(Roots &roots, uint32_t i, const Path &path) {
  Sandbox &sandbox = roots.sandbox;
  const srt_root &root = sandbox.view.roots[i];
  struct stat status;
  long result = sys::statDescriptor(roots.fds[i], status);
  if (result < 0)
    refuseRoot(sandbox, root, path, result);
  Grant grant = makeGrant(root, status);
  grantDescriptor(sandbox, roots.fds[i], grant);
  noteWritable(roots, status, grant.rights);
  noteGrant(sandbox, grant, path);
}

/// Grants root `i`, now open. `path` is its canonical path.
static void grantRoot(Roots &roots, uint32_t i, const Path &path) {
  Sandbox &sandbox = roots.sandbox;
  const srt_root &root = sandbox.view.roots[i];
  // Nobody will compare it with anything: no need to know which object it is.
  if (sandbox.view.forbidden_count == 0 && (root.rights & kChanging) == 0)
    grantUnseen(sandbox, roots.fds[i], root.rights, root.place.rule);
  else
    grantSeen(roots, i, path);
  if (!roots.isParent[i])
    giveBack(sandbox, roots.fds[i]);
}

/// Grants root `i` if it exists.
static void settleRoot(Roots &roots, uint32_t i, Path &path) {
  if (roots.fds[i] == kCovered)
    return;
  if (sys::isMissing(roots.fds[i]))
    return grantAbove(roots.sandbox, roots.sandbox.view.roots[i], path);
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
    roots.fds[i] = openPlain(sys::kCwd, path.bytes);
    if (roots.fds[i] == -ELOOP) {
      roots.fds[i] = 0;
      isComplete = false;
      continue;
    }
    settleRoot(roots, i, path);
    roots.isPlain[i] = roots.fds[i] > 0 && view.roots[i].place.base == SRT_NONE;
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
    Walk walk(roots.sandbox, sys::kCwd, path.text(), kPlanting);
    if (walk.run() == 0 && sys::isDirectory(walk.status.st_mode))
      noteWritable(roots, walk.status, view.roots[i].rights);
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
                       ? openLinked(roots, i, path)
                       : openInside(roots, view.roots[i], path);
    settleRoot(roots, i, path);
  }
}

void grantRoots(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  Roots roots = {sandbox, sandbox.arena.array<long>(view.root_count),
                 sandbox.arena.array<bool>(view.root_count),
                 sandbox.arena.array<bool>(view.root_count)};
  if (view.forbidden_count != 0)
    sandbox.grants.reserve(sandbox.arena, view.root_count);
  for (uint32_t i = 0; i < view.root_count; ++i)
    if (view.roots[i].beneath != SRT_NONE)
      roots.isParent[view.roots[i].beneath] = true;
  if (!grantPlain(roots)) {
    findPlantables(roots);
    grantLinked(roots);
  }
  for (uint32_t i = 0; i < view.root_count; ++i)
    if (roots.isParent[i] && roots.fds[i] > 0)
      giveBack(sandbox, roots.fds[i]);
}

} // namespace srt::load
