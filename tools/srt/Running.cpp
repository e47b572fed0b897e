// tools/srt/Running.cpp: the entries of running sandboxes.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Running.h"

#include "tools/srt/Denials.h"
#include "tools/srt/Files.h"

#include <charconv>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <unistd.h>

namespace srt::command {

/// The first bytes of a file of /proc, which has no size to go by.
static std::string headOf(const std::string &path) {
  char bytes[512];
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
  if (fd >= 0)
    close(fd);
  return {bytes, size_t(got > 0 ? got : 0)};
}

unsigned long long startOf(const std::string &process) {
  std::string line = headOf("/proc/" + process + "/stat");
  // The name of the program may hold anything, brackets too. Behind it come the
  // state, field 3, and so on; the start is field 22.
  size_t at = line.rfind(") ");
  if (at == std::string::npos || line[at + 2] == 'Z' || line[at + 2] == 'X')
    return 0;
  ++at;
  for (int field = 3; field < 22 && at != std::string::npos; ++field)
    at = line.find(' ', at + 1);
  unsigned long long start = 0;
  if (at != std::string::npos)
    std::from_chars(&line[at] + 1, line.data() + line.size(), start);
  return start;
}

RunId ownRunId() { return {getpid(), startOf("self")}; }

std::string machinePart() {
  std::string boot = headOf("/proc/sys/kernel/random/boot_id").substr(0, 8);
  char target[64];
  ssize_t size = readlink("/proc/self/ns/pid", target, sizeof target);
  std::string space(target, size_t(size > 0 ? size : 0)); // "pid:[4026531836]"
  std::string digits;
  for (char c : space)
    if (c >= '0' && c <= '9')
      digits += c;
  return boot + "-" + digits;
}

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

std::string runHeader(const Request &request, const Found &found,
                      const Places &places, const RunId &id) {
  constexpr size_t kMaxWords = 1000; // bytes: a line stays one write
  std::string words;
  if (request.road == Road::Shell)
    words = quoted(shellProgram().substr(0, kMaxWords));
  for (const char *word : request.words)
    if (words.size() < kMaxWords)
      words += (words.empty() ? "" : ",") +
               quoted(std::string(word).substr(0, kMaxWords));
  std::string log = logOf(found, places);
  return "{\"run\":[" + words + "],\"policy\":" + quoted(found.path) +
         ",\"project\":" + quoted(found.project) +
         ",\"cwd\":" + quoted(found.cwd) +
         ",\"log\":" + quoted(log.substr(log.rfind('/') + 1)) +
         ",\"id\":\"" + id.text() +
         "\",\"time\":" + std::to_string(std::time(nullptr)) + "}\n";
}

std::vector<std::string> runningFolders(const Places &places) {
  std::vector<std::string> folders;
  for (const std::string &folder : {places.runtime, places.state})
    if (!folder.empty())
      folders.push_back(folder + "/running");
  return folders;
}

bool isPrivateFolder(const std::string &folder) {
  struct stat status;
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == geteuid() && (status.st_mode & 077) == 0;
}

/// Makes the folder and the one around it, which is srt's too.
static bool makePrivate(const std::string &folder) {
  if (isPrivateFolder(folder))
    return true;
  mkdir(folder.substr(0, folder.rfind('/')).c_str(), 0700);
  mkdir(folder.c_str(), 0700);
  return isPrivateFolder(folder);
}

static bool noteIn(const std::string &folder, const std::string &header,
                   const RunId &id) {
  if (!makePrivate(folder))
    return false;
  std::string path = folder + "/" + id.text() + "-" + machinePart();
  int fd = open(path.c_str(),
                O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return false;
  ssize_t written = write(fd, header.data(), header.size());
  close(fd);
  return written == ssize_t(header.size());
}

bool isTimeToSweep() {
  // The kernel gave these bytes to the process for nothing.
  auto *bytes = reinterpret_cast<const uint8_t *>(getauxval(AT_RANDOM));
  return bytes && bytes[15] < 8;
}

bool noteRunning(const std::string &header, const Places &places,
                 const RunId &id) {
  for (const std::string &folder : runningFolders(places)) {
    if (id.start == 0 || !noteIn(folder, header, id))
      continue;
    if (isTimeToSweep())
      sweepRunning(folder);
    return true;
  }
  return false;
}

Liveness livenessOf(const std::string &name) {
  Liveness live;
  const char *end = name.data() + name.size();
  auto pid = std::from_chars(name.data(), end, live.id.pid);
  if (pid.ec != std::errc() || pid.ptr == end || *pid.ptr != '-')
    return live;
  auto start = std::from_chars(pid.ptr + 1, end, live.id.start);
  if (start.ec != std::errc() || start.ptr == end || *start.ptr != '-')
    return live;
  live.isOurs = std::string(start.ptr + 1, end) == machinePart();
  live.isAlive = live.isOurs && live.id.start != 0 &&
                 startOf(std::to_string(live.id.pid)) == live.id.start;
  return live;
}

/// Whether an entry of another machine, boot or namespace, which shares the home,
/// has had its time.
static bool isAncient(const std::string &path) {
  constexpr time_t kWeek = 7 * 24 * 3600;
  struct stat status;
  return lstat(path.c_str(), &status) == 0 &&
         status.st_mtime + kWeek < std::time(nullptr);
}

void sweepRunning(const std::string &folder) {
  DIR *entries = opendir(folder.c_str());
  if (!entries)
    return;
  while (const dirent *entry = readdir(entries)) {
    std::string name = entry->d_name, path = folder + "/" + name;
    if (name == "." || name == "..")
      continue;
    Liveness live = livenessOf(name);
    if (live.isOurs ? !live.isAlive : isAncient(path))
      unlink(path.c_str());
  }
  closedir(entries);
}

} // namespace srt::command
