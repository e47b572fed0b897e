// tools/srt/Key.cpp: names of cached bundles.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Key.h"

#include "runtime/bundle/sha256.h"
#include "tools/srt/Remote.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

namespace srt::command {

/// The newest ABI that srtc has rules for (lib/Kernel/Landlock.def).
static constexpr int kNewestAbi = 10;

int runningAbi() {
  constexpr long kCreateRuleset = 444; // the same on every architecture
  constexpr long kVersion = 1;         // LANDLOCK_CREATE_RULESET_VERSION
  return int(std::max(0L, syscall(kCreateRuleset, nullptr, 0, kVersion)));
}

std::string runningTarget() {
  return "landlock-abi-" +
         std::to_string(std::clamp(runningAbi(), 1, kNewestAbi));
}

std::string hex(const uint8_t *bytes, size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

std::string digestOf(const std::vector<std::string> &fields) {
  Sha256 sha;
  for (const std::string &field : fields) {
    uint64_t size = field.size();
    sha.update(reinterpret_cast<const uint8_t *>(&size), sizeof size);
    sha.update(reinterpret_cast<const uint8_t *>(field.data()), size);
  }
  uint8_t digest[32];
  sha.finish(digest);
  return hex(digest, sizeof digest);
}

/// Another build of the compiler is another compiler, whatever it calls itself.
static std::string compilerIdentity(const Places &places) {
  struct stat status;
  std::string path = places.programs + "/srt-more";
  if (stat(path.c_str(), &status) != 0)
    return path;
  return path + " " + std::to_string(status.st_ino) + " " +
         std::to_string(status.st_size) + " " +
         std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec);
}

/// What a compilation looks at to see that the command cannot write what srt
/// goes by: where that is, and whether it lies in the project.
static void addGuarded(const Found &found, const Places &places,
                       std::vector<std::string> &fields) {
  const char *home = std::getenv("HOME");
  std::string project = found.project == "/" ? "/" : found.project + "/";
  for (const std::string &folder : {places.config, places.cache, places.state,
                                    places.runtime}) {
    bool isInside = folder.compare(0, project.size(), project) == 0;
    fields.push_back(folder);
    fields.push_back(isInside ? found.project : "");
  }
  fields.push_back(home ? home : "");
}

std::string keyOf(const Request &request, const Found &found,
                  const Places &places) {
  std::vector<std::string> fields = {"srt 1", compilerIdentity(places),
                                     runningTarget(), places.std,
                                     text(found.choice), found.path};
  addGuarded(found, places, fields);
  fields.insert(fields.end(), request.defines.begin(), request.defines.end());
  return digestOf(fields);
}

std::string bundleName(const std::string &key, const Selected &selected) {
  return digestOf({key, selected.tool, selected.dir, selected.repo}) + ".srtb";
}

std::string scopesName(const std::string &key) { return key + ".scopes"; }

Selected select(const Scopes &scopes, const Request &request,
                const Found &found) {
  Selected selected;
  if (std::count(scopes.tools.begin(), scopes.tools.end(), request.tool) != 0)
    selected.tool = request.tool;
  if (scopes.hasDir)
    selected.dir = found.project;
  if (scopes.hasRepo)
    selected.repo = request.repo.empty() ? remoteOf(found.project) : request.repo;
  return selected;
}

} // namespace srt::command
