/* test/Broker/Inputs/signal-flood.c: signal-flood FILE: opens FILE while others send
 * queued signals to its parent as fast as they can, and leaves them behind for four
 * seconds. SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  pid_t parent = getppid();
  if (argc != 2)
    return 2;
  for (int number = 40; number < 60; ++number)
    signal(number, SIG_IGN);
  for (int i = 0; i < 4; ++i)
    if (fork() == 0) {
      for (int fd = 0; fd < 3; ++fd)
        close(fd);
      alarm(4);
      for (;;)
        for (int number = 40; number < 60; ++number)
          sigqueue(parent, number, (union sigval){0});
    }
  usleep(300000);
  puts(open(argv[1], O_RDONLY) < 0 ? "not opened" : "opened");
  return 0;
}
