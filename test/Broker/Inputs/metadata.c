/* test/Broker/Inputs/metadata.c: metadata FILE: every call that changes what is
 * known of a file. SPDX-License-Identifier: Apache-2.0
 * Prints the name of each and 0, or the name of its error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

static void show(const char *name, long result) {
  printf("%s %s\n", name, result < 0 ? strerrorname_np(errno) : "0");
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  const char *file = argv[1];
  int fd = open(file, O_RDONLY);
  int path = open(file, O_PATH);
  int pipes[2];
  if (pipe(pipes) != 0)
    return 2;
  int memory = memfd_create("m", 0);
  struct timespec times[2] = {{1, 2}, {3, 4}};
  struct timeval micro[2] = {{1, 2}, {3, 4}};
  struct timeval wrong[2] = {{1, 1000000}, {3, 4}};
  struct utimbuf old = {1, 2};
#ifdef SYS_chmod
  show("chmod", syscall(SYS_chmod, file, 0644));
#else
  show("chmod", syscall(SYS_fchmodat, AT_FDCWD, file, 0644));
#endif
  show("fchmod", fchmod(fd, 0644));
  show("fchmodat", syscall(SYS_fchmodat, AT_FDCWD, file, 0644));
#ifdef SYS_chown
  show("chown", syscall(SYS_chown, file, -1, -1));
#else
  show("chown", syscall(SYS_fchownat, AT_FDCWD, file, -1, -1, 0));
#endif
  show("fchown", fchown(fd, -1, -1));
  show("lchown", lchown(file, -1, -1));
  show("fchownat", fchownat(AT_FDCWD, file, -1, -1, 0));
  show("fchownat-empty", fchownat(path, "", -1, -1, AT_EMPTY_PATH));
  show("utime", utime(file, &old));
  show("utimes", utimes(file, micro));
#ifdef SYS_futimesat
  show("futimesat", syscall(SYS_futimesat, AT_FDCWD, file, micro));
#else
  show("futimesat", utimes(file, micro));
#endif
  show("utimensat", utimensat(AT_FDCWD, file, NULL, 0));
  show("futimens", futimens(fd, times));
  show("setxattr", syscall(SYS_setxattr, file, "user.a", "v", 1, 0));
  show("fsetxattr", syscall(SYS_fsetxattr, fd, "user.b", "v", 1, 0));
  show("removexattr", syscall(SYS_removexattr, file, "user.a"));
  show("fremovexattr", syscall(SYS_fremovexattr, fd, "user.b"));
  show("pipe-fchmod", fchmod(pipes[0], 0600));
  show("memfd-fchmod", fchmod(memory, 0600));
  show("path-fchmod", fchmod(path, 0600));
#ifdef SYS_utimes
  show("bad-usec", syscall(SYS_utimes, "/dev/null", wrong));
#else
  show("bad-usec", utimes("/dev/null", wrong));
#endif
  show("bad-fd", fchmod(999, 0600));
  return 0;
}
