// runtime/loader/Missing.cpp: roots that may come to exist later.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: only rights that the command can use through the broker alone,
// which judges every such call by its path; and only on a directory that is
// reached without any link, so that no earlier run had a part in where it is.
// Without a broker, or where there is a link on the way, the root stays left
// out, which narrows.
#include "Loader.h"

namespace srt::load {

/// Cuts the last component off; false if there is none.
static bool cutName(Path &path) {
  uint64_t size = path.size;
  while (size > 1 && path.bytes[size - 1] != '/')
    --size;
  if (path.size == 1)
    return false;
  path.cut(size > 1 ? size - 1 : 1);
  return true;
}

/// Opens the nearest directory above `path`, which becomes its path.
static long openAbove(Path &path) {
  long fd = -ENOENT;
  while (sys::isMissing(fd) && cutName(path))
    fd = openPlain(sys::kCwd, path.bytes);
  return fd;
}

void grantAbove(Sandbox &sandbox, const srt_root &root, Path &path) {
  const srt_mediation *mediation = sandbox.view.mediation;
  // LANDLOCK_ACCESS_FS_EXECUTE: programs are judged once they are executed, and
  // what the kernel opens on their behalf is not.
  constexpr uint64_t kExecute = 1;
  uint64_t rights = mediation ? root.rights & mediation->rights & ~kExecute : 0;
  if (rights == 0)
    return;
  long fd = openAbove(path);
  if (fd < 0)
    return;
  struct stat status;
  if (sys::statDescriptor(fd, status) == 0 && sys::isDirectory(status.st_mode)) {
    // Not among the grants that are compared with what is forbidden, nor among
    // the writable places: by path, nothing but the missing root is allowed.
    Grant grant = {{},     status.st_dev,  status.st_ino,
                   rights, status.st_mode, root.place.rule,
                   nullptr};
    grantDescriptor(sandbox, fd, grant);
  }
  sys::close(fd);
}

} // namespace srt::load
