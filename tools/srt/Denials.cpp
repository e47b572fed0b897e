// tools/srt/Denials.cpp: opens the log of denials.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Denials.h"

#include "tools/srt/Key.h"

#include <cstdio>
#include <ctime>
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

/// A string of JSON. What is no ASCII becomes `?`: this is for people to
/// recognise a run by.
static std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (char c : text) {
    bool isPlain = c >= 0x20 && c < 0x7f;
    if (c == '"' || c == '\\')
      out += '\\';
    out += isPlain ? c : '?';
  }
  return out + "\"";
}

static std::string headerOf(const Request &request, const Found &found) {
  constexpr size_t kMaxWords = 1000; // bytes: a line stays one write
  std::string words;
  for (const char *word : request.words)
    if (words.size() < kMaxWords)
      words += (words.empty() ? "" : ",") +
               quoted(std::string(word).substr(0, kMaxWords));
  return "{\"run\":[" + words + "],\"policy\":" + quoted(found.path) +
         ",\"cwd\":" + quoted(found.cwd) +
         ",\"time\":" + std::to_string(std::time(nullptr)) + "}\n";
}

std::string openLog(const Request &request, const Found &found,
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
  std::string header = headerOf(request, found);
  ssize_t written = write(fd, header.data(), header.size());
  close(fd);
  return written > 0 ? log : std::string();
}

} // namespace srt::command
