// runtime/broker/Peers.cpp: whether a socket may speak to a place, and where
// questions for names go instead. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a place is permitted by the rules, or is the stub's, or refused.
// The stub's place is never somebody else's: the broker holds it.
#include "Network.h"

namespace srt::broker {

static constexpr uint16_t kDomain = 53; // RFC 1035, section 4.2

static uint8_t transportOf(const Socket &socket) {
  return socket.kind == Kind::Tcp ? SRT_TRANSPORT_TCP : SRT_TRANSPORT_UDP;
}

static uint8_t actionOf(Use use) {
  switch (use) {
  case Use::Connect:
    return SRT_NET_CONNECT;
  case Use::Bind:
    return SRT_NET_BIND;
  case Use::Send:
    return SRT_NET_SEND;
  }
  return SRT_NET_KNOWN;
}

/// Whether it is how musl asks if there is IPv4 or IPv6 at all (getaddrinfo
/// with AI_ADDRCONFIG, src/network/getaddrinfo.c): it gives up if that is
/// refused. Nothing is ever sent.
static bool isProbe(const Socket &socket, Use use, const Place &place) {
  constexpr uint16_t kProbed = 65535;
  Address plain = network::unmapped(place.address);
  return socket.kind == Kind::Udp && use == Use::Connect &&
         place.port == kProbed && plain == network::loopback(plain.isV6);
}

/// Whether it is how resolvers sort addresses that they were given (RFC 6724):
/// connected, looked at, closed. A no is an answer to that, and no news to
/// anybody.
static bool isSorting(const Socket &socket, Use use, const Place &place) {
  unsigned at = 0;
  Text name;
  return socket.kind == Kind::Udp && use == Use::Connect &&
         nextName(place.address, at, name);
}

/// Whether to bind a socket to [::] takes the port of IPv4 as well: so it is
/// unless IPV6_V6ONLY is set, and that may be changed until the very bind(2).
static bool takesBoth(const Socket &socket, Use use, const Place &place) {
  constexpr Address kAll = {{}, true};
  return use == Use::Bind && socket.isV6 && place.address == kAll;
}

/// The same port of IPv4.
static Place otherOf(const Place &place) {
  return {{{}, false}, place.port, 0};
}

bool mayBind(const srt_view &view, Deed deed, const Socket &socket,
             const Place &place) {
  return judgePlace(view, deed, place).permits() &&
         (!takesBoth(socket, Use::Bind, place) ||
          judgePlace(view, deed, otherOf(place)).permits());
}

/// What the rules say of one place, or whoever is asked.
static long decide(const Broker &broker, const Call &call, Deed deed,
                   const Place &place) {
  Ruling ruling = judgePlace(broker.view(), deed, place);
  if (ruling.permits()) {
    recordPlace(broker, call, deed, place);
    return 0;
  }
  if (ruling.isQuestion())
    return inquirePlace(broker, call, deed, place, ruling.asked);
  return refusePlace(broker, call, deed, place, ruling.deciding());
}

/// Whether a resolver does this, which must not be reported or asked about.
static bool isOfResolver(const Socket &socket, Use use, const Place &place) {
  return isProbe(socket, use, place) || isSorting(socket, use, place);
}

long permitPlace(const Broker &broker, const Call &call, const Socket &socket,
                 Use use, Place &place) {
  const srt_view &view = broker.view();
  Deed deed = {actionOf(use), transportOf(socket)};
  bool isNaming = answersNames(broker);
  if (isNaming && use != Use::Bind && place.port == kDomain &&
      !isSpelledOut(view, deed.transport, place))
    return placeOfStub(socket, place) ? 0 : -ENETUNREACH;
  if (isNaming && isOfResolver(socket, use, place) &&
      !judgePlace(view, deed, place).permits())
    return isProbe(socket, use, place) && placeOfStub(socket, place) ? 0
                                                                     : -EACCES;
  long result = decide(broker, call, deed, place);
  if (result == 0 && takesBoth(socket, use, place))
    result = decide(broker, call, deed, otherOf(place));
  return result;
}

void noteWay(const Call &call, const Socket &socket, const Place &meant,
             const Place &taken, Use use) {
  if (isStub(taken))
    redirect(socket, call, meant);
  else if (use == Use::Connect && socket.kind == Kind::Udp)
    forgetRedirect(cookieOf(socket));
}

} // namespace srt::broker
