// runtime/broker/Stub.cpp: the sockets at which programs ask for names.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: they listen on this machine only, on ports that the kernel
// chooses. Other processes of the machine may ask too: they learn what the
// command may know, which is no secret, and change nothing by it.
#include "Stub.h"
#include "Events.h"
#include "Resolver.h"

namespace srt::broker {

/// By transport and family; a port of 0 is none.
struct StubSocket {
  long fd = -1;
  uint16_t port = 0;
};
static StubSocket datagrams[2], listeners[2];

static Place placeAt(const StubSocket &stub, bool isV6) {
  return {network::loopback(isV6), stub.port, 0};
}

/// A socket on the loopback address; its `fd` is a negated errno if there is
/// none.
static StubSocket open(bool isV6, sys::SocketType type) {
  Socket socket;
  socket.isV6 = isV6;
  socket.fd.reset(sys::makeSocket(isV6 ? sys::kInet6 : sys::kInet, type));
  if (socket.fd.number() < 0)
    return {socket.fd.release(), 0};
  constexpr int kOnlyV6 = 26; // IPV6_V6ONLY
  if (isV6)
    sys::setSocketOption(socket.fd.number(), sys::kLevelIp6, kOnlyV6, 1);
  sys::SocketName name;
  uint32_t size = nameOfPlace(socket, {network::loopback(isV6), 0, 0}, name);
  long result = sys::bind(socket.fd.number(), &name, size);
  if (result == 0)
    result = sys::nameOf(socket.fd.number(), name, size);
  if (result == 0 && type == sys::kStream)
    result = sys::listen(socket.fd.number(), 16);
  if (result < 0)
    return {result, 0};
  return {socket.fd.release(), placeOfOwn(name).port};
}

void startStub(Broker &broker) {
  for (unsigned family = 0; family < 2; ++family) {
    bool isV6 = family != 0;
    StubSocket &datagram = datagrams[isV6], &listener = listeners[isV6];
    datagram = open(isV6, sys::kDatagram);
    listener = open(isV6, sys::kStream);
    if (datagram.fd < 0 || listener.fd < 0)
      continue;
    sys::addEvent(broker.events, datagram.fd, sys::kEventIn,
                  eventData(Source::Datagrams, isV6));
    sys::addEvent(broker.events, listener.fd, sys::kEventIn,
                  eventData(Source::Callers, isV6));
  }
  // A machine without IPv6, or a namespace without an interface, is none in
  // which there is nothing to allow.
}

long stubDescriptor(unsigned i) {
  return i < 2 ? datagrams[i].fd : listeners[i - 2].fd;
}

bool placeOfStub(const Socket &socket, Place &place) {
  const StubSocket *stubs = socket.kind == Kind::Tcp ? listeners : datagrams;
  // ::1 if it can be, for a socket may be one for IPv6 only.
  bool isV6 = socket.isV6 && stubs[1].port != 0;
  if (stubs[isV6].port == 0)
    return false;
  place = placeAt(stubs[isV6], isV6);
  return true;
}

bool isStub(const Place &place) {
  Address plain = network::unmapped(place.address);
  bool isV6 = plain.isV6;
  return place.port != 0 && plain == network::loopback(isV6) &&
         (place.port == datagrams[isV6].port ||
          place.port == listeners[isV6].port);
}

void takeDatagrams(Broker &broker, bool isV6) {
  constexpr int kAtOnce = 16; // others are waiting too
  static uint8_t bytes[1500];
  for (int i = 0; i < kAtOnce; ++i) {
    Asker asker;
    asker.isV6 = isV6;
    long got = sys::receiveFrom(datagrams[isV6].fd, bytes, sizeof bytes,
                                asker.name, asker.nameSize);
    if (got < 0)
      return;
    takeMessage(broker, asker, bytes, unsigned(got));
  }
}

void sendAnswer(const Asker &asker, const uint8_t *bytes, unsigned size) {
  if (asker.stream >= 0)
    answerStream(asker, bytes, size);
  else // what does not fit is lost, as on any way; the client asks again
    sys::sendTo(datagrams[asker.isV6].fd, bytes, size, asker.name,
                asker.nameSize);
}

void takeStubCallers(Broker &broker, bool isV6) {
  takeCallers(broker, listeners[isV6].fd);
}

} // namespace srt::broker
