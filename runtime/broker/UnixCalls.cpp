// runtime/broker/UnixCalls.cpp: unix sockets with a name.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: whom a path means is found once, judged where the rules speak of
// it, and reached through the very inode; a path that is bound is made in the
// directory that was judged. Of abstract names and of what no rule speaks of
// Landlock judges the broker, which is in the domain above the command's: what
// is open to the one is open to the other, for nothing in the broker has a
// name.
#include "Network.h"

namespace srt::broker {

static constexpr uint32_t kFamilyOnly = sizeof(uint16_t);

static bool judgesUnix(const Broker &broker) {
  return (broker.view().network->flags & SRT_NETWORK_UNIX) != 0;
}

struct UnixDeed {
  uint8_t net;   // SRT_NET_*
  uint32_t path; // SRT_ACT_*
};
static UnixDeed deedOf(Use use) {
  switch (use) {
  case Use::Connect:
    return {SRT_NET_CONNECT, SRT_ACT_CONNECT};
  case Use::Bind:
    return {SRT_NET_BIND, SRT_ACT_BIND};
  case Use::Send:
    return {SRT_NET_SEND, SRT_ACT_SEND};
  }
  return {SRT_NET_KNOWN, SRT_ACTS_KNOWN};
}

/// net/unix/af_unix.c:unix_validate_addr, v6.12.
static long checkName(const ReadName &given) {
  bool isWhole = given.size > kFamilyOnly &&
                 given.size <= sizeof given.name.unixName &&
                 given.name.family == sys::kUnix;
  return isWhole ? 0 : -EINVAL;
}

static bool isAbstract(const ReadName &given) {
  return given.name.unixName.path[0] == 0;
}

static long permitAbstract(const Broker &broker, const Call &call,
                           const ReadName &given, uint8_t action) {
  if (!judgesUnix(broker))
    return 0;
  Text name;
  if (given.size > kFamilyOnly + 1)
    name = {given.name.unixName.path + 1, given.size - kFamilyOnly - 1};
  Ruling ruling = judgeAbstract(broker.view(), action, name);
  if (ruling.permits()) {
    recordAbstract(broker, call, action, name);
    return 0;
  }
  return refuseAbstract(broker, call, action, name, ruling);
}

/// The path in a name; at most 108 bytes, of which the last may be no NUL.
static void pathOf(const ReadName &given, Path &path) {
  const char *bytes = given.name.unixName.path;
  uint64_t room = given.size - kFamilyOnly, size = 0;
  while (size < room && bytes[size] != 0)
    ++size;
  (void)path.append({bytes, size}); // fits
}

/// Services that look names up for whoever asks: where names are judged, the
/// stub would be gone around, and a rule as wide as unix:/run/** means no such
/// thing.
static bool isResolver(const Broker &broker, Text path) {
  static constexpr Text kPlaces[] = {"/run/nscd", "/run/systemd/resolve",
                                     "/run/avahi-daemon"};
  bool isNaming = answersNames(broker);
  if (!isNaming || path.size == 0)
    return false;
  for (Text place : kPlaces)
    if (load::isWithin(path, place))
      return true;
  return false;
}

long permitUnix(const Broker &broker, const Call &call, const ReadName &given,
                Use use, UnixPeer &peer) {
  long result = checkName(given);
  if (result < 0)
    return result;
  UnixDeed deed = deedOf(use);
  peer.name = given.name.unixName;
  peer.size = given.size;
  if (isAbstract(given))
    return permitAbstract(broker, call, given, deed.net);
  Path path;
  pathOf(given, path);
  result =
      resolve(broker, call, int(sys::kCwd), path, Last::Follow, peer.object);
  if (result < 0)
    return result;
  if (isResolver(broker, peer.object.path.text()))
    return -ECONNREFUSED; // as if it were not running
  if (judgesUnix(broker))
    result = permit(broker, call, peer.object, deed.path, -EACCES);
  if (result < 0)
    return result;
  Spelling name = pathOfDescriptor(uint64_t(peer.object.fd.number()));
  peer.name = {sys::kUnix, {}};
  __builtin_memcpy(peer.name.path, name.text(), name.whole().size);
  peer.size = sizeof peer.name;
  return 0;
}

long connectUnix(Broker &broker, const Call &call, Socket &socket,
                 const ReadName &given, const Progress &progress) {
  UnixPeer peer;
  long result = permitUnix(broker, call, given, Use::Connect, peer);
  if (result < 0)
    return result;
  bool waits = isBlocking(socket);
  result = connectAtOnce(socket, &peer.name, peer.size);
  // The other end has enough of them, and nothing tells when it has not.
  if (result == -EAGAIN && waits)
    return waitFor(broker, call, socket, Until::Later, progress);
  return result;
}

/// bind(2) of the last name in a directory that the broker holds. The socket is
/// called what the kernel is told, and getsockname(2) says so: the last name
/// alone, which is what most of those have who were given no slash.
static long bindIn(const Socket &socket, const Name &name) {
  sys::UnixName own = {sys::kUnix, {}};
  Text last(name.last);
  if (last.size >= sizeof own.path)
    return -ENAMETOOLONG;
  __builtin_memcpy(own.path, last.data, last.size);
  long result = sys::chdirTo(name.parent.fd.number());
  if (result < 0)
    return result;
  result = sys::bind(socket.fd.number(), &own, sizeof own);
  sys::chdir("/");
  return result;
}

static long bindPath(const Broker &broker, const Call &call,
                     const Socket &socket, const ReadName &given) {
  Path path;
  pathOf(given, path);
  Name name;
  long result = resolveName(broker, call, int(sys::kCwd), path, name);
  if (result < 0)
    return result;
  struct stat status;
  if (!name.isPlain || lookAt(name, status) == 0)
    return -EADDRINUSE;
  // Where rules speak of sockets, one that allows to bind allows to make the
  // file.
  uint32_t needed = judgesUnix(broker) ? SRT_ACT_BIND : SRT_ACT_WRITE_SPECIAL;
  result = permit(broker, call, name.path.text(), needed, -EACCES);
  if (result == 0)
    result = takeUmask(broker, call);
  return result < 0 ? result : bindIn(socket, name);
}

long bindUnix(Broker &broker, const Call &call, const Socket &socket,
              const ReadName &given) {
  // With the family alone the kernel finds an abstract name.
  bool isAuto = given.size == kFamilyOnly && given.name.family == sys::kUnix;
  long result = isAuto ? 0 : checkName(given);
  if (result < 0)
    return result;
  if (!isAuto && !isAbstract(given))
    return bindPath(broker, call, socket, given);
  result = permitAbstract(broker, call, given, SRT_NET_BIND);
  return result < 0 ? result
                    : sys::bind(socket.fd.number(), &given.name, given.size);
}

} // namespace srt::broker
