/* test/Broker/Inputs/try.c: does what standard input says, a line a call, and says
 * for each `ok` or the name of the error. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

static long opened(int fd) {
  if (fd >= 0)
    close(fd);
  return fd;
}

static long act(const char *what, const char *a, const char *b) {
  if (!strcmp(what, "read"))
    return opened(open(a, O_RDONLY));
  if (!strcmp(what, "write"))
    return opened(open(a, O_WRONLY));
  if (!strcmp(what, "both"))
    return opened(open(a, O_RDWR));
  if (!strcmp(what, "empty"))
    return opened(open(a, O_WRONLY | O_TRUNC));
  if (!strcmp(what, "make"))
    return opened(open(a, O_WRONLY | O_CREAT | O_EXCL, 0644));
  if (!strcmp(what, "truncate"))
    return truncate(a, 0);
  if (!strcmp(what, "mkdir"))
    return mkdir(a, 0755);
  if (!strcmp(what, "fifo"))
    return mkfifo(a, 0644);
  if (!strcmp(what, "symlink"))
    return symlink("nowhere", a);
  if (!strcmp(what, "unlink"))
    return unlink(a);
  if (!strcmp(what, "rmdir"))
    return rmdir(a);
  if (!strcmp(what, "chmod"))
    return chmod(a, 0600);
  if (!strcmp(what, "times"))
    return utimes(a, NULL);
  if (!strcmp(what, "rename"))
    return rename(a, b);
  if (!strcmp(what, "link"))
    return link(a, b);
  errno = EINVAL;
  return -1;
}

int main(void) {
  char what[16], a[4096], b[4096], line[8300];
  while (fgets(line, sizeof line, stdin)) {
    int words = sscanf(line, "%15s %4095s %4095s", what, a, b);
    long result = words < 2 ? (errno = EINVAL, -1) : act(what, a, b);
    puts(result < 0 ? strerrorname_np(errno) : "ok");
    fflush(stdout);
  }
  return 0;
}
