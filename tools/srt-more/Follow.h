// tools/srt-more/Follow.h: what is new in the logs.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_FOLLOW_H
#define SRT_TOOLS_SRT_MORE_FOLLOW_H

#include "tools/srt-more/RunLog.h"

namespace srt::command {

/// Reads logs from where it was the last time. A file is known by what it is, not
/// by its name: it may be replaced by a new one, and become the older one.
class LogFollower {
public:
  explicit LogFollower(const Places &places) : places(places) {}

  /// The lines that have come since the last call; at first, all.
  std::vector<LogLine> news();

private:
  struct Position {
    LogReader reader;
    uint64_t read = 0;
  };
  void takeFile(const std::string &path, std::vector<LogLine> &out);

  Places places;
  std::map<std::pair<uint64_t, uint64_t>, Position> files; // by device and inode
};

} // namespace srt::command

#endif
