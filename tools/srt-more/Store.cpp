// tools/srt-more/Store.cpp: the cache, as its writer sees it.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Store.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace srt::command {

/// Entries that are kept; the ones written longest ago go.
static constexpr size_t kMaxEntries = 200;

bool makeFolder(const std::string &path, std::string &problem) {
  if (path.empty()) {
    problem = "HOME says no folder";
    return false;
  }
  if (std::error_code error = llvm::sys::fs::create_directories(
          path, /*IgnoreExisting=*/true, llvm::sys::fs::perms::owner_all)) {
    problem = "cannot make `" + path + "`: " + error.message();
    return false;
  }
  struct stat status;
  if (lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    problem = "`" + path + "` is no folder";
    return false;
  }
  Doubt doubt = doubtOf(status);
  if (doubt == Doubt::None && status.st_uid != geteuid())
    doubt = Doubt::OtherOwner;
  if (doubt != Doubt::None)
    problem = "`" + path + "` " + text(doubt);
  return doubt == Doubt::None;
}

bool writeWhole(const std::string &path, const std::string &text) {
  std::string temporary = path + ".XXXXXX";
  int fd = mkstemp(temporary.data());
  if (fd < 0)
    return false;
  size_t done = 0;
  ssize_t got = 1;
  while (done < text.size() && got > 0) {
    got = write(fd, text.data() + done, text.size() - done);
    done += size_t(std::max<ssize_t>(got, 0));
  }
  bool isWhole = close(fd) == 0 && done == text.size();
  if (isWhole && rename(temporary.c_str(), path.c_str()) == 0)
    return true;
  unlink(temporary.c_str());
  return false;
}

/// Keeps the cache from growing for ever. Whoever still wants a bundle that is
/// removed compiles it again.
static void removeOldest(const std::string &folder) {
  std::vector<std::pair<llvm::sys::TimePoint<>, std::string>> files;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(folder, error), end;
       at != end && !error; at.increment(error)) {
    llvm::ErrorOr<llvm::sys::fs::basic_file_status> status = at->status();
    if (status && status->type() == llvm::sys::fs::file_type::regular_file)
      files.emplace_back(status->getLastModificationTime(), at->path());
  }
  if (files.size() <= kMaxEntries)
    return;
  llvm::sort(files);
  for (const auto &[time, path] :
       llvm::ArrayRef(files).drop_back(kMaxEntries / 2))
    unlink(path.c_str());
}

std::string storeBundle(const Job &job, const Compiled &compiled,
                        std::string &problem) {
  const std::string &folder = job.places.cache;
  if (!makeFolder(folder, problem))
    return {};
  removeOldest(folder);
  std::string key = keyOf(job.request, job.found, job.places);
  std::string path = folder + "/" + bundleName(key, compiled.selected);
  std::string scopes = folder + "/" + scopesName(key);
  // The bundle first: a list of scopes without its bundle is only a miss.
  if (writeWhole(path, compiled.bytes) &&
      writeWhole(scopes, scopesText(compiled.scopes, compiled.digest)))
    return path;
  problem = "cannot write `" + path + "`: " + std::strerror(errno);
  return {};
}

std::string holdInMemory(const std::string &bytes) {
  // Not close-on-exec: srt-load opens it by its number.
  int fd = memfd_create("srt-bundle", MFD_ALLOW_SEALING);
  size_t done = 0;
  while (fd >= 0 && done < bytes.size()) {
    ssize_t got = write(fd, bytes.data() + done, bytes.size() - done);
    if (got <= 0)
      return {};
    done += size_t(got);
  }
  if (fd < 0)
    return {};
  return "/proc/self/fd/" + std::to_string(fd);
}

} // namespace srt::command
