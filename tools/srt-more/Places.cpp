// tools/srt-more/Places.cpp: generalises accesses by directory.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Places.h"

#include "tools/srt-more/Coverage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <cstdlib>

namespace srt::command {

/// So many things in one folder stand for the folder.
static constexpr size_t kSeveral = 3;

const char *actionsOf(Kind kind) {
  switch (kind) {
  case Kind::Read:
    return "read";
  case Kind::List:
    return "read.list";
  case Kind::Write:
    return "write";
  case Kind::Change:
    return "write.data";
  case Kind::Metadata:
    return "write.metadata";
  case Kind::Device:
    return "ioctl";
  case Kind::Run:
    return "exec";
  }
  return "";
}

Surroundings surroundingsOf(const Job &job) {
  const char *home = std::getenv("HOME");
  Surroundings around{job.found.project, home && *home == '/' ? home : "",
                      searchPath()};
  while (around.home.size() > 1 && around.home.back() == '/')
    around.home.pop_back();
  return around;
}

/// Whether `path` is `folder` or in it.
static bool isIn(llvm::StringRef path, llvm::StringRef folder) {
  return folder == "/" || (path.consume_front(folder) &&
                           (path.empty() || path.starts_with("/")));
}

static std::string above(const std::string &path) {
  std::string parent = llvm::sys::path::parent_path(path).str();
  return parent.empty() ? "/" : parent;
}

bool isTooWide(const std::string &folder, const Surroundings &around) {
  static const char *const kOfHome[] = {"/.config", "/.cache", "/.local",
                                        "/.local/share", "/.local/state",
                                        "/Library"};
  static const char *const kWide[] = {"/var/lib", "/var/log", "/var/cache",
                                      "/usr/lib", "/usr/share", "/usr/local",
                                      "/etc/ssl", "/run/user"};
  if (!around.home.empty() && isIn(around.home, folder))
    return true;
  if (folder == around.project || folder == "/tmp")
    return false;
  auto isHomes = [&](const char *inner) { return folder == around.home + inner; };
  bool isTop = llvm::count(folder, '/') <= 1;
  return isTop || llvm::any_of(kOfHome, isHomes) ||
         llvm::is_contained(kWide, folder) || isIn(around.project, folder) ||
         llvm::is_contained(around.programs, folder);
}

/// `read.data` and the like, as what is granted.
static Kind kindOf(llvm::StringRef action) {
  if (action == "read.list")
    return Kind::List;
  if (action == "write.data")
    return Kind::Change;
  if (action == "write.metadata")
    return Kind::Metadata;
  if (action == "ioctl")
    return Kind::Device;
  if (action == "exec")
    return Kind::Run;
  return action.starts_with("write") ? Kind::Write : Kind::Read;
}

static std::set<std::string> madeIn(const std::vector<Access> &accesses) {
  std::set<std::string> made;
  for (const Access &access : accesses)
    if (access.action == "write.create" || access.action == "write.special")
      made.insert(access.what);
  return made;
}

/// Where a thing is granted. What is made or removed needs the folder that it
/// is in: the kernel judges a name by the directory above. So does whatever is
/// done with a thing that is made anew each time: a rule is on the one that is
/// there at the start.
static std::string placeFor(const Access &access, Kind kind,
                            const std::set<std::string> &made,
                            const Surroundings &around) {
  if (llvm::StringRef(access.what).starts_with("/proc/self"))
    return "/proc";
  std::string top = access.what;
  bool isMade = made.count(top) != 0;
  while (made.count(above(top)) != 0)
    top = above(top), isMade = true;
  if (kind != Kind::Write && !isMade)
    return access.what;
  std::string folder = above(top);
  return isTooWide(folder, around) ? top : folder;
}

namespace {
using Grants = std::map<std::string, std::vector<Access>>;

/// Joins what is in one folder, from the deepest folders up.
struct Joining {
  Kind kind;
  const Surroundings &around;
  Grants found;
  void dropCovered();
  void join();

private:
  /// Folders by depth, deepest first, with what stands directly in them.
  using Folders = std::map<std::pair<size_t, std::string>, std::set<std::string>,
                           std::greater<>>;
  void note(const std::string &path, Folders &folders);
  /// A folder that is too wide is listed alone (see statementFor in Learned.cpp).
  bool holdsAll(const std::string &folder) const {
    return found.count(folder) != 0 &&
           (kind != Kind::List || !isTooWide(folder, around));
  }
};
} // namespace

/// Takes away what lies in a place that is there as well.
void Joining::dropCovered() {
  for (auto at = found.begin(); at != found.end();) {
    // Sorted by bytes, "/a-b" comes between "/a" and "/a/b": look upwards.
    std::string folder = at->first;
    bool isCovered = false;
    while (!isCovered && folder != "/") {
      folder = above(folder);
      isCovered = holdsAll(folder);
    }
    if (!isCovered) {
      ++at;
      continue;
    }
    std::vector<Access> &all = found[folder];
    all.insert(all.end(), at->second.begin(), at->second.end());
    at = found.erase(at);
  }
}

void Joining::note(const std::string &path, Folders &folders) {
  if (path == "/")
    return;
  std::string folder = above(path);
  folders[{llvm::count(folder, '/'), folder}].insert(path);
}

void Joining::join() {
  Folders folders;
  for (const auto &[path, accesses] : found)
    note(path, folders);
  while (!folders.empty()) {
    auto [key, inside] = *folders.begin();
    const std::string &folder = key.second;
    folders.erase(folders.begin());
    if (inside.size() < kSeveral || isTooWide(folder, around))
      continue;
    for (const std::string &path : inside) {
      std::vector<Access> moved = std::move(found[path]);
      found.erase(path);
      found[folder].insert(found[folder].end(), moved.begin(), moved.end());
    }
    note(folder, folders);
  }
}

/// What is written as a whole need not be said to be changed, and so on.
static void dropImplied(std::map<Kind, Grants> &all, Kind wide, Kind narrow) {
  Grants &inner = all[narrow];
  for (auto at = inner.begin(); at != inner.end();) {
    auto outer = llvm::find_if(all[wide], [&](const auto &each) {
      return isIn(at->first, each.first);
    });
    if (outer == all[wide].end()) {
      ++at;
      continue;
    }
    outer->second.insert(outer->second.end(), at->second.begin(),
                         at->second.end());
    at = inner.erase(at);
  }
}

static std::vector<Place> sorted(const Grants &found) {
  std::vector<Place> places;
  for (const auto &[path, accesses] : found) {
    places.push_back({path, accesses});
    llvm::sort(places.back().accesses);
  }
  return places;
}

std::map<Kind, std::vector<Place>> placesOf(const std::vector<Access> &accesses,
                                            const std::vector<Access> &done,
                                            const Surroundings &around) {
  std::map<Kind, Grants> all;
  std::set<std::string> made = madeIn(done);
  for (const Access &access : accesses) {
    std::optional<ir::ActionId> action = ir::actionNamed(access.action);
    bool isPath = action && ir::resource(*action) != ir::Resource::Endpoint &&
                  access.about == About::Path;
    if (!isPath)
      continue;
    Kind kind = kindOf(access.action);
    all[kind][placeFor(access, kind, made, around)].push_back(access);
  }
  for (Kind kind : kKinds) {
    Joining joining{kind, around, std::move(all[kind])};
    joining.dropCovered();
    joining.join();
    joining.dropCovered();
    all[kind] = std::move(joining.found);
  }
  dropImplied(all, Kind::Read, Kind::List);
  dropImplied(all, Kind::Write, Kind::Change);
  dropImplied(all, Kind::Write, Kind::Metadata);
  std::map<Kind, std::vector<Place>> places;
  for (auto &[kind, found] : all)
    if (!found.empty())
      places[kind] = sorted(found);
  return places;
}

} // namespace srt::command
