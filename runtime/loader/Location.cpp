// runtime/loader/Location.cpp: where an object is, and where a rule was
// written. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a location is the kernel's own spelling of an open object: no
// links, no dots. It is asked of the descriptor, not of a path again.
#include "Loader.h"

namespace srt::load {

long readLink(long at, const char *link, Path &target) {
  uint64_t room = Path::kShort;
  long size = sys::readlinkAt(at, link, target.room(room), room);
  if (size == long(room)) { // perhaps cut
    room = Path::kCapacity;
    size = sys::readlinkAt(at, link, target.room(room), room);
  }
  if (size == long(room))
    return -ENAMETOOLONG;
  target.cut(size < 0 ? 0 : uint64_t(size));
  return size;
}

void locate(long fd, const char *step, Path &path) {
  constexpr Text kFolder = "/proc/self/fd/";
  char link[kFolder.size + 24] = {};
  __builtin_memcpy(link, kFolder.data, kFolder.size);
  unsigned digits = 1;
  for (long rest = fd; rest >= 10; rest /= 10)
    ++digits;
  for (long rest = fd; digits != 0; rest /= 10)
    link[kFolder.size + --digits] = char('0' + rest % 10);
  long size = readLink(sys::kCwd, link, path);
  if (size < 0)
    refuse(step, Message() << "cannot read `" << link << "`: " << Errno{size},
           "comparing forbidden places needs /proc");
  // "(unreachable)" is outside our root.
  if (path.bytes[0] != '/')
    refuse(step, Message() << "an open place has no path");
}

/// Looks at a path for the first time. Returns null, with the error, if that
/// does not tell whether there is something.
static Node *addNode(Sandbox &sandbox, Node *above, Text path, long &error) {
  auto *node = sandbox.arena.array<Node>(1);
  node->path = sandbox.arena.copy(path); // with a NUL
  struct stat status;
  error = sys::statAt(sys::kCwd, node->path.data, sys::kNoFollow, status);
  if (error < 0 && !sys::isMissing(error))
    return nullptr;
  if (error == 0) {
    node->device = status.st_dev;
    node->inode = status.st_ino;
    node->mode = status.st_mode;
  }
  node->above = above;
  Node *&first = above ? above->below : sandbox.top;
  node->beside = first;
  first = node;
  return node;
}

/// As nodeAt, but null, with the error, where that refuses.
static Node *findNode(Sandbox &sandbox, Text path, long &error) {
  Node *node = sandbox.top;
  if (!node)
    node = addNode(sandbox, nullptr, "/", error);
  for (uint64_t at = 1; node && at < path.size;) {
    if (!sys::isDirectory(node->mode))
      break;
    uint64_t end = at + find(path.suffix(at), '/');
    Node *next = node->below;
    while (next && !(next->path == path.prefix(end)))
      next = next->beside;
    node = next ? next : addNode(sandbox, node, path.prefix(end), error);
    at = end + 1;
  }
  return node;
}

Node *nodeAt(Sandbox &sandbox, Text path) {
  long error = 0;
  Node *node = findNode(sandbox, path, error);
  if (!node)
    refuse("forbidden",
           Message() << "cannot stat `" << path << "`: " << Errno{error});
  return node;
}

long statOnce(Sandbox &sandbox, Text path, struct stat &status) {
  long error = 0;
  const Node *node = findNode(sandbox, path, error);
  if (!node)
    return error;
  if (node->mode == 0 || node->path.size != path.size)
    return -ENOENT;
  status.st_dev = node->device;
  status.st_ino = node->inode;
  status.st_mode = node->mode;
  return 0;
}

Message &operator<<(Message &message, const RuleAt &at) {
  const srt_rule &rule = at.sandbox.view.rules[at.rule];
  Text file = at.sandbox.text(rule.file);
  if (rule.line == 0 || file.size == 0)
    return message << "implied by the policy";
  return message << file << ":" << uint64_t(rule.line);
}

} // namespace srt::load
