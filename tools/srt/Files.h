// tools/srt/Files.h: whole files in memory.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_FILES_H
#define SRT_TOOLS_SRT_FILES_H

#include <cstdint>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace srt::command {

/// The bytes of a regular file, at an address that is a multiple of 8.
struct Bytes {
  bool isThere = false;
  struct stat status = {};
  std::vector<uint64_t> room;
  size_t size = 0;

  const uint8_t *data() const {
    return reinterpret_cast<const uint8_t *>(room.data());
  }
  std::string text() const {
    return {reinterpret_cast<const char *>(room.data()), size};
  }
};

/// Reads a regular file of at most 16 MiB (SRT_MAX_FILE); anything else is not
/// there. Never waits for a pipe.
Bytes readFile(const std::string &path);

} // namespace srt::command

#endif
