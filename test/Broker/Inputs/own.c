/* test/Broker/Inputs/own.c: own: every way to the broker itself.
 * SPDX-License-Identifier: Apache-2.0
 * The parent of this program is the broker. Prints a line a way: its name and
 * the name of the error, or `got in`. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *name, long result) {
  printf("%s %s\n", name, result < 0 ? strerrorname_np(errno) : "got in");
}

static void tryFile(const char *dir, const char *name, int flags) {
  char path[512], label[512];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  snprintf(label, sizeof label, "open:%s", strrchr(dir, '/') ? name : name);
  show(label, open(path, flags));
}

/* By O_PATH, which the broker does not see, and the way back through /proc. */
static void reopen(const char *path, const char *label) {
  int fd = open(path, O_PATH);
  char again[64];
  snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
  show(label, fd < 0 ? -1 : open(again, O_RDWR));
}

int main(void) {
  char dir[64], task[128];
  int broker = getppid();
  snprintf(dir, sizeof dir, "/proc/%d", broker);
  snprintf(task, sizeof task, "/proc/%d/task/%d", broker, broker);
  const char *names[] = {"mem", "environ", "maps", "status", "fd/0", "fd/2",
                         "fd/3", "fd/4", "cwd", "root", "exe", "cwd/etc/passwd",
                         "root/etc/passwd", "fd", "task", "fdinfo/3"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; ++i) {
    tryFile(dir, names[i], O_RDONLY);
    tryFile(task, names[i], O_RDONLY);
  }
  tryFile(dir, "mem", O_RDWR);
  tryFile("/proc/self/root/proc/self/root", dir + 1, O_RDONLY);
  char path[256];
  snprintf(path, sizeof path, "%s/mem", dir);
  reopen(path, "reopen:mem");
  /* From a descriptor of the directory, and from within it. */
  int at = open(dir, O_PATH | O_DIRECTORY);
  show("at:mem", openat(at, "mem", O_RDWR));
  show("at:fd", openat(at, "fd/0", O_RDONLY));
  show("at:up", openat(at, "../self/../1/../../proc/self/../..", O_RDONLY) < 0
                    ? -1 : 0);
  if (chdir(dir) == 0)
    show("cwd:mem", open("mem", O_RDWR));
  snprintf(path, sizeof path, "%s/fd", dir);
  int fds = open(path, O_PATH | O_DIRECTORY);
  for (int i = 0; i < 12; ++i) {
    char name[16];
    snprintf(name, sizeof name, "%d", i);
    int fd = fds < 0 ? -1 : openat(fds, name, O_RDONLY);
    if (fd >= 0)
      printf("fds:%d got in\n", i);
  }
  errno = 0;
  show("ptrace", ptrace(PTRACE_ATTACH, broker, 0, 0));
  char byte;
  struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
  show("readv", process_vm_readv(broker, &here, 1, &there, 1, 0));
  show("chmod", chmod(path, 0777));
  /* And of our own what everybody has. */
  show("self:mem", open("/proc/self/mem", O_RDWR));
  show("self:status", open("/proc/self/status", O_RDONLY));
  return 0;
}
