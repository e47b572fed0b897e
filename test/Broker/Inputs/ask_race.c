/* test/Broker/Inputs/ask_race.c: runs a program while a thread changes an argument.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: ask_race EXPR SECONDS. Somebody says yes to `EXPR 1 + 1` only; the thread
 * makes that `1 + 2`, so 3 is printed if that ran. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char last[] = "1";

static void *flip(void *unused) {
  for (;;) {
    last[0] = '1';
    last[0] = '2';
  }
  return unused;
}

int main(int argc, char **argv) {
  time_t end = time(NULL) + atoi(argv[argc - 1]);
  int others = 0;
  while (time(NULL) < end) {
    int ends[2];
    if (pipe(ends))
      return 1;
    pid_t child = fork();
    if (child == 0) {
      pthread_t thread;
      dup2(ends[1], 1);
      pthread_create(&thread, NULL, flip, NULL);
      execl(argv[1], "expr", "1", "+", last, NULL);
      _exit(126);
    }
    close(ends[1]);
    char out[16] = "";
    if (read(ends[0], out, sizeof out - 1) > 0)
      others += strcmp(out, "3\n") == 0;
    close(ends[0]);
    waitpid(child, NULL, 0);
  }
  printf("other arguments ran %d times\n", others);
  return 0;
}
