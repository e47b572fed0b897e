/* test/Broker/Inputs/edges.c: edges DIR: paths and callers at the edge.
 * SPDX-License-Identifier: Apache-2.0
 * DIR/ok is allowed, DIR/no is not and has the file f. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[2000], text[8192];

static int tryOpen(const char *path, int flags) {
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600);
}
static void show(const char *name, int fd) {
  printf("%s %s\n", name, fd < 0 ? strerrorname_np(errno) : "found");
  fflush(stdout);
}
static const char *in(const char *name) {
  snprintf(text, sizeof text, "%s/%s", dir, name);
  return text;
}

static void lengths(void) {
  char path[4200];
  memset(path, 'x', sizeof path);
  for (int i = 0; i < 4200; i += 100)
    path[i] = '/';
  path[4095] = 0;
  show("path-max-1", tryOpen(path, O_RDONLY));
  path[4095] = 'x';
  path[4096] = 0;
  show("path-max", tryOpen(path, O_RDONLY));
}

/* A path that ends where memory ends. */
static void pages(void) {
  char *two = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(two + 4096, 4096);
  const char *names[] = {"ok/f", "no/f"};
  const char *labels[] = {"page-end", "page-end-denied"};
  for (int i = 0; i < 2; ++i) {
    const char *path = in(names[i]);
    char *at = two + 4096 - strlen(path) - 1;
    strcpy(at, path);
    show(labels[i], tryOpen(at, O_RDONLY));
  }
  memset(two, 'x', 4096);
  show("over-the-page", tryOpen(two + 4000, O_RDONLY));
}

static void deep(void) {
  char path[4096];
  int size = snprintf(path, sizeof path, "%s", dir);
  while (size < 3800)
    size += snprintf(path + size, sizeof path - size, "/ok/..");
  snprintf(path + size, sizeof path - size, "/no/f");
  show("deep-denied", tryOpen(path, O_RDONLY));
}

/* A thread may have a directory of its own. */
static void *inThread(void *unused) {
  unshare(CLONE_FS);
  if (chdir(in("ok")) == 0)
    show("thread-cwd", tryOpen("f", O_RDONLY));
  if (chdir(in("no")) == 0)
    show("thread-cwd-denied", tryOpen("f", O_RDONLY));
  return unused;
}

static void callers(void) {
  prctl(PR_SET_DUMPABLE, 0);
  show("not-dumpable", tryOpen(in("ok/f"), O_RDONLY));
  prctl(PR_SET_DUMPABLE, 1);
  pthread_t thread;
  pthread_create(&thread, NULL, inThread, NULL);
  pthread_join(thread, NULL);
  if (vfork() == 0) {
    show("vfork-child", tryOpen(in("ok/f"), O_RDONLY));
    _exit(0);
  }
  wait(NULL);
  if (mkdir(in("ok/gone"), 0700) == 0 && chdir(in("ok/gone")) == 0 &&
      rmdir(in("ok/gone")) == 0)
    show("deleted-cwd", tryOpen("f", O_WRONLY | O_CREAT));
}

static void flags(void) {
  show("unknown-flag", tryOpen(in("ok/f"), O_RDONLY | 0x10000000));
  int fd = tryOpen(in("ok/f"), O_RDONLY | O_CLOEXEC);
  printf("cloexec %d\n", fcntl(fd, F_GETFD));
  fd = tryOpen(in("ok/f"), O_RDONLY);
  printf("no-cloexec %d\n", fcntl(fd, F_GETFD));
  fd = tryOpen(in("ok/f"), O_WRONLY | O_APPEND | O_NONBLOCK);
  int got = fcntl(fd, F_GETFL);
  printf("flags%s%s\n", got & O_APPEND ? " O_APPEND" : "",
         got & O_NONBLOCK ? " O_NONBLOCK" : "");
  close(3);
  printf("lowest %s\n", tryOpen(in("ok/f"), O_RDONLY) == 3 ? "number" : "no");
  struct rlimit few = {16, 16};
  setrlimit(RLIMIT_NOFILE, &few);
  while ((fd = tryOpen(in("ok/f"), O_RDONLY)) >= 0)
    ;
  show("emfile", fd);
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  snprintf(dir, sizeof dir, "%s", argv[1]);
  close(tryOpen(in("ok/f"), O_WRONLY | O_CREAT));
  show("bytes", tryOpen(in("ok/\377\376\n\x01"), O_WRONLY | O_CREAT));
  show("bytes-denied", tryOpen(in("no/\377\376"), O_WRONLY | O_CREAT));
  lengths();
  pages();
  show("null", tryOpen(NULL, O_RDONLY));
  show("kernel-address", tryOpen((char *)0xffff800000000000UL, O_RDONLY));
  show("empty", tryOpen("", O_RDONLY));
  deep();
  show("bad-dirfd", (int)syscall(SYS_openat, 999, "f", O_RDONLY, 0));
  callers();
  flags();
  return 0;
}
