// runtime/broker/SocketCalls.h: the system calls on sockets, and their
// structures. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: as in System.h. Layouts are those of 64-bit machines, which agree
// (include/linux/socket.h, include/uapi/linux/in.h and in6.h, v6.12).
#ifndef SRT_RUNTIME_BROKER_SOCKETCALLS_H
#define SRT_RUNTIME_BROKER_SOCKETCALLS_H

#include "System.h"

namespace srt::load::sys {

enum Family : uint16_t {
  kUnspec = 0,
  kUnix = 1,
  kInet = 2,
  kInet6 = 10,
  kNetlink = 16
};
enum SocketType : int { kStream = 1, kDatagram = 2, kSequence = 5 };
inline constexpr int kProtocolTcp = 6, kProtocolUdp = 17, kRoute = 0;

/// Of setsockopt(2): levels, and SOL_SOCKET's options.
inline constexpr int kLevelIp = 0, kLevelSocket = 1, kLevelTcp = 6,
                     kLevelUdp = 17, kLevelIp6 = 41, kLevelTls = 282;
inline constexpr int kReuse = 2, kTypeOf = 3, kReceiveTime = 20, kSendTime = 21,
                     kAccepting = 30, kProtocolOf = 38, kDomainOf = 39,
                     kCookie = 57;

/// MSG_*, include/linux/socket.h.
inline constexpr uint32_t kOutOfBand = 1, kPeek = 2, kDontRoute = 4,
                          kControlTruncated = 8, kTruncated = 0x20,
                          kDontWait = 0x40, kEndOfRecord = 0x80,
                          kConfirm = 0x800, kErrorQueue = 0x2000,
                          kNoSignal = 0x4000, kMore = 0x8000,
                          kZeroCopy = 0x4000000, kFastOpen = 0x20000000;

struct InetName {
  uint16_t family, port; // network byte order
  uint8_t address[4];
  uint8_t zero[8];
};
struct Inet6Name {
  uint16_t family, port;
  uint32_t flow;
  uint8_t address[16];
  uint32_t scope;
};
struct UnixName {
  uint16_t family;
  char path[108];
};
struct NetlinkName {
  uint16_t family, pad;
  uint32_t port, groups;
};
/// Any of them: struct sockaddr_storage.
union SocketName {
  uint16_t family;
  InetName inet;
  Inet6Name inet6;
  UnixName unixName;
  NetlinkName netlink;
  uint8_t bytes[128];
};
static_assert(sizeof(InetName) == 16 && sizeof(Inet6Name) == 28 &&
              sizeof(UnixName) == 110 && sizeof(SocketName) == 128);

/// struct user_msghdr and struct mmsghdr.
struct MessageHead {
  uint64_t name;
  uint32_t nameSize, pad;
  uint64_t vectors, vectorCount, control, controlSize;
  uint32_t flags, pad2;
};
struct CountedHead {
  MessageHead head;
  uint32_t size, pad;
};
/// struct cmsghdr, before its data.
struct ControlHead {
  uint64_t size; // with this head
  int32_t level, type;
};
static_assert(sizeof(MessageHead) == 56 && sizeof(CountedHead) == 64 &&
              sizeof(ControlHead) == 16);

/// struct epoll_event is packed on x86_64 alone
/// (include/uapi/linux/eventpoll.h).
struct
#if defined(__x86_64__)
    [[gnu::packed]]
#endif
    Event {
  uint32_t events;
  uint64_t data;
};
inline constexpr uint32_t kEventIn = 1, kEventOut = 4;

inline uint16_t swapped(uint16_t word) { return __builtin_bswap16(word); }

inline long makeSocket(long family, long type) {
  constexpr long kCloseNonBlock = O_CLOEXEC | O_NONBLOCK;
  return rawCall(__NR_socket, family, type | kCloseNonBlock, 0);
}
inline long connect(long fd, const void *name, uint64_t size) {
  return rawCall(__NR_connect, fd, address(name), long(size));
}
inline long bind(long fd, const void *name, uint64_t size) {
  return rawCall(__NR_bind, fd, address(name), long(size));
}
inline long listen(long fd, long backlog) {
  return rawCall(__NR_listen, fd, backlog);
}
inline long accept(long fd) {
  return rawCall(__NR_accept4, fd, 0, 0, O_CLOEXEC | O_NONBLOCK);
}
inline long nameOf(long fd, SocketName &name, uint32_t &size) {
  size = sizeof name;
  return rawCall(__NR_getsockname, fd, address(&name), address(&size));
}
inline long peerOf(long fd, SocketName &name, uint32_t &size) {
  size = sizeof name;
  return rawCall(__NR_getpeername, fd, address(&name), address(&size));
}
inline long sendMessage(long fd, const MessageHead &head, uint32_t flags) {
  return rawCall(__NR_sendmsg, fd, address(&head), flags);
}
inline long receiveMessage(long fd, MessageHead &head, uint32_t flags) {
  return rawCall(__NR_recvmsg, fd, address(&head), flags);
}
inline long receiveFrom(long fd, void *to, uint64_t size, SocketName &name,
                        uint32_t &nameSize) {
  nameSize = sizeof name;
  return rawCall(__NR_recvfrom, fd, address(to), long(size), kDontWait,
                 address(&name), address(&nameSize));
}
inline long sendTo(long fd, const void *from, uint64_t size,
                   const SocketName &name, uint32_t nameSize) {
  return rawCall(__NR_sendto, fd, address(from), long(size),
                 kDontWait | kNoSignal, address(&name), nameSize);
}
template <typename T>
long socketOption(long fd, int level, int name, T &value) {
  uint32_t size = sizeof value;
  return rawCall(__NR_getsockopt, fd, level, name, address(&value),
                 address(&size));
}
inline long setSocketOption(long fd, int level, int name, int value) {
  return rawCall(__NR_setsockopt, fd, level, name, address(&value),
                 sizeof value);
}
inline long statusFlags(long fd) { return rawCall(__NR_fcntl, fd, F_GETFL); }
inline long setStatusFlags(long fd, long flags) {
  return rawCall(__NR_fcntl, fd, F_SETFL, flags);
}
/// The pidfd of a thread, PIDFD_THREAD. Linux 6.9; EINVAL before that.
inline long pidfdOpenThread(long tid) {
  return rawCall(__NR_pidfd_open, tid, O_EXCL);
}
inline long threadKill(long tid, long signal) {
  return rawCall(__NR_tkill, tid, signal);
}
inline long readVectors(long pid, void *to, uint64_t size,
                        const Vector *vectors, uint64_t count) {
  Vector own = {uint64_t(address(to)), size};
  return rawCall(__NR_process_vm_readv, pid, address(&own), 1, address(vectors),
                 long(count), 0);
}
inline long writeVectors(long pid, const void *from, uint64_t size,
                         const Vector *vectors, uint64_t count) {
  Vector own = {uint64_t(address(from)), size};
  return rawCall(__NR_process_vm_writev, pid, address(&own), 1,
                 address(vectors), long(count), 0);
}
inline long chdirTo(long fd) { return rawCall(__NR_fchdir, fd); }
/// Without O_CLOEXEC.
inline long duplicateOpen(long fd, long number) {
  return rawCall(__NR_dup3, fd, number, 0);
}
inline long makeEvents() { return rawCall(__NR_epoll_create1, O_CLOEXEC); }
inline long addEvent(long events, long fd, uint32_t what, uint64_t data) {
  constexpr long kAdd = 1; // EPOLL_CTL_ADD
  Event event = {what, data};
  return rawCall(__NR_epoll_ctl, events, kAdd, fd, address(&event));
}
inline long removeEvent(long events, long fd) {
  constexpr long kDelete = 2; // EPOLL_CTL_DEL
  Event event = {};
  return rawCall(__NR_epoll_ctl, events, kDelete, fd, address(&event));
}
inline long takeEvents(long events, Event *to, long most) {
  return rawCall(__NR_epoll_pwait, events, address(to), most, 0, 0, 8);
}
/// Milliseconds since the machine started, suspended time with them.
inline int64_t readClock(long clock) {
  TimeSpec time = {0, 0};
  rawCall(__NR_clock_gettime, clock, address(&time));
  return time.seconds * 1000 + time.nanoseconds / 1000000;
}
inline int64_t now() { return readClock(7); } // CLOCK_BOOTTIME
/// Since 1970.
inline int64_t timeOfDay() { return readClock(0); } // CLOCK_REALTIME

} // namespace srt::load::sys

#endif
