/* test/Broker/Inputs/exec-swaps.c: exec-swaps DIR HOW SECONDS: executes DIR/fine
 * while another process puts DIR/denied in its place: in the name (0), through a
 * link (1), by an exchange (2), behind a descriptor (3). Nothing of it is said; what
 * ran leaves its trace. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char *name, fine[4000], denied[4000], way[4000], other[4000];
static const int kNumber = 50;
static int how;

static void point(const char *to) {
  if (symlink(to, other) == 0)
    rename(other, way);
}

static int swap(void *unused) {
  (void)unused;
  int one = open(fine, O_PATH), two = open(denied, O_PATH);
  for (;;) {
    if (how == 0)
      strcpy(name, fine), strcpy(name, denied);
    else if (how == 1)
      point(fine), point(denied);
    else if (how == 2)
      syscall(SYS_renameat2, AT_FDCWD, denied, AT_FDCWD, fine, 2 /* RENAME_EXCHANGE */);
    else
      dup2(one, kNumber), dup2(two, kNumber);
  }
  return 0;
}

static void execute(void) {
  char *words[] = {"x", NULL};
  if (how == 3)
    syscall(SYS_execveat, kNumber, "", words, environ, AT_EMPTY_PATH);
  else
    execv(how == 0 ? name : way, words);
  _exit(99);
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  how = atoi(argv[2]);
  name = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  snprintf(fine, sizeof fine, "%s/fine", argv[1]);
  snprintf(denied, sizeof denied, "%s/denied", argv[1]);
  snprintf(way, sizeof way, "%s/way", argv[1]);
  snprintf(other, sizeof other, "%s/other", argv[1]);
  strcpy(name, fine);
  point(fine);
  char *stack = malloc(65536);
  int files = how == 3 ? CLONE_FILES : 0;
  int pid = clone(swap, stack + 65536, files | CLONE_VM | SIGCHLD, NULL), count = 0;
  for (time_t end = time(NULL) + atoi(argv[3]); time(NULL) < end; ++count) {
    pid_t child = (pid_t)syscall(SYS_clone, files | SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
      execute();
    waitpid(child, NULL, 0);
  }
  kill(pid, SIGKILL);
  waitpid(pid, NULL, __WALL);
  unlink(way), unlink(other);
  puts(count > 20 ? "tried" : "not tried");
  return 0;
}
