/* test/Broker/Inputs/exec-ways.c: exec-ways DENIED FINE: all the ways to execute a
 * program. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char *words[] = {"echo", "quiet", NULL};
static char *none[] = {NULL};

static void say(const char *what, const char *path, int error) {
  printf("%s%s%s: %s\n", what, path ? " " : "", path ? strrchr(path, '/') : "",
         error ? strerrorname_np(error) : "ran");
  fflush(stdout);
}

/* The error of a function that should become a program, in a child; 0: it ran. */
static int errorOf(void (*become)(const char *), const char *path) {
  int *error = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    int null = open("/dev/null", O_RDWR);
    dup2(null < 0 ? 2 : null, 1);
    become(path);
    *error = errno;
    _exit(1);
  }
  int status;
  waitpid(pid, &status, 0);
  return WIFSIGNALED(status) ? EINTR : *error;
}

static void byDescriptor(const char *path) {
  int fd = open(path, O_PATH);
  syscall(SYS_execveat, fd, "", words, none, AT_EMPTY_PATH);
}

static void bySpawn(const char *path) {
  pid_t pid;
  int status, error = posix_spawn(&pid, path, NULL, NULL, words, none);
  if (error == 0 && waitpid(pid, &status, 0) == pid)
    _exit(0);
  errno = error;
}

static void *inThread(void *path) {
  execve(path, words, none);
  return (void *)(long)errno;
}

static void byThread(const char *path) {
  pthread_t thread;
  void *error = NULL;
  pthread_create(&thread, NULL, inThread, (void *)path);
  pthread_join(thread, &error);
  errno = (int)(long)error;
}

static void byMemory(const char *path) {
  char bytes[65536];
  int from = open(path, O_RDONLY), to = memfd_create("x", 0);
  if (to < 0)
    return;
  for (ssize_t got; (got = read(from, bytes, sizeof bytes)) > 0;)
    if (write(to, bytes, got) != got)
      return;
  syscall(SYS_execveat, to, "", words, none, AT_EMPTY_PATH);
}

static void byNothing(const char *path) {
  (void)path;
  execve("/nowhere/at/all", words, none);
}

static void withMuch(const char *path) {
  static char much[9 << 20];
  memset(much, 'a', sizeof much - 1);
  char *argv[] = {"echo", much, NULL};
  execve(path, argv, none);
}

/* A file that is no program: the call fails when it has gone on already. */
static void tryNoProgram(const char *beside) {
  char where[4096], line[256];
  snprintf(where, sizeof where, "%s.no-program", beside);
  int fd = open(where, O_CREAT | O_RDWR, 0700);
  if (write(fd, "\1\2\3\4", 4) != 4)
    return;
  close(fd);
  execve(where, words, none);
  int error = errno, tracer = -1;
  unlink(where);
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status))
    sscanf(line, "TracerPid: %d", &tracer);
  printf("no program: %s, traced by %d\n", strerrorname_np(error), tracer);
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  for (int i = 1; i <= 2; ++i) {
    say("execveat", argv[i], errorOf(byDescriptor, argv[i]));
    say("spawn", argv[i], errorOf(bySpawn, argv[i]));
    say("thread", argv[i], errorOf(byThread, argv[i]));
    if (i == 2)
      continue;
    int error = errorOf(byMemory, argv[2]);
    say("memfd", NULL, error == EPERM ? EACCES : error);
    tryNoProgram(argv[2]);
    say("nothing", NULL, errorOf(byNothing, ""));
    say("long", NULL, errorOf(withMuch, argv[2]));
  }
  return 0;
}
