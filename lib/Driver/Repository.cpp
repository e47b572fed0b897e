// lib/Driver/Repository.cpp: one name for a repository, however it is spelled.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Repository.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace srt {

namespace {
struct Location {
  llvm::StringRef host;
  llvm::StringRef path;
};
} // namespace

/// Takes a URL, or the `user@host:path` that scp understands, apart.
static std::optional<Location> locationOf(llvm::StringRef url) {
  size_t scheme = url.find("://");
  llvm::StringRef rest =
      scheme == llvm::StringRef::npos ? url : url.drop_front(scheme + 3);
  size_t slash = rest.find('/');
  size_t colon = rest.find(':');
  bool isScp = scheme == llvm::StringRef::npos && colon < slash;
  size_t end = isScp ? colon : slash;
  if (end == llvm::StringRef::npos)
    return std::nullopt;
  llvm::StringRef host = rest.take_front(end);
  host = host.substr(host.rfind('@') + 1); // npos + 1 is 0
  host = host.take_until([](char c) { return c == ':'; });
  return Location{host, rest.drop_front(end + 1)};
}

std::optional<std::string> normaliseRepository(llvm::StringRef url) {
  std::optional<Location> location = locationOf(url.trim());
  if (!location)
    return std::nullopt;
  llvm::StringRef path = location->path.trim('/');
  path.consume_back(".git");
  path = path.trim('/');
  llvm::SmallVector<llvm::StringRef, 8> parts;
  path.split(parts, '/');
  bool isOdd = llvm::any_of(parts, [](llvm::StringRef part) {
    return part.empty() || part == "." || part == "..";
  });
  if (location->host.empty() || path.empty() || isOdd)
    return std::nullopt;
  return location->host.lower() + "/" + path.str();
}

/// A small file, or an empty text.
static std::string contents(const llvm::Twine &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer || (*buffer)->getBufferSize() > (1u << 20))
    return {};
  return (*buffer)->getBuffer().str();
}

/// [remote "origin"], with any spaces, case of the first word, and a comment
/// behind (git-config(1), "Syntax").
static bool isOriginSection(llvm::StringRef line) {
  llvm::StringRef inside = line.drop_front().take_until(
      [](char c) { return c == ']'; });
  auto [section, name] = inside.split('"');
  return section.trim().equals_insensitive("remote") &&
         name.take_until([](char c) { return c == '"'; }) == "origin";
}

/// The value of `url` in the section [remote "origin"].
static std::optional<std::string> originUrl(llvm::StringRef config) {
  llvm::SmallVector<llvm::StringRef, 64> lines;
  config.split(lines, '\n');
  bool isOrigin = false;
  for (llvm::StringRef line : lines) {
    line = line.trim();
    if (line.starts_with("["))
      isOrigin = isOriginSection(line);
    auto [key, value] = line.split('=');
    if (isOrigin && key.trim().equals_insensitive("url"))
      return value.trim().str();
  }
  return std::nullopt;
}

/// Where the configuration of the repository at `folder` lies: in `.git`, or,
/// for a worktree or submodule, where the file `.git` points to.
static std::string configOf(llvm::StringRef folder) {
  llvm::SmallString<128> git(folder);
  llvm::sys::path::append(git, ".git");
  if (llvm::sys::fs::is_directory(git))
    return contents(git + "/config");
  std::string link = contents(git);
  llvm::StringRef target = llvm::StringRef(link).trim();
  if (!target.consume_front("gitdir:"))
    return {};
  llvm::SmallString<128> real(target.trim());
  if (llvm::sys::path::is_relative(real)) {
    real = folder;
    llvm::sys::path::append(real, target.trim());
  }
  // A worktree shares the configuration two levels up.
  size_t shared = llvm::StringRef(real).rfind("/worktrees/");
  llvm::StringRef common = llvm::StringRef(real).take_front(shared);
  return contents(common + "/config");
}

std::optional<std::string> repositoryOf(llvm::StringRef folder) {
  llvm::SmallString<128> at(folder);
  if (llvm::sys::fs::make_absolute(at))
    return std::nullopt;
  for (; !at.empty(); llvm::sys::path::remove_filename(at)) {
    std::string config = configOf(at);
    if (!config.empty()) {
      std::optional<std::string> url = originUrl(config);
      return url ? normaliseRepository(*url) : std::nullopt;
    }
    if (at == "/")
      break;
  }
  return std::nullopt;
}

} // namespace srt
