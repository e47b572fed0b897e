// test/Escape/Inputs/threads.c: threads GOOD BAD, opens a path that another
// thread is rewriting, and the bad one from a child that shares the memory.
// SPDX-License-Identifier: Apache-2.0
//
// Prints `read it` if the bad file was ever opened, else `never`.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[4096];
static char **words;
static volatile int done, found;
static char stack[65536];

static void tryOpen(const char *name) {
  char byte = 0;
  int fd = open(name, O_RDONLY);
  if (fd >= 0 && read(fd, &byte, 1) == 1 && byte == 's')
    found = 1;
  if (fd >= 0)
    close(fd);
}

static void *rewrite(void *unused) {
  for (int i = 0; !done; i = !i)
    strcpy(path, words[1 + i]);
  return unused;
}

static int child(void *unused) {
  (void)unused;
  tryOpen(words[2]);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  words = argv;
  strcpy(path, argv[1]);
  pthread_t writer;
  if (pthread_create(&writer, NULL, rewrite, NULL))
    return 2;
  for (int i = 0; i < 100000; ++i)
    tryOpen(path);
  done = 1;
  pthread_join(writer, NULL);
  int pid = clone(child, stack + sizeof(stack), CLONE_VM | CLONE_FILES | CLONE_FS | SIGCHLD, NULL);
  if (pid < 0 || waitpid(pid, NULL, 0) != pid)
    return 2;
  puts(found ? "read it" : "never");
  return 0;
}
