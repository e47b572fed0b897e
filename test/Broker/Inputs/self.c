/* test/Broker/Inputs/self.c: self FILE DENIED: /proc as the caller sees it.
 * SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The number behind `label` in a status file. */
static int numberIn(const char *path, const char *label) {
  char text[4096] = {0};
  int fd = open(path, O_RDONLY);
  if (fd < 0 || read(fd, text, sizeof text - 1) <= 0)
    return -1;
  close(fd);
  char *at = strstr(text, label);
  return at ? atoi(at + strlen(label)) : -1;
}

static const char *outcome(int fd) {
  return fd < 0 ? strerrorname_np(errno) : "found";
}

static void readBack(const char *name, int fd) {
  char path[64], text[64] = {0};
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  int again = open(path, O_RDONLY);
  if (again < 0)
    printf("%s %s\n", name, strerrorname_np(errno));
  else if (read(again, text, sizeof text - 1) >= 0)
    printf("%s %s\n", name, strtok(text, "\n"));
}

static void *inThread(void *unused) {
  int own = (int)syscall(SYS_gettid);
  int process = numberIn("/proc/self/status", "\nPid:\t");
  int thread = numberIn("/proc/thread-self/status", "\nPid:\t");
  printf("thread /proc/self/status %s\n",
         process == getpid() ? "process" : "wrong");
  printf("thread /proc/thread-self/status %s\n",
         thread == own ? "thread" : "wrong");
  return unused;
}

int main(int argc, char **argv) {
  if (argc < 3)
    return 2;
  const char *both[] = {"/proc/self/status", "/proc/thread-self/status"};
  for (int i = 0; i < 2; ++i)
    printf("%s %s\n", both[i],
           numberIn(both[i], "\nPid:\t") == getpid() ? "ours" : "wrong");
  char path[128];
  snprintf(path, sizeof path, "/proc/self/task/%d/comm", getpid());
  printf("/proc/self/task/0/comm %s\n", outcome(open(path, O_RDONLY)));
  pthread_t thread;
  pthread_create(&thread, NULL, inThread, NULL);
  pthread_join(thread, NULL);
  printf("mounts %s\n", outcome(open("/proc/mounts", O_RDONLY)));
  printf("net %s\n", outcome(open("/proc/net/tcp", O_RDONLY)));
  int pipes[2];
  if (pipe(pipes) != 0 || write(pipes[1], "hello\n", 6) != 6)
    return 2;
  readBack("pipe", pipes[0]);
  int memory = memfd_create("m", 0);
  if (write(memory, "hello\n", 6) != 6)
    return 2;
  readBack("memfd", memory);
  /* A file without a name any more is judged by the name it had. */
  int file = open(argv[1], O_RDONLY), denied = open(argv[2], O_PATH);
  unlink(argv[1]);
  unlink(argv[2]);
  readBack("deleted", file);
  readBack("deleted-denied", denied);
  snprintf(path, sizeof path, "/proc/self/fd/%d", pipes[0]);
  printf("self-link %s\n", outcome(open(path, O_RDONLY | O_NOFOLLOW)));
  printf("cwd %s\n", outcome(open("/proc/self/cwd", O_RDONLY)));
  readBack("socket", socket(AF_UNIX, SOCK_STREAM, 0));
  readBack("bad-fd", 999);
  return 0;
}
