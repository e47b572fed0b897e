/* test/Broker/Inputs/race-exec.c: race-exec SECONDS PROGRAM GOOD BAD: executes
 * PROGRAM again and again, with an argument that another process changes from
 * GOOD to BAD and back all the time. SPDX-License-Identifier: Apache-2.0
 * Prints how many ran, were refused and were killed. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 5)
    return 2;
  char *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  size_t size = strlen(argv[3]) + 1; /* both are as long */
  memcpy(shared, argv[3], size);
  pid_t flipper = fork();
  if (flipper == 0)
    for (;;) {
      memcpy(shared, argv[4], size);
      memcpy(shared, argv[3], size);
    }
  int ran = 0, refused = 0, killed = 0;
  time_t end = time(NULL) + atoi(argv[1]);
  while (time(NULL) < end) {
    pid_t pid = fork();
    if (pid == 0) {
      char *words[] = {argv[2], shared, NULL};
      execv(argv[2], words);
      _exit(99);
    }
    int status;
    waitpid(pid, &status, 0);
    if (WIFSIGNALED(status))
      ++killed;
    else if (WEXITSTATUS(status) == 99)
      ++refused;
    else
      ++ran;
  }
  kill(flipper, SIGKILL);
  printf("ran %d\nrefused %d\nkilled %d\n", ran, refused, killed);
  return 0;
}
