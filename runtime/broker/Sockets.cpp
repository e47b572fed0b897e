// runtime/broker/Sockets.cpp: a duplicate of the caller's socket, and what it
// is. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what is judged and what is acted on is one socket, held by the
// broker, whatever the caller puts under the number meanwhile. What the kind of
// a socket is never changes but for IPV6_ADDRFORM, which leaves the peer as it
// is.
#include "Network.h"

namespace srt::broker {

/// The caller of the last call, who often is that of the next one too. Once it
/// has ended, its pidfd is good for nothing, whoever has its number then.
static struct {
  uint32_t tid; // 0: not to be used again
  long pidfd;
} last = {0, -1};

static void openPidfd(const Broker &broker, const Call &call) {
  sys::close(last.pidfd);
  last = {call.tid, sys::pidfdOpenThread(call.tid)};
  // Before Linux 6.9 there is only that of the process. A thread with a table
  // of descriptors of its own then gets what the first thread has under that
  // number, and that is what is judged.
  if (last.pidfd == -EINVAL)
    last = {0, sys::pidfdOpen(processOf(broker, call))};
}

static long descriptorOfCaller(const Broker &broker, const Call &call,
                               int number) {
  bool isKnown = last.tid == call.tid && last.pidfd >= 0;
  long fd = isKnown ? sys::descriptorOf(last.pidfd, number) : -ESRCH;
  if (fd != -ESRCH)
    return fd;
  openPidfd(broker, call);
  return last.pidfd < 0 ? last.pidfd : sys::descriptorOf(last.pidfd, number);
}

long takeDescriptor(const Broker &broker, const Call &call, int number,
                    Handle &fd) {
  if (number < 0)
    return -EBADF;
  fd.reset(descriptorOfCaller(broker, call, number));
  if (fd.number() == -EMFILE || fd.number() == -ENFILE)
    return -EAGAIN; // of ours there are no more
  if (fd.number() < 0)
    return fd.number() == -EBADF ? -EBADF : -EACCES;
  return isWaiting(broker, call.id) ? 0 : -EACCES;
}

static Kind internetKind(int type, int protocol) {
  if (type == sys::kStream && protocol == sys::kProtocolTcp)
    return Kind::Tcp;
  if (type == sys::kDatagram && protocol == sys::kProtocolUdp)
    return Kind::Udp;
  return Kind::Other; // MPTCP, SCTP, UDP-Lite, ping, raw
}

static Kind unixKind(int type) {
  if (type == sys::kStream)
    return Kind::UnixStream;
  if (type == sys::kDatagram)
    return Kind::UnixDatagram;
  return type == sys::kSequence ? Kind::UnixSequence : Kind::Other;
}

static Kind kindOf(int domain, int type, int protocol) {
  switch (domain) { // the kernel's numbers, of which most are not known here
  case sys::kInet:
  case sys::kInet6:
    return internetKind(type, protocol);
  case sys::kUnix:
    return unixKind(type);
  case sys::kNetlink:
    return protocol == sys::kRoute ? Kind::Route : Kind::Other;
  }
  return Kind::Other;
}

long takeSocket(const Broker &broker, const Call &call, int number,
                Socket &socket) {
  long result = takeDescriptor(broker, call, number, socket.fd);
  int domain = 0, type = 0, protocol = 0;
  long fd = socket.fd.number();
  if (result == 0)
    result = sys::socketOption(fd, sys::kLevelSocket, sys::kDomainOf, domain);
  if (result == 0)
    result = sys::socketOption(fd, sys::kLevelSocket, sys::kTypeOf, type);
  if (result == 0)
    result =
        sys::socketOption(fd, sys::kLevelSocket, sys::kProtocolOf, protocol);
  // An O_PATH descriptor is none here; for the kernel it is EBADF too.
  if (result < 0)
    return result;
  socket.kind = kindOf(domain, type, protocol);
  socket.isV6 = domain == sys::kInet6;
  return 0;
}

bool isBlocking(const Socket &socket) {
  return (sys::statusFlags(socket.fd.number()) & O_NONBLOCK) == 0;
}

int64_t patience(const Socket &socket, int option) {
  sys::TimeSpec time = {0, 0}; // a struct timeval: its second word is in us
  if (sys::socketOption(socket.fd.number(), sys::kLevelSocket, option, time) <
      0)
    return 0;
  int64_t milliseconds = time.seconds * 1000 + time.nanoseconds / 1000;
  bool isSome = time.seconds != 0 || time.nanoseconds != 0;
  return isSome && milliseconds == 0 ? 1 : milliseconds;
}

uint64_t cookieOf(const Socket &socket) {
  uint64_t cookie = 0;
  sys::socketOption(socket.fd.number(), sys::kLevelSocket, sys::kCookie,
                    cookie);
  return cookie;
}

long connectAtOnce(const Socket &socket, const void *name, uint64_t size) {
  long fd = socket.fd.number();
  long flags = sys::statusFlags(fd);
  if (flags < 0)
    return flags;
  if ((flags & O_NONBLOCK) != 0)
    return sys::connect(fd, name, size);
  // The flag is of the description, which the caller has too: for these few
  // microseconds another thread of it may see EAGAIN where it would have
  // waited, and a change that it makes to the flags is lost. There is no
  // MSG_DONTWAIT for connect(2).
  sys::setStatusFlags(fd, flags | O_NONBLOCK);
  long result = sys::connect(fd, name, size);
  // What is near has answered by now: the kernel looks at what came in while it
  // held the socket when it lets go of it.
  if (result == -EINPROGRESS)
    result = sys::connect(fd, name, size);
  sys::setStatusFlags(fd, flags);
  return result;
}

} // namespace srt::broker
