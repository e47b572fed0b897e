// runtime/broker/SendCall.cpp: sendto with an address, sendmsg and sendmmsg.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: bytes and address are read once, the address is judged, and what
// is sent goes where that says or where the socket was connected to. What would
// have to wait is tried again when there is room (Waiting.cpp).
#include "Messages.h"

namespace srt::broker {

/// The flags of send(2) that are passed on.
static constexpr uint32_t kPassed = sys::kOutOfBand | sys::kDontRoute |
                                    sys::kEndOfRecord | sys::kConfirm |
                                    sys::kMore;

/// One message.
struct Sending {
  Broker &broker;
  const Call &call;
  Socket &socket;
  const sys::MessageHead &user;
  uint32_t flags;
  Progress progress;
  /// Further messages of a call do not wait: the call ends before them.
  bool mayWait;

  bool waits() const {
    return mayWait && (flags & sys::kDontWait) == 0 && isBlocking(socket);
  }
};

/// Who gets it: the name for the kernel.
struct Recipient {
  sys::SocketName name;
  uint32_t size = 0; // 0: whom the socket is connected to
};

static long sendNow(const Sending &sending, const Recipient &to, uint64_t size,
                    Control &control) {
  sys::Vector own = {uint64_t(sys::address(payload)), size};
  sys::MessageHead head = {};
  head.name = to.size == 0 ? 0 : uint64_t(sys::address(&to.name));
  head.nameSize = to.size;
  head.vectors = uint64_t(sys::address(&own));
  head.vectorCount = 1;
  head.control = control.size == 0 ? 0 : uint64_t(sys::address(control.bytes));
  head.controlSize = control.size;
  // Without MSG_NOSIGNAL it would be the broker's SIGPIPE.
  return sys::sendMessage(sending.socket.fd.number(), head,
                          (sending.flags & kPassed) | sys::kDontWait |
                              sys::kNoSignal);
}

/// Gives the caller the signal that the kernel would have given it.
static long breakPipe(const Sending &sending) {
  if (sending.socket.isConnected() && (sending.flags & sys::kNoSignal) == 0)
    sys::threadKill(sending.call.tid, sys::kSigPipe);
  return -EPIPE;
}

/// The answer to what was sent, in part or not at all.
static long settle(Sending &sending, long result, Until until) {
  uint64_t done = sending.progress.done;
  if (result == -EAGAIN && sending.waits())
    return waitFor(sending.broker, sending.call, sending.socket, until,
                   sending.progress);
  if (done != 0)
    return long(done);
  return result == -EPIPE ? breakPipe(sending) : result;
}

/// A message that is sent as a whole.
static long sendWhole(Sending &sending, const Recipient &to, Until until) {
  Control control;
  if (pieces.total > kPayload)
    return -EMSGSIZE;
  long result = readPayload(sending.broker, sending.call, 0);
  if (result < 0)
    return result;
  if (uint64_t(result) != pieces.total)
    return -EFAULT;
  result = readControl(sending.broker, sending.call, sending.socket,
                       sending.user, control);
  if (result == 0)
    result = sendNow(sending, to, pieces.total, control);
  return settle(sending, result, until);
}

/// Bytes of a stream, bit by bit. What goes with them goes with the first.
static long sendStream(Sending &sending) {
  constexpr int kAtOnce = 4; // others are waiting too
  Control control;
  long result = 0;
  uint64_t &done = sending.progress.done;
  if (done == 0)
    result = readControl(sending.broker, sending.call, sending.socket,
                         sending.user, control);
  for (int i = 0; result == 0 && i < kAtOnce; ++i) {
    result = readPayload(sending.broker, sending.call, done);
    if (result >= 0)
      result = sendNow(sending, {}, uint64_t(result), control);
    if (result < 0)
      break;
    control.size = 0;
    done += uint64_t(result);
    if (done == pieces.total)
      return long(done);
    result = 0;
  }
  return settle(sending, result == 0 ? -EAGAIN : result, Until::Writable);
}

static long readRecipient(const Sending &sending, ReadName &given) {
  uint64_t size = sending.user.name == 0 ? 0 : sending.user.nameSize;
  // net/socket.c:__copy_msghdr, v6.12: negative is an error, too long is cut.
  if (size <= INT32_MAX && size > sizeof given.name)
    size = sizeof given.name;
  return readName(sending.broker, sending.call, sending.user.name, size, given);
}

static long sendDatagram(Sending &sending, const ReadName &given) {
  Recipient to;
  bool isNamed = given.size != 0 &&
                 !(sending.socket.isV6 && given.name.family == sys::kUnspec);
  if (!isNamed)
    return sendWhole(sending, to, Until::Writable);
  Place place = {};
  long result = placeOf(sending.socket, given, Use::Send, place);
  Place meant = place;
  if (result == 0)
    result = permitPlace(sending.broker, sending.call, sending.socket,
                         Use::Send, place);
  if (result < 0)
    return result;
  to.size = nameOfPlace(sending.socket, place, to.name);
  bool isAsking = isStub(place);
  // Before, for the answer may come at once; the port is known only after.
  if (isAsking)
    redirect(sending.socket, sending.call, meant);
  result = sendWhole(sending, to, Until::Writable);
  if (isAsking && result >= 0)
    redirect(sending.socket, sending.call, meant);
  return result;
}

static long sendUnixDatagram(Sending &sending, const ReadName &given) {
  Recipient to;
  if (given.size == 0)
    return sendWhole(sending, to, Until::Writable);
  UnixPeer peer;
  long result =
      permitUnix(sending.broker, sending.call, given, Use::Send, peer);
  if (result < 0)
    return result;
  to.name.unixName = peer.name;
  to.size = peer.size;
  // Nothing tells of room at a peer that the socket is not connected to.
  return sendWhole(sending, to, Until::Later);
}

/// To the kernel, which reads only, as nobody here has a capability.
static long sendRoute(Sending &sending, const ReadName &given) {
  Recipient to;
  if (given.size != 0 && (given.size < sizeof given.name.netlink ||
                          given.name.netlink.family != sys::kNetlink))
    return -EINVAL;
  if (given.size != 0 &&
      (given.name.netlink.port != 0 || given.name.netlink.groups != 0))
    return -EPERM;
  to.name = {};
  to.name.netlink = {sys::kNetlink, 0, 0, 0};
  to.size = sizeof to.name.netlink;
  return sendWhole(sending, to, Until::Writable);
}

/// Requires: `pieces`.
static long send(Sending &sending) {
  // The kernel would connect (net/ipv4/tcp.c:tcp_sendmsg_fastopen, v6.12).
  if ((sending.flags & sys::kFastOpen) != 0)
    return -EOPNOTSUPP;
  // It would send what is in our memory then.
  if ((sending.flags & sys::kZeroCopy) != 0)
    return -ENOBUFS;
  ReadName given;
  long result = readRecipient(sending, given);
  if (result < 0)
    return result;
  switch (sending.socket.kind) {
  case Kind::Tcp: // a name means nothing there
  case Kind::UnixStream:
    return sendStream(sending);
  case Kind::Udp:
    return sendDatagram(sending, given);
  case Kind::UnixDatagram:
    return sendUnixDatagram(sending, given);
  case Kind::UnixSequence:
    return sendWhole(sending, {}, Until::Writable);
  case Kind::Route:
    return sendRoute(sending, given);
  case Kind::Other:
    return -EACCES;
  }
  return -EACCES;
}

long performSendTo(Broker &broker, const Call &call, Progress progress) {
  Socket socket;
  long result = takeSocket(broker, call, int(call.args[0]), socket);
  if (result < 0)
    return result;
  sys::MessageHead user = {};
  user.name = call.args[4];
  user.nameSize = uint32_t(call.args[5]);
  if (user.name != 0 && user.nameSize > sizeof(sys::SocketName))
    return -EINVAL;
  setPiece(call.args[1], call.args[2]);
  if (int64_t(call.args[2]) < 0)
    return -EINVAL;
  Sending sending = {broker,   call, socket, user, uint32_t(call.args[3]),
                     progress, true};
  return send(sending);
}

long performSendMessage(Broker &broker, const Call &call, Progress progress) {
  Socket socket;
  sys::MessageHead user;
  long result = takeSocket(broker, call, int(call.args[0]), socket);
  if (result == 0)
    result = readBytes(broker, call, call.args[1], &user, sizeof user);
  if (result == 0)
    result = readPieces(broker, call, user);
  if (result < 0)
    return result;
  Sending sending = {broker,   call, socket, user, uint32_t(call.args[2]),
                     progress, true};
  return send(sending);
}

/// One of many; notes how much of it was sent.
static long sendOneOf(Broker &broker, const Call &call, Socket &socket,
                      uint64_t at, bool isFirst, const Progress &progress) {
  sys::CountedHead head;
  long result = readBytes(broker, call, at, &head, sizeof head);
  if (result == 0)
    result = readPieces(broker, call, head.head);
  if (result < 0)
    return result;
  Sending sending = {
      broker,   call,   socket, head.head, uint32_t(call.args[3]),
      progress, isFirst};
  result = send(sending);
  if (result < 0)
    return result;
  head.size = uint32_t(result);
  uint64_t place = at + __builtin_offsetof(sys::CountedHead, size);
  result = writeBytes(call, place, &head.size, sizeof head.size);
  return result < 0 ? result : 0;
}

long performSendMessages(Broker &broker, const Call &call, Progress progress) {
  // sendmmsg(2) may do fewer than it was asked to, and others are waiting.
  constexpr uint32_t kAtOnce = 64;
  uint32_t count = uint32_t(call.args[2]);
  count = count < kAtOnce ? count : kAtOnce;
  Socket socket;
  long result = takeSocket(broker, call, int(call.args[0]), socket);
  uint32_t done = 0;
  for (; result == 0 && done < count; ++done) {
    result = sendOneOf(broker, call, socket,
                       call.args[1] + done * sizeof(sys::CountedHead),
                       done == 0, done == 0 ? progress : Progress{});
    if (result != 0)
      break;
  }
  return done != 0 ? long(done) : result;
}

} // namespace srt::broker
