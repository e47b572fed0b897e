// runtime/loader/Roots.cpp: opens the places of the policy and grants them.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a root that is not there is left out, which narrows; every other
// difficulty refuses the start. A root inside a place that an earlier run could
// write is reached without leaving that place.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "roots";
static constexpr long kOpenPath = O_PATH | O_CLOEXEC;

/// openat2 with RESOLVE_BENEATH gives EAGAIN if a directory moved meanwhile;
/// asking again for ever would let the mover stop us.
static constexpr int kAttempts = 16;

/// Opens `path`, the spelling of a root, below the open root `parent`.
static long openBeneath(long parent, Text path, uint64_t parentSize) {
  // Both are spelled from the same base, so what follows the parent's spelling
  // and its slash is the way down from it.
  Text rest = path.suffix(parentSize);
  if (rest.data[0] == '/')
    rest = rest.suffix(1);
  sys::OpenHow how = {kOpenPath, 0, sys::kBeneath | sys::kNoMagicLinks};
  long fd = -EAGAIN;
  for (int i = 0; i < kAttempts && fd == -EAGAIN; ++i)
    fd = sys::openat2(parent, rest.data, how);
  return fd;
}

/// Opens one root; `fds` holds the ones before it. Returns a negated errno if
/// that fails.
static long openRoot(const Sandbox &sandbox, const srt_root &root,
                     const long *fds, const Path &path) {
  if (root.beneath == SRT_NONE)
    return sys::open(path.bytes, kOpenPath);
  if (fds[root.beneath] < 0)
    return -ENOENT; // what is not there holds nothing
  Path parent;
  spellPlace(sandbox, sandbox.view.roots[root.beneath].place, parent);
  return openBeneath(fds[root.beneath], path.text(), parent.size);
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

/// Tells which roots others lie beneath: those stay open until all are done.
static bool *markParents(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  bool *isParent = sandbox.arena.array<bool>(view.root_count);
  for (uint32_t i = 0; i < view.root_count; ++i)
    if (view.roots[i].beneath != SRT_NONE)
      isParent[view.roots[i].beneath] = true;
  return isParent;
}

void grantRoots(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  bool *isParent = markParents(sandbox);
  long *fds = sandbox.arena.array<long>(view.root_count);
  for (uint32_t i = 0; i < view.root_count; ++i) {
    const srt_root &root = view.roots[i];
    Path path;
    spellPlace(sandbox, root.place, path);
    fds[i] = openRoot(sandbox, root, fds, path);
    if (sys::isMissing(fds[i]))
      continue;
    if (fds[i] < 0)
      refuseRoot(sandbox, root, path, fds[i]);
    grantDescriptor(sandbox, fds[i], root.rights, root.place.rule);
    if (!isParent[i])
      sys::close(fds[i]);
  }
  for (uint32_t i = 0; i < view.root_count; ++i)
    if (isParent[i] && fds[i] >= 0)
      sys::close(fds[i]);
}

} // namespace srt::load
