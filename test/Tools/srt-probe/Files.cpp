// test/Tools/srt-probe/Files.cpp: opening, reading and writing.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <cstdio>
#include <cstring>
#include <linux/openat2.h>
#include <sys/inotify.h>

namespace srt::probe {

static long openRead(const Args &a) { return openFile(a.text(0), O_RDONLY); }
static long openWrite(const Args &a) { return openFile(a.text(0), O_WRONLY); }
static long openBoth(const Args &a) { return openFile(a.text(0), O_RDWR); }
static long openPath(const Args &a) { return openFile(a.text(0), O_PATH); }
/// Access mode 3: the caller needs both, the descriptor can do neither.
static long openMode3(const Args &a) { return openFile(a.text(0), O_ACCMODE); }

static long openTrunc(const Args &a) {
  return openFile(a.text(0), O_RDONLY | O_TRUNC);
}

static long openMode3Trunc(const Args &a) {
  return openFile(a.text(0), O_ACCMODE | O_TRUNC);
}

static long create(const Args &a) {
  return openFile(a.text(0), O_WRONLY | O_CREAT | O_EXCL, 0644);
}

static long tmpfile(const Args &a) {
  return openFile(a.text(0), O_RDWR | O_TMPFILE, 0700);
}

static long openTwo(const Args &a) {
  open_how how = {O_RDONLY, 0, 0};
  return raw(SYS_openat2, AT_FDCWD, a.text(0), &how, sizeof(how));
}

static long list(const Args &a) {
  return openFile(a.text(0), O_RDONLY | O_DIRECTORY);
}

/// Reads one byte, so that nobody mistakes a name for its content.
static long readByte(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  char byte;
  return fd < 0 ? fd : raw(SYS_read, fd, &byte, 1);
}

static long writeByte(const Args &a) {
  long fd = openFile(a.text(0), O_WRONLY | O_APPEND);
  return fd < 0 ? fd : raw(SYS_write, fd, "x", 1);
}

/// A byte from a descriptor that was inherited.
static long readDescriptor(const Args &a) {
  char byte;
  return raw(SYS_read, a.number(0), &byte, 1);
}

static long reopenAs(long fd, long flags) {
  char path[64];
  snprintf(path, sizeof(path), "/proc/self/fd/%ld", fd);
  return fd < 0 ? fd : openFile(path, flags);
}

/// O_PATH asks for no right; the magic link leads to the same object.
static long reopenRead(const Args &a) {
  return reopenAs(openFile(a.text(0), O_PATH), O_RDONLY);
}

/// Opened for reading, opened again for writing.
static long reopenWrite(const Args &a) {
  return reopenAs(openFile(a.text(0), O_RDONLY), O_WRONLY);
}

static long reopenDescriptor(const Args &a) {
  return reopenAs(a.number(0), O_WRONLY);
}

static long openAt(const Args &a) {
  long dir = openFile(a.text(0), O_PATH | O_DIRECTORY);
  return dir < 0 ? dir : raw(SYS_openat, dir, a.text(1), O_RDONLY);
}

static long openAtDescriptor(const Args &a) {
  return raw(SYS_openat, a.number(0), a.text(1), O_RDONLY);
}

static long openFromDirectory(const Args &a) {
  long moved = raw(SYS_chdir, a.text(0));
  return moved < 0 ? moved : openFile(a.text(1), O_RDONLY);
}

/// Asks the kernel for a handle of the file and opens that.
static long openHandle(const Args &a) {
  struct {
    file_handle head;
    unsigned char bytes[MAX_HANDLE_SZ];
  } handle = {};
  handle.head.handle_bytes = MAX_HANDLE_SZ;
  int mount;
  long result =
      raw(SYS_name_to_handle_at, AT_FDCWD, a.text(0), &handle, &mount, 0);
  long root = openFile("/", O_RDONLY | O_DIRECTORY);
  // Without a handle the second call would fail for that; it is made anyway,
  // since it is the one in question.
  long opened = raw(SYS_open_by_handle_at, root, &handle, O_RDONLY);
  return opened < 0 ? opened : result;
}

/// Opens argument 0, argument 2 times, and says whether it ever found the first
/// byte of argument 1 in it. ENOENT: never.
static long openRace(const Args &a) {
  for (long left = a.number(2, 100000); left > 0; --left) {
    long fd = openFile(a.text(0), O_RDONLY);
    char byte = 0;
    if (fd >= 0 && raw(SYS_read, fd, &byte, 1) == 1 && byte == *a.text(1))
      return 0;
    if (fd >= 0)
      close(int(fd));
  }
  return -ENOENT;
}

static long watch(const Args &a) {
  long fd = raw(SYS_inotify_init1, 0);
  return fd < 0 ? fd : raw(SYS_inotify_add_watch, fd, a.text(0), IN_ALL_EVENTS);
}

/// dnotify: the same by fcntl, on a directory that was opened.
static long notify(const Args &a) {
  long fd = openFile(a.text(0), a.number(1));
  return fd < 0 ? fd : raw(SYS_fcntl, fd, F_NOTIFY, DN_CREATE);
}

const Operation kFileOps[] = {{"open-read", openRead},
                              {"open-write", openWrite},
                              {"open-both", openBoth},
                              {"open-path", openPath},
                              {"open-mode3", openMode3},
                              {"open-trunc", openTrunc},
                              {"open-mode3-trunc", openMode3Trunc},
                              {"create", create},
                              {"tmpfile", tmpfile},
                              {"openat2", openTwo},
                              {"list", list},
                              {"read", readByte},
                              {"write", writeByte},
                              {"read-fd", readDescriptor},
                              {"reopen-read", reopenRead},
                              {"reopen-write", reopenWrite},
                              {"reopen-fd", reopenDescriptor},
                              {"open-at", openAt},
                              {"open-at-fd", openAtDescriptor},
                              {"chdir-open", openFromDirectory},
                              {"open-handle", openHandle},
                              {"open-race", openRace},
                              {"inotify", watch},
                              {"dnotify", notify},
                              {nullptr, nullptr}};

} // namespace srt::probe
