// runtime/broker/ReceiveCall.cpp: recvfrom with an address, recvmsg and
// getpeername. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what comes from the stub seems to come from the server that was
// asked: resolvers look at that. Everything else the kernel does: to receive is
// no decision, so nothing is lost if the caller puts another socket there
// meanwhile, and SECCOMP_USER_NOTIF_FLAG_CONTINUE is sound.
#include "Messages.h"

namespace srt::broker {

static long leaveToKernel(const Broker &broker, const Call &call) {
  letGoOn(broker, call.id);
  return kAnswered;
}

/// Takes the socket; its redirect, or null.
static const Redirect *redirectOfCall(const Broker &broker, const Call &call,
                                      Socket &socket) {
  long result = takeSocket(broker, call, int(call.args[0]), socket);
  if (result < 0 || !socket.isInternet())
    return nullptr;
  return redirectOf(cookieOf(socket));
}

/// What was received, and what the caller wants to have of it.
struct Receiving {
  Broker &broker;
  const Call &call;
  Socket &socket;
  const Redirect &redirect;
  uint32_t flags;
  Progress progress;
};

static uint8_t controlRoom[4096];

/// Receives into `payload`. Returns what recvmsg(2) says.
static long receiveNow(const Receiving &receiving, sys::SocketName &from,
                       uint64_t controlSize, sys::MessageHead &head) {
  constexpr uint32_t kKnown =
      sys::kOutOfBand | sys::kPeek | sys::kTruncated | sys::kErrorQueue;
  uint64_t room = pieces.total < kPayload ? pieces.total : kPayload;
  static sys::Vector own;
  own = {uint64_t(sys::address(payload)), room};
  head = {};
  head.name = uint64_t(sys::address(&from));
  head.nameSize = sizeof from;
  head.vectors = uint64_t(sys::address(&own));
  head.vectorCount = 1;
  head.control = uint64_t(sys::address(controlRoom));
  head.controlSize =
      controlSize < sizeof controlRoom ? controlSize : sizeof controlRoom;
  return sys::receiveMessage(receiving.socket.fd.number(), head,
                             (receiving.flags & kKnown) | sys::kDontWait);
}

/// The name that the caller is to see: of whom it meant, if it is the stub.
static uint32_t seenName(const Socket &socket, const Redirect &redirect,
                         sys::SocketName &from, uint32_t size) {
  if (size == 0 || !isStub(placeOfOwn(from)))
    return size;
  return nameOfPlace(socket, redirect.meant, from);
}

/// Gives the caller a name, as move_addr_to_user does (net/socket.c, v6.12):
/// as much as fits, and how much there is.
static long giveName(const Broker &broker, const Call &call,
                     const sys::SocketName &name, uint32_t size, uint64_t to,
                     uint64_t sizeAt) {
  int32_t room;
  long result = readBytes(broker, call, sizeAt, &room, sizeof room);
  if (result < 0)
    return result;
  if (room < 0)
    return -EINVAL;
  uint32_t fits = size < uint32_t(room) ? size : uint32_t(room);
  result = writeBytes(call, to, &name, fits);
  return result < 0 ? result : writeBytes(call, sizeAt, &size, sizeof size);
}

static long waitToReceive(const Receiving &receiving, long result) {
  bool waits = result == -EAGAIN &&
               (receiving.flags & (sys::kDontWait | sys::kErrorQueue)) == 0 &&
               isBlocking(receiving.socket);
  return waits ? waitFor(receiving.broker, receiving.call, receiving.socket,
                         Until::Readable, receiving.progress)
               : result;
}

/// How many of the received bytes are in `payload`.
static uint64_t inPayload(long received) {
  uint64_t room = pieces.total < kPayload ? pieces.total : kPayload;
  return uint64_t(received) < room ? uint64_t(received) : room;
}

long performReceiveFrom(Broker &broker, const Call &call, Progress progress) {
  Socket socket;
  const Redirect *redirect = redirectOfCall(broker, call, socket);
  if (!redirect || call.args[4] == 0)
    return leaveToKernel(broker, call);
  Receiving receiving = {
      broker, call, socket, *redirect, uint32_t(call.args[3]), progress};
  setPiece(call.args[1], call.args[2]);
  sys::SocketName from;
  sys::MessageHead head;
  long received = receiveNow(receiving, from, 0, head);
  if (received < 0)
    return waitToReceive(receiving, received);
  long result = writePayload(broker, call, inPayload(received));
  uint32_t size = seenName(socket, *redirect, from, head.nameSize);
  if (result == 0)
    result = giveName(broker, call, from, size, call.args[4], call.args[5]);
  return result < 0 ? result : received;
}

/// Gives the caller what a message has beside its bytes.
static long giveHead(const Call &call, const sys::MessageHead &user,
                     const sys::MessageHead &head, const sys::SocketName &from,
                     uint32_t nameSize) {
  sys::MessageHead seen = user;
  seen.nameSize = user.name == 0 ? 0 : nameSize;
  seen.controlSize = head.controlSize;
  seen.flags = head.flags;
  uint32_t fits = nameSize < user.nameSize ? nameSize : user.nameSize;
  long result = writeBytes(call, user.name, &from, user.name == 0 ? 0 : fits);
  if (result == 0)
    result = writeBytes(call, user.control, controlRoom, head.controlSize);
  return result < 0 ? result
                    : writeBytes(call, call.args[1], &seen, sizeof seen);
}

long performReceiveMessage(Broker &broker, const Call &call,
                           Progress progress) {
  Socket socket;
  const Redirect *redirect = redirectOfCall(broker, call, socket);
  sys::MessageHead user, head;
  if (!redirect ||
      readBytes(broker, call, call.args[1], &user, sizeof user) < 0 ||
      readPieces(broker, call, user) < 0)
    return leaveToKernel(broker, call); // which says what is wrong
  Receiving receiving = {
      broker, call, socket, *redirect, uint32_t(call.args[2]), progress};
  sys::SocketName from;
  long received = receiveNow(receiving, from, user.controlSize, head);
  if (received < 0)
    return waitToReceive(receiving, received);
  long result = writePayload(broker, call, inPayload(received));
  uint32_t size = seenName(socket, *redirect, from, head.nameSize);
  if (result == 0)
    result = giveHead(call, user, head, from, size);
  return result < 0 ? result : received;
}

long performPeerName(Broker &broker, const Call &call) {
  Socket socket;
  const Redirect *redirect = redirectOfCall(broker, call, socket);
  sys::SocketName peer;
  uint32_t size;
  if (!redirect || sys::peerOf(socket.fd.number(), peer, size) < 0 ||
      !isStub(placeOfOwn(peer)))
    return leaveToKernel(broker, call);
  size = nameOfPlace(socket, redirect->meant, peer);
  return giveName(broker, call, peer, size, call.args[1], call.args[2]);
}

} // namespace srt::broker
