// tools/srt/Entry.cpp: looks bundles up in the cache.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Entry.h"

#include "runtime/bundle/sha256.h"
#include "tools/srt/Asker.h"
#include "tools/srt/Files.h"

#include <cstring>
#include <unistd.h>

namespace srt::command {

static constexpr const char kStd[] = "std/";

std::string pathOfSource(const std::string &name, const Places &places) {
  bool isStd = name.compare(0, sizeof kStd - 1, kStd) == 0;
  return isStd ? places.std + "/" + name.substr(sizeof kStd - 1) : name;
}

std::string digestOfSources(const srt_view &view) {
  std::vector<std::string> fields;
  for (uint32_t i = 0; i < view.source_count; ++i)
    fields.push_back(hex(view.sources[i].digest, sizeof view.sources[i].digest));
  return digestOf(fields);
}

std::string scopesText(const Scopes &scopes, const std::string &digest) {
  std::string text = digest + "\n";
  for (const std::string &tool : scopes.tools)
    text += "tool " + tool + "\n";
  if (scopes.hasDir)
    text += "dir\n";
  if (scopes.hasRepo)
    text += "repo\n";
  return text;
}

/// The opposite; `digest` is the first line.
static Scopes readScopes(const std::string &text, std::string &digest) {
  Scopes scopes;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    if (at == 0)
      digest = line;
    else if (line.compare(0, 5, "tool ") == 0)
      scopes.tools.push_back(line.substr(5));
    else if (line == "dir")
      scopes.hasDir = true;
    else if (line == "repo")
      scopes.hasRepo = true;
    at = end + 1;
  }
  return scopes;
}

/// Whether nobody but the user can have written a file of the cache.
static bool isOwn(const Bytes &bytes) {
  return bytes.isThere && bytes.status.st_uid == geteuid() &&
         doubtOf(bytes.status) == Doubt::None;
}

static bool isOwnFolder(const std::string &folder) {
  struct stat status;
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == geteuid() && doubtOf(status) == Doubt::None;
}

/// Whether a text is what it was. The library is as good as srt itself; other
/// texts have to be the user's own.
static bool isUnchanged(const srt_source &source, const std::string &name,
                        const Places &places) {
  std::string path = pathOfSource(name, places);
  Bytes bytes = readFile(path);
  if (!bytes.isThere)
    return false;
  if (path == name && doubtOf(bytes.status) != Doubt::None)
    return false;
  Sha256 sha;
  sha.update(bytes.data(), bytes.size);
  uint8_t digest[32];
  sha.finish(digest);
  return std::memcmp(digest, source.digest, sizeof digest) == 0;
}

static std::string nameOf(const srt_view &view, const srt_source &source) {
  return {view.strings + source.path.offset, source.path.size};
}

/// Whether a text was listed before: each import of it counts as a source.
static bool isRepeated(const srt_view &view, uint32_t number) {
  const srt_source &own = view.sources[number];
  for (uint32_t i = 0; i < number; ++i) {
    const srt_source &other = view.sources[i];
    if (std::memcmp(own.digest, other.digest, sizeof own.digest) == 0 &&
        nameOf(view, own) == nameOf(view, other))
      return true;
  }
  return false;
}

static bool areUnchanged(const srt_view &view, const Places &places) {
  for (uint32_t i = 0; i < view.source_count; ++i) {
    const srt_source &source = view.sources[i];
    std::string name = nameOf(view, source);
    if (isRepeated(view, i))
      continue;
    if (!isUnchanged(source, name, places))
      return false;
  }
  return view.source_count != 0;
}

Entry findEntry(const std::string &key, const Request &request,
                const Found &found, const Places &places) {
  Entry entry;
  if (places.cache.empty() || request.avoidsCache || !isOwnFolder(places.cache))
    return entry;
  Bytes listed = readFile(places.cache + "/" + scopesName(key));
  if (!isOwn(listed))
    return entry;
  std::string digest;
  Scopes scopes = readScopes(listed.text(), digest);
  std::string path = places.cache + "/" +
                     bundleName(key, select(scopes, request, found));
  Bytes bundle = readFile(path);
  srt_view view;
  if (!isOwn(bundle) ||
      srt_check_bundle(bundle.data(), bundle.size, &view) != SRT_OK ||
      digestOfSources(view) != digest || !areUnchanged(view, places))
    return entry;
  entry.path = path;
  entry.hasBroker = view.mediation != nullptr;
  entry.isAsking = isAsking(view);
  return entry;
}

} // namespace srt::command
