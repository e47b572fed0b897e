// tools/srt/Places.cpp: finds the folders of srt.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Places.h"

#include <cstdlib>
#include <cstring>
#include <limits.h>
#include <unistd.h>

namespace srt::command {

/// $VARIABLE/srt, or $HOME/OTHERWISE/srt, if there is an otherwise.
static std::string ownFolder(const char *variable, const char *otherwise) {
  const char *value = std::getenv(variable);
  if (value && *value == '/')
    return std::string(value) + "/srt";
  const char *home = std::getenv("HOME");
  if (!otherwise || !home || *home != '/')
    return {};
  return std::string(home) + "/" + otherwise + "/srt";
}

static std::string programFolder() {
  char path[PATH_MAX];
  ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  if (size <= 0)
    return {};
  std::string program(path, size_t(size));
  return program.substr(0, program.rfind('/'));
}

/// The installed library lies beside the programs; before, in the source tree.
static std::string stdFolder(const std::string &programs) {
  std::string installed = programs + "/../share/srt/std";
  return access(installed.c_str(), F_OK) == 0
             ? installed
             : programs + "/" SRT_STD_FROM_PROGRAMS;
}

Places findPlaces() {
  Places places;
  places.programs = programFolder();
  places.std = stdFolder(places.programs);
  places.config = ownFolder("XDG_CONFIG_HOME", ".config");
  places.cache = ownFolder("XDG_CACHE_HOME", ".cache");
  places.state = ownFolder("XDG_STATE_HOME", ".local/state");
  places.runtime = ownFolder("XDG_RUNTIME_DIR", nullptr);
  // Scratch space is what commands may write under most policies: what srt goes
  // by must not lie there, and nobody should be refused for it.
  for (const char *scratch : {"/tmp/", "/var/tmp/", "/dev/shm/"})
    if (places.runtime.compare(0, std::strlen(scratch), scratch) == 0)
      places.runtime.clear();
  return places;
}

Doubt doubtOf(const struct stat &status) {
  if (status.st_uid != geteuid() && status.st_uid != 0)
    return Doubt::OtherOwner;
  bool isOpen = (status.st_mode & S_IWOTH) != 0;
  bool isShared = (status.st_mode & S_IWGRP) != 0 && status.st_gid != getegid();
  return isOpen || isShared ? Doubt::OthersMayWrite : Doubt::None;
}

const char *text(Doubt doubt) {
  switch (doubt) {
  case Doubt::None:
    return "is fine";
  case Doubt::OtherOwner:
    return "belongs to another user";
  case Doubt::OthersMayWrite:
    return "may be written by others";
  }
  return "";
}

} // namespace srt::command
