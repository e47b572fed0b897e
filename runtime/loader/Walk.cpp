// runtime/loader/Walk.cpp: resolves paths component by component.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: ends for every path, after kMaxLinks links at the latest, and
// never looks above its top.
#include "Walk.h"

namespace srt::load {

/// `done` as the kernel wants it from `at`.
const char *Walk::spelled() const {
  if (at == sys::kCwd)
    return done.size == 0 ? "/" : done.bytes;
  return done.size == 0 ? "." : done.bytes + 1;
}

/// Looks at `done`. Links share most of their ways, and until the way meets a
/// plantable place no earlier run can lead it elsewhere, so looking once is
/// enough; from there on, what was seen before may have been changed since.
/// (Where files can be made but no links, a link can vanish: reading it fails.)
long Walk::look() {
  if (at == sys::kCwd && !touched)
    return statOnce(sandbox, done.size == 0 ? Text("/") : done.text(), status);
  return sys::statAt(at, spelled(), sys::kNoFollow, status);
}

/// Looks at `done`, and notes whether it is plantable.
long Walk::enter() {
  long result = look();
  if (result < 0 || !sys::isDirectory(status.st_mode))
    return result;
  for (uint64_t i = 0; i < sandbox.writables.size; ++i) {
    const Writable &place = sandbox.writables.data[i];
    if ((place.rights & planting) == 0 || !place.is(status))
      continue;
    touched = true;
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

/// Goes to the directory above. The one above "/" is "/".
long Walk::ascend() {
  uint64_t size = done.size;
  if (size == 0)
    return at == sys::kCwd ? 0 : -EXDEV;
  while (done.bytes[size - 1] != '/')
    --size;
  leave(size - 1);
  return 0;
}

/// Replaces the link that `done` is now, and that stands at `linkAt`, by what
/// it says.
long Walk::follow(uint64_t linkAt) {
  if (linkCount++ == kMaxLinks)
    return -ELOOP;
  if (passageCount != 0)
    mustHold[mustHoldCount++] = passages[passageCount - 1].place;
  Path target;
  long size = readLink(at, spelled(), target);
  if (size <= 0)
    return size < 0 ? size : -ENOENT;
  bool isAbsolute = target.bytes[0] == '/';
  if (isAbsolute && at != sys::kCwd)
    return -EXDEV;
  if (rest.size != 0 && (!target.append("/") || !target.append(rest)))
    return -ENAMETOOLONG;
  way.cut(0);
  (void)way.append(target.text()); // same capacity
  rest = way.text();
  if (!isAbsolute) {
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
  if (!sys::isDirectory(status.st_mode)) {
    // For whoever asks where the path would have led.
    (void)(done.append("/") && done.append(component));
    return -ENOTDIR;
  }
  if (component.size == 0 || component == ".")
    return 0;
  if (component == "..")
    return ascend();
  uint64_t linkAt = done.size;
  if (!done.append("/") || !done.append(component))
    return -ENAMETOOLONG;
  long result = enter();
  if (result < 0 || !sys::isLink(status.st_mode))
    return result;
  return follow(linkAt);
}

bool Walk::isHeld() const {
  for (unsigned i = 0; i < mustHoldCount; ++i) {
    bool found = false;
    for (unsigned j = 0; j < passageCount; ++j)
      found |= passages[j].place == mustHold[i];
    if (!found)
      return false;
  }
  return true;
}

long Walk::run() {
  long result = enter();
  while (result == 0 && rest.size != 0) {
    uint64_t size = find(rest, '/');
    Text component = rest.prefix(size);
    rest = rest.suffix(size == rest.size ? size : size + 1);
    result = step(component);
  }
  // What is missing may be so because of the link: no need to look further.
  if (result == 0 && !isHeld())
    return -EXDEV;
  return result;
}

} // namespace srt::load
