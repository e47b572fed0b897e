/* test/Broker/Inputs/after.c: after DIR NEW: kills the broker, and goes on.
 * SPDX-License-Identifier: Apache-2.0
 * A grandchild of the broker, which therefore is not killed with it, writes to
 * DIR/after.log what its calls say then. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv) {
  char path[4096];
  if (argc < 3)
    return 2;
  snprintf(path, sizeof path, "%s/after.log", argv[1]);
  int log = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  int broker = getppid();
  if (fork() != 0) {
    pause();
    return 0;
  }
  kill(broker, SIGKILL);
  usleep(200000);
  int fd = open(argv[2], O_WRONLY | O_CREAT, 0600);
  dprintf(log, "open %s\n", fd < 0 ? strerrorname_np(errno) : "got in");
  int made = mkdir(argv[2], 0700);
  dprintf(log, "mkdir %s\n", made < 0 ? strerrorname_np(errno) : "got in");
  return 0;
}
