// tools/srt-more/Follow.cpp: follows the logs.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Follow.h"

#include <fcntl.h>
#include <unistd.h>

namespace srt::command {

void LogFollower::takeFile(const std::string &path, std::vector<LogLine> &out) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat status;
  if (fd < 0)
    return;
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_uid == geteuid()) {
    Position &position = files[{status.st_dev, status.st_ino}];
    // The number may have become that of a new and shorter file.
    if (uint64_t(status.st_size) < position.read)
      position = {};
    char piece[1 << 16];
    ssize_t got = 0;
    while ((got = pread(fd, piece, sizeof piece, off_t(position.read))) > 0) {
      position.read += uint64_t(got);
      position.reader.take({piece, size_t(got)}, out);
    }
  }
  close(fd);
}

std::vector<LogLine> LogFollower::news() {
  std::vector<LogLine> out;
  for (const std::string &path : logFiles(places))
    takeFile(path, out);
  return out;
}

} // namespace srt::command
