// runtime/loader/Walk.h: where a path leads, and through whose hands.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every component is looked at unfollowed, so each link is seen
// where it stands; once only as long as no earlier run can change it. Nothing
// is opened: whoever opens the end does it without following links, and then a
// link made since is an error and no way out.
#ifndef SRT_RUNTIME_LOADER_WALK_H
#define SRT_RUNTIME_LOADER_WALK_H

#include "Loader.h"

namespace srt::load {

/// Rights by which a link comes to stand in a place: it is made there, or
/// arrives in a directory that is moved there. LANDLOCK_ACCESS_FS_MAKE_DIR,
/// MAKE_SYM and REFER, include/uapi/linux/landlock.h.
inline constexpr uint64_t kPlanting = 1 << 7 | 1 << 12 | 1 << 13;

/// Resolves a path with links by hand, as path_resolution(7) says. `done` has
/// no link and no dots, so `..` may be cut off.
class Walk {
public:
  /// `at` is kCwd for an absolute path; otherwise a directory that is the top,
  /// and leading out of it is EXDEV, as for RESOLVE_BENEATH of openat2(2).
  /// `planting` are the rights that make a granted place one to take note of.
  Walk(Sandbox &s, long top, Text path, uint64_t rights)
      : sandbox(s), at(top), planting(rights) {
    (void)way.append(path); // same capacity
    rest = way.text();
  }

  /// Returns 0, or a negated errno: EXDEV if a link that could be planted leads
  /// out of the plantable place it stands in.
  long run();
  /// Where the path leads, without links. Below kCwd absolute; otherwise
  /// relative, and "." for the top.
  const char *end() const { return spelled(); }
  /// What was left of the path where the way ended early; no links were looked
  /// for in it.
  Text remainder() const { return rest; }
  /// Whether the way met a plantable place, there or not any more: somebody in
  /// a sandbox may have chosen the end, or what is there.
  bool isTouched() const { return touched; }
  /// Whether the way ended inside every plantable place whose links it took, as
  /// far as it went.
  bool isHeld() const;
  /// Device, inode and mode of what is there.
  struct stat status;

private:
  /// A directory on the way that is plantable: the path so far up to `end`.
  struct Passage {
    uint64_t end; // bytes; the top is 0
    uint64_t place;
  };
  /// Links the kernel follows in one path: include/linux/namei.h:MAXSYMLINKS.
  static constexpr unsigned kMaxLinks = 40;
  static constexpr unsigned kMaxPassages = 32;

  Sandbox &sandbox;
  long at;
  uint64_t planting;
  Path done; // empty for the top, else begins with a slash
  Path way;
  Text rest; // the end of `way` that is not gone yet
  bool touched = false;
  Passage passages[kMaxPassages];
  unsigned passageCount = 0;
  uint64_t mustHold[kMaxLinks]; // places that have to hold the end
  unsigned mustHoldCount = 0, linkCount = 0;

  const char *spelled() const;
  long look();
  long enter();
  long step(Text component);
  long ascend();
  long follow(uint64_t linkAt);
  void leave(uint64_t size);
};

} // namespace srt::load

#endif
