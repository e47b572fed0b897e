// test/Network/Inputs/holes.c: many threads connect to where nobody answers.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: holes COUNT HOLE GOOD PORT. Prints "held up" if one of 200 connections
// to GOOD took longer than 3 s meanwhile, else "none held up", and what the
// connections to the hole have said by then.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in hole, good;
static volatile int begun, ended, firstError;

static void *fall(void *unused) {
  (void)unused;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  __sync_fetch_and_add(&begun, 1);
  if (connect(fd, (struct sockaddr *)&hole, sizeof hole) < 0 && !firstError)
    firstError = errno;
  __sync_fetch_and_add(&ended, 1);
  return NULL;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void place(struct sockaddr_in *to, const char *address, const char *port) {
  to->sin_family = AF_INET;
  to->sin_addr.s_addr = inet_addr(address);
  to->sin_port = htons((unsigned short)atoi(port));
}

int main(int argc, char **argv) {
  if (argc != 5)
    return 2;
  int count = atoi(argv[1]), bad = 0;
  struct rlimit files = {8192, 8192};
  setrlimit(RLIMIT_NOFILE, &files);
  place(&hole, argv[2], argv[4]);
  place(&good, argv[3], argv[4]);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 65536);
  for (int i = 0; i < count; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &small, fall, NULL) != 0)
      return 3;
  }
  while (begun < count)
    usleep(1000);
  usleep(300000);
  double longest = 0, total = 0;
  for (int i = 0; i < 200; ++i) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    double start = now();
    bad += connect(fd, (struct sockaddr *)&good, sizeof good) != 0;
    double took = now() - start;
    longest = took > longest ? took : longest;
    total += took;
    close(fd);
  }
  fprintf(stderr, "longest %.1f ms, mean %.3f ms, %d failed, %d of %d ended (%s)\n", longest,
          total / 200, bad, ended, count, strerror(firstError));
  printf("%s, %s, %s\n", longest > 3000 ? "held up" : "none held up",
         bad ? "some failed" : "none failed", ended ? "some ended" : "none ended");
  fflush(stdout);
  _exit(0);
}
