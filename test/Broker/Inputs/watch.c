/* test/Broker/Inputs/watch.c: watch PATH...: watches each.
 * SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static int watcher;

static void say(const char *path, int result) {
  const char *name = strstr(path, "/open/") ? strstr(path, "/open/") + 1 : path;
  printf("%s: %s\n", name, result < 0 ? strerrorname_np(errno) : "watched");
}

static void *inThread(void *path) {
  say("thread", inotify_add_watch(watcher, path, IN_OPEN));
  return NULL;
}

int main(int argc, char **argv) {
  char events[4096];
  pthread_t thread;
  watcher = inotify_init1(IN_NONBLOCK);
  for (int i = 1; i < argc; ++i)
    say(argv[i], inotify_add_watch(watcher, argv[i], IN_OPEN | IN_CREATE));
  pthread_create(&thread, NULL, inThread, argv[1]);
  pthread_join(thread, NULL);
  say("no watcher", inotify_add_watch(0, argv[1], IN_OPEN));
  say("nothing", inotify_add_watch(77, argv[1], IN_OPEN));
  int fd = open(argv[1], O_RDONLY | O_DIRECTORY);
  printf("told: %s\n",
         fd >= 0 && read(watcher, events, sizeof events) > 0 ? "yes" : "no");
  return 0;
}
