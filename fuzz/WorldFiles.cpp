// fuzz/WorldFiles.cpp: calls on files of a World.
// SPDX-License-Identifier: Apache-2.0
//
// What a path leads to is drawn: mostly what it says, else somewhere by links.
// A descriptor leads to one thing as long as it is open.
#include "fuzz/Zones.h"
#include "fuzz/OtherKernel.h"
#include "runtime/broker/System.h"
#include "llvm/ADT/SmallVector.h"

#include <cstring>

namespace srt::fuzz {

namespace sys = load::sys;

static constexpr uint32_t kFolder = 0040755, kLink = 0120777;

/// Without dots and doubled slashes; "/" is the root.
static std::string collapsed(llvm::StringRef path) {
  llvm::SmallVector<llvm::StringRef> words, kept;
  path.split(words, '/', -1, false);
  for (llvm::StringRef word : words) {
    if (word == "." || (word == ".." && kept.empty()))
      continue;
    if (word == "..")
      kept.pop_back();
    else
      kept.push_back(word);
  }
  std::string result;
  for (llvm::StringRef word : kept)
    result += "/" + word.str();
  return result.empty() ? "/" : result;
}

/// What /proc/self/fd/N names, or `at` itself if there is no path; null: none.
static Thing *thingNamed(World &world, long at, llvm::StringRef path) {
  long fd;
  if (path.empty())
    return world.find(at);
  if (at == kOwn && !path.getAsInteger(10, fd))
    return world.find(fd);
  if (path.consume_front("/proc/self/fd/") && !path.getAsInteger(10, fd))
    return world.find(fd);
  return nullptr;
}

std::string spelledPath(World &world, long at, llvm::StringRef path) {
  if (Thing *thing = thingNamed(world, at, path))
    return thing->path;
  if (path.starts_with("/"))
    return collapsed(path);
  Thing *base = world.find(at);
  return collapsed((base ? base->path : "/") + "/" + path.str());
}

/// By its name: what is called so is a directory.
static bool isFolderName(llvm::StringRef path) {
  llvm::StringRef name = path.substr(path.rfind('/') + 1);
  return name.empty() || name == "open" || name == "secret" ||
         name == "asked" || name.starts_with("d") || path == "/proc/77";
}

static uint32_t drawMode(World &world, llvm::StringRef path) {
  switch (world.draw() % 16) {
  case 10:
    return kFolder;
  case 11:
    return kLink;
  case 12:
    return 0010644; // a pipe
  case 13:
    return 0140644; // a socket
  case 14:
    return 0020666; // a terminal or the like
  case 15:
    return 0100644;
  }
  return isFolderName(path) ? kFolder : 0100644;
}

/// Where a path leads in the end.
static Thing drawThing(World &world, std::string spelled) {
  Thing thing;
  switch (world.draw() % 24) {
  case 16:
    spelled = "/secret/x";
    break;
  case 17:
    spelled = "/open/d/b";
    break;
  case 18:
    spelled = "/proc/77/mem";
    thing.device = kProcDevice;
    break;
  case 19:
    spelled += " (deleted)";
    thing.links = 0;
    break;
  case 20:
    spelled = "pipe:[7]";
    break;
  case 21:
    spelled = "/secret";
    break;
  case 22:
    spelled = "(unreachable)/secret";
    break;
  case 23:
    spelled = "/asked/a";
    break;
  }
  if (llvm::StringRef(spelled).starts_with("/proc/"))
    thing.device = kProcDevice;
  thing.mode = drawMode(world, spelled);
  thing.path = std::move(spelled);
  return thing;
}

static bool isWriting(long flags) {
  return (flags & 3) != O_RDONLY || (flags & O_TRUNC) != 0;
}

/// Where /proc/TID/cwd, fd/N and exe lead, before draws.
static std::string throughCaller(const std::string &spelled) {
  llvm::StringRef path = spelled;
  if (path.ends_with("/exe"))
    return "/open/tool";
  if (path.ends_with("/cwd") || path.contains("/fd/"))
    return path.ends_with("1") ? "/open/b" : "/open/d";
  return spelled;
}

/// An open(2) that makes a file, or one that opens what is there.
static long openSpelled(World &world, long at, llvm::StringRef path,
                        long flags) {
  constexpr long kTemporary = 020000000; // __O_TMPFILE
  std::string spelled = spelledPath(world, at, path);
  if ((flags & O_CREAT) != 0)
    mustBeOpen(world, spelled, Doing::Writing);
  else if ((flags & (O_PATH | kTemporary)) == 0)
    // The broker reads nothing by its name but what /proc says of a caller.
    require(llvm::StringRef(spelled).starts_with("/proc/") &&
                llvm::StringRef(spelled).ends_with("/status"),
            "opened by its name: " + spelled);
  Thing thing =
      drawThing(world, at == kProc ? throughCaller(spelled) : spelled);
  if ((flags & O_CREAT) != 0)
    thing.path = spelled;
  if ((flags & (O_CREAT | kTemporary)) != 0)
    thing.mode = 0100644;
  if (llvm::StringRef(path).ends_with("/status") && (flags & O_PATH) == 0)
    thing.path = spelled;
  thing.flags = flags;
  return world.open(thing);
}

static long openFile(World &world, long at, llvm::StringRef path, long flags) {
  if (long error = world.drawError())
    return error;
  Thing *named = at == kOwn ? thingNamed(world, at, path) : nullptr;
  if (at == kOwn && !named)
    return -ENOENT;
  if (!named)
    return openSpelled(world, at, path, flags);
  if ((flags & O_PATH) == 0)
    mustBeOpen(world, named->path,
               isWriting(flags) ? Doing::Writing : Doing::Reading);
  Thing copy = *named;
  copy.flags = flags;
  return world.open(copy);
}

static void fill(World &world, const Thing &thing, struct stat &status) {
  std::memset(&status, 0, sizeof status);
  status.st_mode = thing.mode;
  status.st_dev = thing.device;
  status.st_nlink = thing.links;
  status.st_ino = std::hash<std::string>()(thing.path);
  if ((thing.mode & 0170000) == 0020000)
    status.st_rdev = uint64_t(world.draw() % 6) << 8;
}

static long statFile(World &world, long at, llvm::StringRef path,
                     struct stat &status) {
  if (Thing *thing = thingNamed(world, at, path)) {
    fill(world, *thing, status);
    return 0;
  }
  // A name is mostly free.
  if (world.draw() < 0xa0)
    return -ENOENT;
  fill(world, drawThing(world, spelledPath(world, at, path)), status);
  return 0;
}

static long readLink(World &world, const Arguments &call) {
  std::string target;
  Thing *thing = thingNamed(world, call.at[0], call.text(1));
  if (thing && call.at[0] == kOwn)
    target = thing->path; // else it is what a link says
  else if (world.draw() < 0x40)
    target = "/secret/x";
  else
    target = world.drawBytes(40);
  size_t size = std::min(target.size(), size_t(call.at[3]));
  std::memcpy(call.pointer<char>(2), target.data(), size);
  return long(size);
}

/// A change at a name in a directory; "." and the like are none.
static long changeName(World &world, long at, llvm::StringRef name) {
  llvm::StringRef plain = name.rtrim('/');
  if (plain.empty() || plain == "." || plain == "..")
    return -EINVAL;
  require(!plain.contains('/'), "a name leads on: " + name.str());
  mustBeOpen(world, spelledPath(world, at, plain), Doing::Writing);
  return world.drawError();
}

static long rename(World &world, const Arguments &call) {
  long result = changeName(world, call.at[0], call.text(1));
  if (result != -EINVAL)
    mustBeMovable(spelledPath(world, call.at[0],
                              llvm::StringRef(call.text(1)).rtrim('/')));
  long other = changeName(world, call.at[2], call.text(3));
  constexpr long kExchange = 2; // RENAME_EXCHANGE, linux/fs.h
  if (other != -EINVAL && (call.at[4] & kExchange) != 0)
    mustBeMovable(spelledPath(world, call.at[2],
                              llvm::StringRef(call.text(3)).rtrim('/')));
  return result < 0 ? result : other;
}

static long makeLink(World &world, const Arguments &call) {
  std::string source = spelledPath(world, call.at[0], call.text(1));
  mustBeOpen(world, source, Doing::Writing);
  return changeName(world, call.at[2], call.text(3));
}

static long makeSymlink(World &world, const Arguments &call) {
  long result = changeName(world, call.at[1], call.text(2));
  if (result != -EINVAL)
    mustBeMovable(spelledPath(world, call.at[1],
                              llvm::StringRef(call.text(2)).rtrim('/')));
  return result;
}

/// A change of what a path or a descriptor leads to.
static long changeThing(World &world, long at, llvm::StringRef path) {
  Thing *thing = thingNamed(world, at, path);
  require(thing != nullptr, "changed by its name: " + path.str());
  // What has no place is the caller's own.
  if (thing->path[0] == '/')
    mustBeOpen(world, thing->path, Doing::Writing);
  return world.drawError();
}

static long watch(World &world, const Arguments &call) {
  Thing *thing = thingNamed(world, sys::kCwd, call.text(1));
  require(thing != nullptr, "watched by its name");
  mustBeOpen(world, thing->path, Doing::Reading);
  return world.drawError();
}

static long fileSystem(World &world, const Arguments &call) {
  Thing *thing = world.find(call.at[0]);
  auto *out = call.pointer<sys::FileSystem>(1);
  out->type = thing && thing->device == kProcDevice ? sys::kProcMagic : 0;
  return world.drawError();
}

static long close(World &world, long fd) {
  if (fd < 0)
    return -EBADF;
  // The asker's is given up when it has gone.
  require((fd >= kFirstFree || fd == kAsker) && world.things.erase(fd) == 1,
          "closed, and not open: " + std::to_string(fd));
  return 0;
}

static long statDescriptor(World &world, const Arguments &call) {
  Thing *thing = world.find(call.at[0]);
  if (!thing)
    return -EBADF;
  fill(world, *thing, *call.pointer<struct stat>(1));
  return 0;
}

bool callFile(World &w, const Arguments &call, long &result) {
  const long *at = call.at;
  switch (call.number) { // the kernel's numbers
  case __NR_openat:
    return result = openFile(w, at[0], call.text(1), at[2]), true;
  case __NR_openat2:
    return result = openFile(w, at[0], call.text(1),
                             long(call.pointer<sys::OpenHow>(2)->flags)),
           true;
  case __NR_close:
    return result = close(w, at[0]), true;
  case __NR_newfstatat:
    return result = statFile(w, at[0], call.text(1),
                             *call.pointer<struct stat>(2)),
           true;
  case __NR_fstat:
    return result = statDescriptor(w, call), true;
  case __NR_readlinkat:
    return result = readLink(w, call), true;
  case __NR_fstatfs:
    return result = fileSystem(w, call), true;
  case __NR_mkdirat:
  case __NR_mknodat:
  case __NR_unlinkat:
    return result = changeName(w, at[0], call.text(1)), true;
  case __NR_renameat2:
    return result = rename(w, call), true;
  case __NR_linkat:
    return result = makeLink(w, call), true;
  case __NR_symlinkat:
    return result = makeSymlink(w, call), true;
  case __NR_truncate:
  case __NR_setxattr:
  case __NR_removexattr:
    return result = changeThing(w, sys::kCwd, call.text(0)), true;
  case __NR_fchmodat:
  case __NR_fchownat:
  case __NR_utimensat:
    return result = changeThing(w, at[0], call.text(1)), true;
  case __NR_inotify_add_watch:
    return result = watch(w, call), true;
  }
  return false;
}

} // namespace srt::fuzz
