// test/Tools/srt-probe/Sockets.cpp: sockets and where they lead.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace srt::probe {

constexpr long kMptcp = 262;

static sockaddr_in loopback(long port, sa_family_t family = AF_INET) {
  sockaddr_in address = {};
  address.sin_family = family;
  address.sin_port = htons(uint16_t(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// ::ffff:127.0.0.1, which is 127.0.0.1 by another spelling.
static sockaddr_in6 mappedLoopback(long port) {
  sockaddr_in6 address = {};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(uint16_t(port));
  inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr);
  return address;
}

static long tcp(long domain = AF_INET, long protocol = 0) {
  return raw(SYS_socket, domain, SOCK_STREAM, protocol);
}

static long anySocket(const Args &a) {
  return raw(SYS_socket, a.number(0), a.number(1), a.number(2));
}

static long connectFrom(long fd, long port) {
  sockaddr_in address = loopback(port);
  return fd < 0 ? fd : raw(SYS_connect, fd, &address, sizeof(address));
}

static long connectTcp(const Args &a) { return connectFrom(tcp(), a.number(0)); }

static long connectMptcp(const Args &a) {
  return connectFrom(tcp(AF_INET, kMptcp), a.number(0));
}

static long connectMapped(const Args &a) {
  long fd = tcp(AF_INET6);
  sockaddr_in6 address = mappedLoopback(a.number(0));
  return fd < 0 ? fd : raw(SYS_connect, fd, &address, sizeof(address));
}

/// The option makes the first write connect.
static long connectLater(const Args &a) {
  long fd = tcp();
  int on = 1;
  if (fd < 0)
    return fd;
  raw(SYS_setsockopt, fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof(on));
  long result = connectFrom(fd, a.number(0));
  return result < 0 ? result : raw(SYS_write, fd, "x", 1);
}

/// Argument 1 says which call carries the flag.
static long fastOpen(const Args &a) {
  long fd = tcp();
  sockaddr_in address = loopback(a.number(0));
  char byte = 'x';
  iovec data = {&byte, 1};
  mmsghdr message = {};
  message.msg_hdr.msg_name = &address;
  message.msg_hdr.msg_namelen = sizeof(address);
  message.msg_hdr.msg_iov = &data;
  message.msg_hdr.msg_iovlen = 1;
  if (fd < 0)
    return fd;
  long flags = MSG_FASTOPEN | a.number(2);
  if (strcmp(a.text(1), "sendmsg") == 0)
    return raw(SYS_sendmsg, fd, &message.msg_hdr, flags);
  if (strcmp(a.text(1), "sendmmsg") == 0)
    return raw(SYS_sendmmsg, fd, &message, 1, flags);
  return raw(SYS_sendto, fd, &byte, 1, flags, &address, sizeof(address));
}

static long bindTo(long fd, const sockaddr_in &address) {
  return fd < 0 ? fd : raw(SYS_bind, fd, &address, sizeof(address));
}

static long bindTcp(const Args &a) {
  return bindTo(tcp(), loopback(a.number(0)));
}

/// AF_UNSPEC stands for AF_INET if the address is any.
static long bindUnspecified(const Args &a) {
  sockaddr_in address = loopback(a.number(0), AF_UNSPEC);
  address.sin_addr.s_addr = INADDR_ANY;
  return bindTo(tcp(), address);
}

static long bindReused(const Args &a) {
  long fd = tcp();
  int on = 1;
  if (fd >= 0)
    raw(SYS_setsockopt, fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
  return bindTo(fd, loopback(a.number(0)));
}

static long bindMapped(const Args &a) {
  long fd = tcp(AF_INET6);
  sockaddr_in6 address = mappedLoopback(a.number(0));
  return fd < 0 ? fd : raw(SYS_bind, fd, &address, sizeof(address));
}

static long listenUnbound(const Args &) {
  long fd = tcp();
  return fd < 0 ? fd : raw(SYS_listen, fd, 1);
}

static long sendUdp(const Args &a) {
  long fd = raw(SYS_socket, AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address = loopback(a.number(0));
  return fd < 0 ? fd
                : raw(SYS_sendto, fd, "x", 1, 0, &address, sizeof(address));
}

static socklen_t fill(sockaddr_un &address, const char *path) {
  address.sun_family = AF_UNIX;
  strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
  // In an abstract name the first byte is zero, and the length counts.
  if (*path == '@')
    address.sun_path[0] = 0;
  return socklen_t(offsetof(sockaddr_un, sun_path) + strlen(path));
}

static long connectUnix(const Args &a) {
  sockaddr_un address = {};
  socklen_t size = fill(address, a.text(0));
  long fd = raw(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
  return fd < 0 ? fd : raw(SYS_connect, fd, &address, size);
}

/// The same on a socket that was handed in as descriptor 0.
static long connectInherited(const Args &a) {
  sockaddr_un address = {};
  socklen_t size = fill(address, a.text(0));
  return raw(SYS_connect, 0, &address, size);
}

static long onePair(long type) {
  int pair[2];
  long result = raw(SYS_socketpair, AF_UNIX, type, 0, pair);
  return result < 0 ? result : pair[0];
}

/// An end of a pair of the given type sends to a path.
static long pairSend(const Args &a) {
  sockaddr_un address = {};
  socklen_t size = fill(address, a.text(1));
  long fd = onePair(a.number(0));
  return fd < 0 ? fd : raw(SYS_sendto, fd, "x", 1, 0, &address, size);
}

/// An end of a pair connects to a path.
static long pairConnect(const Args &a) {
  sockaddr_un address = {};
  socklen_t size = fill(address, a.text(1));
  long fd = onePair(a.number(0));
  return fd < 0 ? fd : raw(SYS_connect, fd, &address, size);
}

/// An end of a pair takes a name and listens.
static long pairListen(const Args &a) {
  sockaddr_un address = {};
  socklen_t size = fill(address, a.text(1));
  long fd = onePair(a.number(0));
  if (fd < 0)
    return fd;
  raw(SYS_bind, fd, &address, size);
  return raw(SYS_listen, fd, 1);
}

static long pairBind(const Args &a) {
  sockaddr_un address = {};
  socklen_t size = fill(address, a.text(1));
  long fd = onePair(a.number(0));
  return fd < 0 ? fd : raw(SYS_bind, fd, &address, size);
}

const Operation kSocketOps[] = {{"socket", anySocket},
                                {"connect", connectTcp},
                                {"connect-mptcp", connectMptcp},
                                {"connect-mapped", connectMapped},
                                {"connect-later", connectLater},
                                {"fastopen", fastOpen},
                                {"bind", bindTcp},
                                {"bind-unspec", bindUnspecified},
                                {"bind-reuseport", bindReused},
                                {"bind-mapped", bindMapped},
                                {"listen-unbound", listenUnbound},
                                {"udp", sendUdp},
                                {"unix-connect", connectUnix},
                                {"unix-connect-fd", connectInherited},
                                {"pair-sendto", pairSend},
                                {"pair-connect", pairConnect},
                                {"pair-listen", pairListen},
                                {"pair-bind", pairBind},
                                {nullptr, nullptr}};

} // namespace srt::probe
