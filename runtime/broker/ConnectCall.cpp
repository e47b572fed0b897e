// runtime/broker/ConnectCall.cpp: connect.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what is connected to was judged, and never waited for in the
// loop. A non-blocking socket stays one, and the socket is the caller's own,
// so whoever polls it sees what happens.
#include "Network.h"

namespace srt::broker {

/// connect(2) to nobody.
static long disconnect(const Socket &socket) {
  sys::SocketName none = {};
  long result = sys::connect(socket.fd.number(), &none, sizeof none.inet);
  if (result == 0 && socket.isInternet())
    forgetRedirect(cookieOf(socket));
  return result;
}

long finishConnect(const Socket &socket) {
  // Once more: this is what tells the kernel's state of the socket that whoever
  // connected knows (net/ipv4/af_inet.c:__inet_stream_connect, v6.12,
  // SS_CONNECTING). The name is not looked at then; and should somebody have
  // disconnected meanwhile, nobody has port 0.
  sys::SocketName name;
  uint32_t size =
      nameOfPlace(socket, {network::loopback(socket.isV6), 0, 0}, name);
  return connectAtOnce(socket, &name, size);
}

static long connectInternet(Broker &broker, const Call &call, Socket &socket,
                            const ReadName &given, const Progress &progress) {
  Place place = {};
  long result = placeOf(socket, given, Use::Connect, place);
  Place meant = place;
  if (result == 0)
    result = permitPlace(broker, call, socket, Use::Connect, place);
  if (result < 0)
    return result;
  sys::SocketName name;
  uint32_t size = nameOfPlace(socket, place, name);
  result = connectAtOnce(socket, &name, size);
  bool isUnderWay = result == -EINPROGRESS || result == -EALREADY;
  if (result == 0 || isUnderWay)
    noteWay(call, socket, meant, place, Use::Connect);
  if (socket.kind == Kind::Tcp && isUnderWay && isBlocking(socket))
    return waitFor(broker, call, socket, Until::Connected, progress);
  return result;
}

/// Only the kernel may be at the other end.
static long connectRoute(const Socket &socket, const ReadName &given) {
  if (given.size < sizeof given.name.netlink ||
      given.name.netlink.family != sys::kNetlink)
    return -EINVAL;
  if (given.name.netlink.port != 0 || given.name.netlink.groups != 0)
    return -EPERM;
  sys::NetlinkName name = {sys::kNetlink, 0, 0, 0};
  return sys::connect(socket.fd.number(), &name, sizeof name);
}

long performConnect(Broker &broker, const Call &call, Progress progress) {
  Socket socket;
  ReadName given;
  long result = takeNamed(broker, call, socket, given);
  if (result < 0)
    return result;
  if (given.size < sizeof given.name.family)
    return -EINVAL;
  if (socket.kind == Kind::Other)
    return -EACCES;
  if (given.name.family == sys::kUnspec)
    return disconnect(socket);
  if (socket.isUnix())
    return connectUnix(broker, call, socket, given, progress);
  return socket.kind == Kind::Route
             ? connectRoute(socket, given)
             : connectInternet(broker, call, socket, given, progress);
}

} // namespace srt::broker
