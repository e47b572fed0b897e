// runtime/loader/Commands.cpp: bare command names, looked up on PATH.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a command gets rights on the regular files that PATH of its *new*
// environment leads to, on all of them, since the shell and execvp(3) skip hits
// that fail. No PATH means no hit. A hit in a denied place gets nothing, nor
// does one that an earlier run may have put there.
#include "Walk.h"

namespace srt::load {

static constexpr const char *kStep = "commands";

bool SearchPath::nextDirectory(Path &path) {
  while (rest.size != 0) {
    uint64_t end = find(rest, ':');
    Text entry = rest.prefix(end);
    rest = rest.suffix(end == rest.size ? end : end + 1);
    path.cut(0);
    // A relative entry would mean another file after every chdir(2).
    if (entry.size != 0 && entry.data[0] == '/' && path.append(entry))
      return true;
  }
  return false;
}

bool SearchPath::next(Text name, Path &path) {
  while (nextDirectory(path))
    if (path.append("/") && path.append(name))
      return true;
  return false;
}

static bool namesCommand(const srt_view &view) {
  for (uint32_t i = 0; i < view.forbidden_count; ++i)
    if (view.forbidden[i].kind == SRT_FORBID_COMMAND)
      return true;
  return view.command_count != 0;
}

/// Whether the directory is there already. The mount has to be the same too:
/// another one may have other files mounted over its entries.
static bool isKnown(const Sandbox &sandbox, const SearchDirectory &directory) {
  for (const SearchDirectory &other : sandbox.directories)
    if (other.fd >= 0 && other.inode == directory.inode &&
        other.device == directory.device && other.mount == directory.mount)
      return true;
  return false;
}

static void addDirectory(Sandbox &sandbox, const Path &path) {
  for (const SearchDirectory &other : sandbox.directories)
    if (other.path == path.text())
      return;
  SearchDirectory directory = {};
  directory.path = sandbox.arena.copy(path.text());
  directory.fd = sys::open(path.bytes, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (sys::isMissing(directory.fd))
    return;
  if (directory.fd < 0 && directory.fd != -EACCES)
    refuse(kStep, Message() << "cannot open `" << path.text()
                            << "` of PATH: " << Errno{directory.fd});
  struct statx status;
  if (directory.fd >= 0 && sys::statMount(directory.fd, status) == 0 &&
      (status.stx_mask & STATX_MNT_ID) != 0) {
    directory.device =
        uint64_t(status.stx_dev_major) << 32 | status.stx_dev_minor;
    directory.inode = status.stx_ino;
    directory.mount = status.stx_mnt_id;
    if (isKnown(sandbox, directory)) {
      giveBack(sandbox, directory.fd);
      sandbox.twins.add(sandbox.arena, directory);
      return;
    }
  }
  sandbox.directories.add(sandbox.arena, directory);
}

void openSearchPath(Sandbox &sandbox) {
  if (!namesCommand(sandbox.view))
    return;
  SearchPath search(sandbox);
  Path path;
  while (search.nextDirectory(path))
    addDirectory(sandbox, path);
}

[[noreturn]] static void refuseHit(const Sandbox &sandbox,
                                   const SearchDirectory &directory,
                                   const srt_command &command, long error) {
  refuse(kStep, Message() << "cannot open `" << directory.path << "/"
                          << sandbox.text(command.name) << "` ("
                          << RuleAt{sandbox, command.rule}
                          << "): " << Errno{error});
}

/// EACCES: a directory on PATH that the command cannot search either.
static bool isNoHit(long result) {
  return sys::isMissing(result) || result == -EACCES;
}

/// The descriptor, with the status of what it refers to.
static long keepStatus(long fd, struct stat &status) {
  long result = sys::statDescriptor(fd, status);
  if (result == 0)
    return fd;
  sys::close(fd);
  return result;
}

/// Spells where the link `name` leads to. No walk has to look at the link: it
/// stands in the directory, which no earlier run can change (isTrusted).
static bool spellTarget(const SearchDirectory &directory, Text name,
                        Path &path) {
  Path target;
  if (readLink(directory.fd, name.data, target) <= 0)
    return false;
  bool isRelative = target.bytes[0] != '/';
  return (!isRelative || (path.append(directory.path) && path.append("/"))) &&
         path.append(target.text());
}

/// Opens the hit; ENOENT for one that a link leads to through a place which an
/// earlier run may have changed.
static long openHit(Sandbox &sandbox, const SearchDirectory &directory,
                    Text name, struct stat &status) {
  long fd = openPlain(directory.fd, name.data);
  if (fd != -ELOOP)
    return fd < 0 ? fd : keepStatus(fd, status);
  if (sandbox.writables.size == 0) {
    fd = sys::openAt(directory.fd, name.data, O_PATH | O_CLOEXEC);
    return fd < 0 ? fd : keepStatus(fd, status);
  }
  Path path;
  if (!spellTarget(directory, name, path))
    return -ENOENT; // nobody can run it by this path either
  Walk walk(sandbox, sys::kCwd, path.text(), kChanging);
  long result = walk.run();
  if (walk.isTouched()) {
    sandbox.hasLeftOut = true;
    return -ENOENT;
  }
  if (result == 0)
    result = openPlain(sys::kCwd, walk.end());
  return result < 0 ? result : keepStatus(result, status);
}

/// Whether the file itself is one that the command may write.
static bool isWritableFile(const Sandbox &sandbox, const struct stat &status) {
  for (const Writable &place : sandbox.writables)
    if (place.is(status))
      return true;
  return false;
}

/// Grants the command in one directory; returns whether there is such a name.
static bool grantHit(Sandbox &sandbox, const srt_command &command,
                     const SearchDirectory &directory) {
  struct stat status;
  long fd = openHit(sandbox, directory, sandbox.text(command.name), status);
  if (isNoHit(fd))
    return false;
  if (fd < 0)
    refuseHit(sandbox, directory, command, fd);
  bool isWritable = isWritableFile(sandbox, status);
  sandbox.hasLeftOut |= isWritable;
  if (sys::isRegular(status.st_mode) && !isWritable) {
    Grant grant = {{},
                   status.st_dev,
                   status.st_ino,
                   command.rights,
                   status.st_mode,
                   command.rule,
                   nullptr};
    if (!isDeniedHit(sandbox, fd, grant))
      grantDescriptor(sandbox, fd, grant);
  }
  giveBack(sandbox, fd);
  return true;
}

/// Looks up every command in one directory. Most directories have few of them,
/// and asking whether a name is there is half of opening it in vain; where most
/// are found, asking first would only be one call more.
static void searchDirectory(Sandbox &sandbox,
                            const SearchDirectory &directory) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < sandbox.view.command_count; ++i) {
    const srt_command &command = sandbox.view.commands[i];
    struct stat status;
    bool isWorthAsking = found * 2 <= i;
    if (isWorthAsking &&
        isNoHit(sys::statAt(directory.fd, sandbox.text(command.name).data,
                            sys::kFollow, status)))
      continue;
    found += grantHit(sandbox, command, directory);
  }
}

/// Whether the way to a directory of PATH meets a place that earlier runs could
/// change: then they could have chosen what is there.
static bool isTouched(Sandbox &sandbox, Text path) {
  Walk walk(sandbox, sys::kCwd, path, kChanging);
  return walk.run() < 0 || walk.isTouched();
}

/// Finds a spelling of the directory that no sandbox has a hand in; false if
/// PATH has none. The order of PATH does not matter: every hit is granted.
static bool isTrusted(Sandbox &sandbox, SearchDirectory &directory) {
  if (sandbox.writables.size == 0 || !isTouched(sandbox, directory.path))
    return true;
  for (const SearchDirectory &twin : sandbox.twins)
    if (twin.inode == directory.inode && twin.device == directory.device &&
        twin.mount == directory.mount && !isTouched(sandbox, twin.path)) {
      directory.path = twin.path;
      return true;
    }
  return false;
}

void grantCommands(Sandbox &sandbox) {
  if (sandbox.view.command_count == 0)
    return;
  for (SearchDirectory &directory : sandbox.directories) {
    if (directory.fd < 0)
      continue;
    if (isTrusted(sandbox, directory))
      searchDirectory(sandbox, directory);
    else
      sandbox.hasLeftOut = true;
  }
}

} // namespace srt::load
