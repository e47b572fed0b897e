/* test/Broker/Inputs/race.c: race KIND DIR SECONDS: one thread changes what a
 * path leads to, the other opens it. SPDX-License-Identifier: Apache-2.0
 * Says how often DIR/out/file was read, or something made in DIR/out. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char dir[3000], path[4000], inside[4000], outside[4000], other[4000];
static volatile int isDone;
static const char *kind;

static void *swap(void *unused) {
  while (!isDone) {
    if (*kind == 'a') { /* the same bytes, read at different times */
      memcpy(path, inside, sizeof path);
      __asm__ volatile("" ::: "memory");
      memcpy(path, outside, sizeof path);
      __asm__ volatile("" ::: "memory");
    } else {
      syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, other, 2); /* EXCHANGE */
    }
  }
  return unused;
}

/* The links are made by the side that is not watched, so that only opening is
 * put to the test. */
static void prepare(void) {
  snprintf(inside, sizeof inside, "%s/in/file", dir);
  snprintf(outside, sizeof outside, "%s/out/file", dir);
  snprintf(path, sizeof path, "%s/in/link-%s", dir, kind);
  snprintf(other, sizeof other, "%s/in/back-%s", dir, kind);
  int isFolder = *kind == 'f';
  if (*kind == 'a')
    return;
  unlink(path);
  unlink(other);
  if (symlink(isFolder ? "../in/d" : "file", path) != 0 ||
      symlink(isFolder ? "../out/d" : "../out/file", other) != 0)
    exit(2);
}

int main(int argc, char **argv) {
  if (argc < 4)
    return 2;
  kind = argv[1];
  snprintf(dir, sizeof dir, "%s", argv[2]);
  prepare();
  pthread_t thread;
  pthread_create(&thread, NULL, swap, NULL);
  time_t end = time(NULL) + atoi(argv[3]);
  long leaks = 0, well = 0, made = 0;
  char text[64], below[4096], fresh[4096];
  const char *target = path;
  if (*kind == 'f') {
    snprintf(below, sizeof below, "%s/f", path);
    target = below;
  }
  while (time(NULL) < end) {
    int fd = open(target, O_RDONLY);
    if (fd >= 0) {
      ssize_t size = read(fd, text, sizeof text);
      leaks += size > 0 && text[0] == 's';
      well += size > 0 && text[0] == 'g';
      close(fd);
    }
    if (*kind == 'f') {
      snprintf(fresh, sizeof fresh, "%s/new", path);
      fd = open(fresh, O_WRONLY | O_CREAT, 0600);
      if (fd >= 0)
        close(fd);
      unlink(fresh);
      mkdir(fresh, 0700);
      rmdir(fresh);
    }
  }
  isDone = 1;
  pthread_join(thread, NULL);
  snprintf(fresh, sizeof fresh, "%s/out/d/new", dir);
  struct stat status;
  made += stat(fresh, &status) == 0;
  printf("%s: leaks %ld, made %ld, %s\n", kind, leaks, made,
         well ? "some went well" : "none went well");
  return 0;
}
