// runtime/broker/Places.cpp: what the name says that a program gives a socket
// call. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a name is read once, and means what it would mean to the kernel
// for that socket, or is refused as the kernel refuses it. The kernel gets a
// name of ours, in which there is nothing but address, port and scope: no flow
// label, which may stand for a route (net/ipv6/ip6_flowlabel.c:fl_create,
// v6.12).
#include "Network.h"

namespace srt::broker {

long readName(const Broker &broker, const Call &call, uint64_t from,
              uint64_t size, ReadName &name) {
  // net/socket.c:move_addr_to_kernel, v6.12: the size is an int.
  int whole = int(size);
  if (whole < 0 || uint64_t(whole) > sizeof name.name)
    return -EINVAL;
  __builtin_memset(&name, 0, sizeof name);
  name.size = uint32_t(whole);
  return whole == 0 ? 0
                    : readBytes(broker, call, from, name.name.bytes, name.size);
}

long takeNamed(const Broker &broker, const Call &call, Socket &socket,
               ReadName &given) {
  long result = takeSocket(broker, call, int(call.args[0]), socket);
  return result < 0 ? result
                    : readName(broker, call, call.args[1], call.args[2], given);
}

static Place placeOfV4(const sys::InetName &name) {
  Place place = {};
  __builtin_memcpy(place.address.bytes, name.address, 4);
  place.port = sys::swapped(name.port);
  return place;
}

static Place placeOfV6(const sys::Inet6Name &name) {
  Place place = {};
  place.address.isV6 = true;
  __builtin_memcpy(place.address.bytes, name.address, 16);
  place.port = sys::swapped(name.port);
  place.scope = name.scope;
  return place;
}

Place placeOfOwn(const sys::SocketName &name) {
  return name.family == sys::kInet6 ? placeOfV6(name.inet6)
                                    : placeOfV4(name.inet);
}

/// net/ipv4/af_inet.c:inet_bind_sk and net/ipv4/udp.c:udp_sendmsg (v6.12) take
/// a family of 0: the one with an address of 0 only.
static long placeForV4(const ReadName &name, Use use, Place &place) {
  if (name.size < sizeof(sys::InetName))
    return -EINVAL;
  place = placeOfV4(name.name.inet);
  bool isUnspec = name.name.family == sys::kUnspec;
  bool isTaken =
      use == Use::Send || (use == Use::Bind && isUnspecified(place.address));
  if (name.name.family != sys::kInet && !(isUnspec && isTaken))
    return -EAFNOSUPPORT;
  return 0;
}

/// net/ipv6/datagram.c:__ip6_datagram_connect and net/ipv6/udp.c:udpv6_sendmsg
/// (v6.12): UDP takes IPv4 names too.
static long placeForV6(const Socket &socket, const ReadName &name, Use use,
                       Place &place) {
  constexpr uint32_t kOldSize = 24; // SIN6_LEN_RFC2133: without the scope
  bool isV4 = name.name.family == sys::kInet && socket.kind == Kind::Udp &&
              use != Use::Bind;
  if (isV4) {
    if (name.size < sizeof(sys::InetName))
      return -EINVAL;
    place = placeOfV4(name.name.inet);
    place.address = mapped(place.address);
    return 0;
  }
  if (name.size < kOldSize)
    return -EINVAL;
  if (name.name.family != sys::kInet6)
    return use == Use::Send ? -EINVAL : -EAFNOSUPPORT;
  place = placeOfV6(name.name.inet6);
  return 0;
}

long placeOf(const Socket &socket, const ReadName &name, Use use,
             Place &place) {
  if (name.size < sizeof name.name.family)
    return -EINVAL;
  long result = socket.isV6 ? placeForV6(socket, name, use, place)
                            : placeForV4(name, use, place);
  // To the kernel, nowhere is here: net/ipv4/route.c:ip_route_output_key_hash,
  // net/ipv6/tcp_ipv6.c:tcp_v6_connect.
  if (result == 0 && use != Use::Bind && isUnspecified(place.address)) {
    bool isPlainV6 = network::unmapped(place.address).isV6;
    place.address = network::loopback(isPlainV6);
    if (socket.isV6)
      place.address = network::mapped(place.address);
  }
  return result;
}

uint32_t nameOfPlace(const Socket &socket, const Place &place,
                     sys::SocketName &name) {
  name = {};
  if (!socket.isV6) {
    name.inet.family = sys::kInet;
    name.inet.port = sys::swapped(place.port);
    __builtin_memcpy(name.inet.address, place.address.bytes, 4);
    return sizeof name.inet;
  }
  Address wide = network::mapped(place.address);
  name.inet6.family = sys::kInet6;
  name.inet6.port = sys::swapped(place.port);
  name.inet6.scope = place.scope;
  __builtin_memcpy(name.inet6.address, wide.bytes, 16);
  return sizeof name.inet6;
}

} // namespace srt::broker
