// tools/srt/bare/Calls.cpp: the system calls of srt under their POSIX names.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one system call each, but for realpath and the reading of folders.
#include "tools/srt/bare/Bare.h"

#include <stdarg.h>

using namespace srt::bare;
using srt::load::rawCall;

namespace {
/// A folder that is being read. `entry`: struct linux_dirent64, which is what the
/// C library calls struct dirent on 64-bit machines.
struct Folder {
  long fd;
  long used, size;
  alignas(8) char entries[4096];
};
} // namespace

extern "C" {

int *__errno_location() { return &lastError; }

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  long mode = (flags & O_CREAT) != 0 ? va_arg(rest, int) : 0;
  va_end(rest);
  return int(settle(
      rawCall(__NR_openat, sys::kCwd, sys::address(path), flags, mode)));
}

int close(int fd) { return int(settle(sys::close(fd))); }

long read(int fd, void *to, size_t size) {
  return settle(sys::read(fd, to, size));
}

long write(int fd, const void *from, size_t size) {
  return settle(sys::write(fd, from, size));
}

int fcntl(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  long argument = va_arg(rest, long);
  va_end(rest);
  return int(settle(rawCall(__NR_fcntl, fd, command, argument)));
}

int fstat(int fd, struct stat *out) {
  return int(settle(sys::statDescriptor(fd, *out)));
}

int stat(const char *path, struct stat *out) {
  return int(settle(sys::statAt(sys::kCwd, path, sys::kFollow, *out)));
}

int lstat(const char *path, struct stat *out) {
  return int(settle(sys::statAt(sys::kCwd, path, sys::kNoFollow, *out)));
}

int access(const char *path, int mode) {
  return int(settle(
      rawCall(__NR_faccessat, sys::kCwd, sys::address(path), mode)));
}

long readlink(const char *path, char *to, size_t size) {
  return settle(sys::readlinkAt(sys::kCwd, path, to, size));
}

int mkdir(const char *path, unsigned mode) {
  return int(settle(
      rawCall(__NR_mkdirat, sys::kCwd, sys::address(path), long(mode))));
}

int unlink(const char *path) {
  return int(settle(rawCall(__NR_unlinkat, sys::kCwd, sys::address(path), 0)));
}

int rename(const char *from, const char *to) {
  return int(settle(rawCall(__NR_renameat2, sys::kCwd, sys::address(from),
                            sys::kCwd, sys::address(to), 0)));
}

char *getcwd(char *to, size_t size) {
  return settle(sys::getcwd(to, size)) < 0 ? nullptr : to;
}

int getpid() { return int(rawCall(__NR_getpid)); }
unsigned geteuid() { return unsigned(rawCall(__NR_geteuid)); }
unsigned getegid() { return unsigned(rawCall(__NR_getegid)); }

long syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long words[6];
  for (long &word : words)
    word = va_arg(rest, long);
  va_end(rest);
  return settle(rawCall(number, words[0], words[1], words[2], words[3], words[4],
                        words[5]));
}

int socket(int family, int kind, int protocol) {
  return int(settle(rawCall(__NR_socket, family, kind, protocol)));
}

int socketpair(int family, int kind, int protocol, int *ends) {
  return int(settle(rawCall(__NR_socketpair, family, kind, protocol,
                            sys::address(ends))));
}

int connect(int fd, const void *address, unsigned size) {
  return int(settle(rawCall(__NR_connect, fd, sys::address(address), size)));
}

int getsockopt(int fd, int level, int option, void *to, unsigned *size) {
  return int(settle(rawCall(__NR_getsockopt, fd, level, option, sys::address(to),
                            sys::address(size))));
}

long send(int fd, const void *from, size_t size, int flags) {
  return settle(rawCall(__NR_sendto, fd, sys::address(from), long(size), flags, 0,
                        0));
}

int poll(void *polls, unsigned long count, int milliseconds) {
  const long time[2] = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  return int(settle(rawCall(__NR_ppoll, sys::address(polls), long(count),
                            milliseconds < 0 ? 0 : sys::address(time), 0, 0)));
}

int fork() {
  constexpr long kSigChild = 17;
  return int(settle(rawCall(__NR_clone, kSigChild, 0, 0, 0, 0)));
}

int waitpid(int pid, int *status, int options) {
  return int(settle(rawCall(__NR_wait4, pid, sys::address(status), options, 0)));
}

int execv(const char *path, char *const *argv) {
  return int(settle(sys::execve(path, argv, environment)));
}

/// Requires: at most fifteen words.
int execl(const char *path, const char *word, ...) {
  char *words[16] = {const_cast<char *>(word)};
  va_list rest;
  va_start(rest, word);
  for (size_t i = 1; i < 15 && words[i - 1]; ++i)
    words[i] = va_arg(rest, char *);
  va_end(rest);
  return execv(path, words);
}

[[noreturn]] void _exit(int status) { sys::exitGroup(status); }

long time(long *out) {
  long now[2] = {0, 0};
  rawCall(__NR_clock_gettime, 0, sys::address(now)); // CLOCK_REALTIME
  if (out)
    *out = now[0];
  return now[0];
}

/// Where the kernel says that a path leads. Requires: room for PATH_MAX bytes.
char *realpath(const char *path, char *to) {
  constexpr long kRoom = 4096, kHandle = O_PATH | O_CLOEXEC;
  long fd = settle(sys::open(path, kHandle));
  if (fd < 0)
    return nullptr;
  char link[32] = "/proc/self/fd/";
  char digits[16];
  size_t count = 0, at = 14;
  for (long number = fd; count == 0 || number != 0; number /= 10)
    digits[count++] = char('0' + number % 10);
  while (count != 0)
    link[at++] = digits[--count];
  long size = settle(sys::readlinkAt(sys::kCwd, link, to, kRoom));
  sys::close(fd);
  if (size <= 0 || size >= kRoom || to[0] != '/')
    return nullptr;
  to[size] = 0;
  return to;
}

void *opendir(const char *path) {
  long fd = settle(sys::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd < 0 ? nullptr : new Folder{fd, 0, 0, {}};
}

void *readdir(void *folder) {
  auto *open = static_cast<Folder *>(folder);
  if (open->used == open->size) {
    open->used = 0;
    open->size = rawCall(__NR_getdents64, open->fd, sys::address(open->entries),
                         sizeof open->entries);
    if (open->size <= 0) {
      open->size = 0;
      return nullptr;
    }
  }
  constexpr long kLength = 16; // where an entry says how long it is
  char *entry = open->entries + open->used;
  uint16_t length;
  __builtin_memcpy(&length, entry + kLength, sizeof length);
  open->used += length;
  return entry;
}

int closedir(void *folder) {
  auto *open = static_cast<Folder *>(folder);
  sys::close(open->fd);
  delete open;
  return 0;
}

} // extern "C"
