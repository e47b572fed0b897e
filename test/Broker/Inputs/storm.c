/* test/Broker/Inputs/storm.c: storm DIR [SECONDS]: four processes that open,
 * make, rename and remove, in DIR/ok where they may, in DIR/no where they may
 * not. SPDX-License-Identifier: Apache-2.0
 * DIR/leak appears if one of them gets what is denied. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char dir[4000];

static const char *in(const char *name, int number) {
  static char path[2][4096];
  static int turn;
  turn = !turn;
  snprintf(path[turn], sizeof path[turn], "%s/%s%d", dir, name, number);
  return path[turn];
}

static void leak(int got) {
  if (got < 0)
    return;
  /* 0 is no new descriptor: it is what a call says that nobody answered. */
  if (got > 2)
    open(in("leak", 0), O_WRONLY | O_CREAT, 0600);
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  snprintf(dir, sizeof dir, "%s", argv[1]);
  time_t end = time(NULL) + (argc > 2 ? atoi(argv[2]) : 20);
  int number = (fork() == 0) * 2 + (fork() == 0);
  char secret[4100];
  snprintf(secret, sizeof secret, "%s/no/f", dir);
  while (time(NULL) < end) {
    int fd = open(in("ok/n", number), O_RDWR | O_CREAT, 0600);
    rename(in("ok/n", number), in("ok/m", number));
    leak(open(secret, O_RDONLY));
    leak(open(in("no/n", number), O_WRONLY | O_CREAT, 0600));
    if (mkdir(in("no/d", number), 0700) == 0)
      leak(3);
    unlink(in("ok/m", number));
    if (fd > 2)
      close(fd);
  }
  while (wait(NULL) > 0)
    ;
  return 0;
}
