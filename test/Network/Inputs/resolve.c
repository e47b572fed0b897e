// test/Network/Inputs/resolve.c: looks a name up with the C library and connects.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: resolve NAME PORT [adjust]. Prints the peer, or what went wrong.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
  if (argc > 3)
    hints.ai_flags = AI_ADDRCONFIG;
  int result = getaddrinfo(argv[1], argv[2], &hints, &found);
  if (result != 0) {
    puts(result == EAI_NONAME  ? "no such name"
         : result == EAI_AGAIN ? "try again"
                               : gai_strerror(result));
    return 1;
  }
  int error = 0;
  for (struct addrinfo *one = found; one; one = one->ai_next) {
    int fd = socket(one->ai_family, one->ai_socktype, 0);
    if (connect(fd, one->ai_addr, one->ai_addrlen) == 0) {
      char host[64];
      getnameinfo(one->ai_addr, one->ai_addrlen, host, sizeof host, NULL, 0,
                  NI_NUMERICHOST);
      printf("connected to %s\n", host);
      return 0;
    }
    error = errno;
    close(fd);
  }
  printf("%s\n", strerror(error));
  return 1;
}
