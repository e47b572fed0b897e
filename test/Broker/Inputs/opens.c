/* test/Broker/Inputs/opens.c: opens each path of standard input, for reading.
 * SPDX-License-Identifier: Apache-2.0
 * Prints a line each: 0, or the name of the error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char path[4096];
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = 0;
    int fd = open(path, O_RDONLY);
    puts(fd < 0 ? strerrorname_np(errno) : "0");
    if (fd >= 0)
      close(fd);
  }
  return 0;
}
