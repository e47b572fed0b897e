// runtime/broker/BindCall.cpp: bind and listen.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a port that somebody can reach was judged when it was taken, and
// once more when TCP begins to listen, which may take one by itself.
#include "Network.h"

namespace srt::broker {

static long bindInternet(Broker &broker, const Call &call, const Socket &socket,
                         const ReadName &given) {
  Place place = {};
  long result = placeOf(socket, given, Use::Bind, place);
  // UDP takes some port by itself whenever it sends, so that is no right.
  bool isFree = socket.kind == Kind::Udp && place.port == 0;
  if (result == 0 && !isFree)
    result = permitPlace(broker, call, socket, Use::Bind, place);
  if (result < 0)
    return result;
  sys::SocketName name;
  uint32_t size = nameOfPlace(socket, place, name);
  return sys::bind(socket.fd.number(), &name, size);
}

/// Which messages of the kernel come: reading, in the end.
static long bindRoute(const Socket &socket, const ReadName &given) {
  if (given.size < sizeof given.name.netlink ||
      given.name.netlink.family != sys::kNetlink)
    return -EINVAL;
  sys::NetlinkName name = {sys::kNetlink, 0, given.name.netlink.port,
                           given.name.netlink.groups};
  return sys::bind(socket.fd.number(), &name, sizeof name);
}

long performBind(Broker &broker, const Call &call) {
  Socket socket;
  ReadName given;
  long result = takeNamed(broker, call, socket, given);
  if (result < 0)
    return result;
  if (socket.kind == Kind::Other)
    return -EACCES;
  if (socket.isUnix())
    return bindUnix(broker, call, socket, given);
  return socket.kind == Kind::Route ? bindRoute(socket, given)
                                    : bindInternet(broker, call, socket, given);
}

/// Judges where a TCP socket would listen.
static long permitListening(Broker &broker, const Call &call,
                            const Socket &socket) {
  sys::SocketName own;
  uint32_t size;
  long result = sys::nameOf(socket.fd.number(), own, size);
  if (result < 0)
    return result;
  Place place = placeOfOwn(own), some = place;
  // Bound by a bind(2) to port 0, which was judged, or now by the kernel.
  some.port = 0;
  Deed deed = {SRT_NET_BIND, SRT_TRANSPORT_TCP};
  if (mayBind(broker.view(), deed, socket, some)) {
    if (place.port == 0) // else bind(2) was noted
      recordPlace(broker, call, deed, some);
    return 0;
  }
  return permitPlace(broker, call, socket, Use::Bind, place);
}

long performListen(Broker &broker, const Call &call) {
  Socket socket;
  long result = takeSocket(broker, call, int(call.args[0]), socket);
  if (result < 0)
    return result;
  if (socket.kind == Kind::Other)
    return -EACCES;
  if (socket.kind == Kind::Tcp)
    result = permitListening(broker, call, socket);
  return result < 0 ? result
                    : sys::listen(socket.fd.number(), long(int(call.args[1])));
}

} // namespace srt::broker
