// tools/srt/Denials.cpp: opens the log of denials.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Denials.h"

#include "tools/srt/Key.h"
#include "tools/srt/Running.h"

#include <algorithm>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace srt::command {

static constexpr off_t kMaxLog = 256 * 1024;

std::string logOf(const Found &found, const Places &places) {
  if (places.state.empty())
    return {};
  return places.state + "/denials/" +
         digestOf({found.project}).substr(0, 32) + ".jsonl";
}

std::string olderLogOf(const std::string &log) { return log + ".old"; }

void pruneLogs(const Places &places) {
  constexpr size_t kMostLogs = 400;
  std::string folder = places.state + "/denials";
  std::vector<std::pair<time_t, std::string>> logs;
  DIR *entries = opendir(folder.c_str());
  struct stat status;
  while (const dirent *entry = entries ? readdir(entries) : nullptr) {
    std::string path = folder + "/" + entry->d_name;
    if (lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode))
      logs.emplace_back(status.st_mtime, path);
  }
  if (entries)
    closedir(entries);
  if (logs.size() <= kMostLogs)
    return;
  std::sort(logs.begin(), logs.end());
  logs.resize(logs.size() - kMostLogs);
  for (const auto &[time, path] : logs)
    unlink(path.c_str());
}

std::string openLog(const std::string &header, const Found &found,
                    const Places &places) {
  std::string log = logOf(found, places);
  if (log.empty())
    return {};
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
  int fd = open(log.c_str(), kFlags, 0600);
  struct stat status;
  if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(fd);
    return {};
  }
  if (status.st_size > kMaxLog &&
      std::rename(log.c_str(), olderLogOf(log).c_str()) == 0) {
    close(fd);
    fd = open(log.c_str(), kFlags, 0600);
  }
  if (isTimeToSweep())
    pruneLogs(places);
  ssize_t written = write(fd, header.data(), header.size());
  close(fd);
  return written > 0 ? log : std::string();
}

} // namespace srt::command
