// test/Network/Inputs/race.c: another thread changes the address of a call.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: race connect|sendto|sendmsg ALLOWED DENIED PORT SECONDS. Prints how
// many calls succeeded, and "reached" if one of them reached DENIED.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static volatile struct sockaddr_in target;
static in_addr_t choices[2];
static volatile int done;

static void *flip(void *unused) {
  (void)unused;
  for (unsigned i = 0; !done; ++i)
    target.sin_addr.s_addr = choices[i / 7 % 2];
  return NULL;
}

static long act(const char *what, int fd) {
  struct sockaddr *name = (struct sockaddr *)&target;
  struct iovec piece = {(void *)what, 4};
  struct msghdr message = {.msg_name = name,
                           .msg_namelen = sizeof target,
                           .msg_iov = &piece,
                           .msg_iovlen = 1};
  if (strcmp(what, "connect") == 0)
    return connect(fd, name, sizeof target);
  if (strcmp(what, "sendto") == 0)
    return sendto(fd, what, 4, 0, name, sizeof target);
  return sendmsg(fd, &message, 0);
}

int main(int argc, char **argv) {
  if (argc != 6)
    return 2;
  int isTcp = strcmp(argv[1], "connect") == 0;
  choices[0] = inet_addr(argv[2]);
  choices[1] = inet_addr(argv[3]);
  target.sin_family = AF_INET;
  target.sin_port = htons((unsigned short)atoi(argv[4]));
  pthread_t thread;
  pthread_create(&thread, NULL, flip, NULL);
  time_t end = time(NULL) + atoi(argv[5]);
  unsigned good = 0, refused = 0, reached = 0;
  while (time(NULL) < end) {
    int fd = socket(AF_INET, isTcp ? SOCK_STREAM : SOCK_DGRAM, 0);
    struct linger none = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    if (act(argv[1], fd) < 0) {
      refused += errno == EACCES;
    } else {
      struct sockaddr_in peer = {0};
      socklen_t size = sizeof peer;
      ++good;
      if (isTcp && getpeername(fd, (struct sockaddr *)&peer, &size) == 0)
        reached += peer.sin_addr.s_addr == choices[1];
    }
    close(fd);
  }
  done = 1;
  pthread_join(thread, NULL);
  fprintf(stderr, "%u done, %u refused\n", good, refused);
  printf("%s%s%s\n", good ? "some done" : "none done",
         refused ? ", some refused" : "", reached ? ", reached" : "");
}
