// tools/srt/Files.cpp: reads files.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Files.h"

#include "runtime/bundle/bundle.h"

#include <fcntl.h>
#include <unistd.h>

namespace srt::command {

/// Fills `bytes` from the descriptor; false if it is no file of ours.
static bool fill(int fd, Bytes &bytes) {
  if (fstat(fd, &bytes.status) != 0 || !S_ISREG(bytes.status.st_mode) ||
      uint64_t(bytes.status.st_size) > SRT_MAX_FILE)
    return false;
  size_t wanted = size_t(bytes.status.st_size);
  bytes.room.resize(wanted / 8 + 1);
  auto *to = reinterpret_cast<char *>(bytes.room.data());
  while (bytes.size < wanted) {
    ssize_t got = read(fd, to + bytes.size, wanted - bytes.size);
    if (got <= 0)
      return got == 0; // shorter than it was: its digest will tell
    bytes.size += size_t(got);
  }
  return true;
}

Bytes readFile(const std::string &path) {
  Bytes bytes;
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return bytes;
  bytes.isThere = fill(fd, bytes);
  close(fd);
  return bytes;
}

} // namespace srt::command
