// tools/srt/Discover.cpp: finds the policy and the project.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Discover.h"

#include <cstdlib>
#include <limits.h>
#include <unistd.h>

namespace srt::command {

static constexpr const char *kSpellings[] = {"srt", "yaml", "yml", "toml",
                                             "json"};

const char *text(Choice choice) {
  switch (choice) {
  case Choice::Given:
    return "given";
  case Choice::Project:
    return "project";
  case Choice::User:
    return "user";
  case Choice::Default:
    return "default";
  }
  return "";
}

static std::string resolved(const std::string &path) {
  char real[PATH_MAX];
  return realpath(path.c_str(), real) ? real : "";
}

static bool exists(const std::string &path) {
  return access(path.c_str(), F_OK) == 0;
}

/// The folder above, or nothing above `/`.
static std::string above(const std::string &folder) {
  if (folder.size() <= 1)
    return {};
  size_t slash = folder.rfind('/');
  return slash == 0 ? "/" : folder.substr(0, slash);
}

static std::string inside(const std::string &folder, const char *name) {
  return (folder == "/" ? "" : folder) + "/" + name;
}

/// The policy in a folder of srt's; with two of them nobody knows which counts.
static std::string policyIn(const std::string &folder, Found &found) {
  std::string only;
  for (const char *spelling : kSpellings) {
    std::string path = folder + "/policy." + spelling;
    if (!exists(path))
      continue;
    if (!only.empty())
      found.problem = "`" + only + "` and `" + path + "`: keep one of them";
    only = path;
  }
  return only;
}

static void believe(const std::string &path, Found &found) {
  struct stat status;
  if (!found.problem.empty() || stat(path.c_str(), &status) != 0)
    return;
  Doubt doubt = doubtOf(status);
  if (doubt == Doubt::None)
    return;
  found.problem = "`" + path + "` " + text(doubt);
  found.hint = doubt == Doubt::OtherOwner
                   ? "copy it and name the copy with --policy"
                   : "chmod go-w " + path;
}

static void choose(Choice choice, const std::string &path, Found &found) {
  found.choice = choice;
  found.path = resolved(path);
  if (found.path.empty() && found.problem.empty())
    found.problem = "cannot find the policy `" + path + "`";
  if (choice != Choice::Default)
    believe(found.path, found);
}

/// Where a search may come by but not end: a home that is a git repository for
/// its dot files, or what is around it, is no project.
static bool mayBeProject(const std::string &folder, const Found &found) {
  const char *value = std::getenv("HOME");
  std::string home = value ? value : "";
  bool holdsHome = home.compare(0, folder.size(), folder) == 0 &&
                   (home.size() == folder.size() || home[folder.size()] == '/');
  bool isWide = folder == "/" || holdsHome;
  return !isWide || folder == found.cwd;
}

static std::string gitProject(const Found &found) {
  for (std::string at = found.cwd; !at.empty(); at = above(at))
    if (mayBeProject(at, found) && exists(inside(at, ".git")))
      return at;
  return found.cwd;
}

static bool findInProject(Found &found) {
  for (std::string at = found.cwd; !at.empty(); at = above(at)) {
    std::string folder = inside(at, ".srt");
    if (!exists(folder))
      continue;
    std::string path = policyIn(folder, found);
    if (path.empty())
      continue;
    believe(folder, found);
    choose(Choice::Project, path, found);
    found.project = at;
    return true;
  }
  return false;
}

static void findElsewhere(const Places &places, Found &found) {
  std::string own =
      places.config.empty() ? "" : policyIn(places.config, found);
  if (!own.empty())
    choose(Choice::User, own, found);
  else
    choose(Choice::Default, places.std + "/agent.srt", found);
}

Found discover(const Request &request, const Places &places) {
  Found found;
  char cwd[PATH_MAX];
  if (!getcwd(cwd, sizeof cwd) || cwd[0] != '/') {
    found.problem = "cannot tell the working directory";
    return found;
  }
  found.cwd = cwd;
  if (!request.policy.empty())
    choose(Choice::Given, request.policy, found);
  else if (!findInProject(found))
    findElsewhere(places, found);
  if (found.project.empty())
    found.project = gitProject(found);
  return found;
}

} // namespace srt::command
