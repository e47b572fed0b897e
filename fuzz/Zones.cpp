// fuzz/Zones.cpp: what the broker must never do, whatever it is told.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Zones.h"
#include "fuzz/OtherKernel.h"
#include "runtime/broker/SocketCalls.h"
#include "runtime/network/Address.h"

#include <cstring>

namespace srt::fuzz {

namespace sys = load::sys;

static bool isWithin(llvm::StringRef path, llvm::StringRef place) {
  return path.consume_front(place) && (path.empty() || path[0] == '/');
}

/// In the directory of the broker on its own /proc.
static bool isOfBroker(llvm::StringRef path) {
  return isWithin(path, "/proc/77");
}

void mustBeOpen(const World &world, llvm::StringRef path, Doing doing) {
  require(!isWithin(path, "/secret"), "denied, and done: " + path.str());
  require(!isOfBroker(path), "the broker's own: " + path.str());
  if (doing == Doing::Writing)
    require(world.isAskedOpen || !isWithin(path, "/asked"),
            "not answered, and done: " + path.str());
}

void mustBeMovable(llvm::StringRef path) {
  for (llvm::StringRef anchored : {"/open/tool", "/secret", "/asked"})
    require(!isWithin(anchored, path), "rules hang on " + path.str());
}

static bool isTestNet(const network::Address &address) {
  return !address.isV6 && std::memcmp(address.bytes, "\xc0\0\2", 3) == 0;
}

static bool isReachable(const Thing &socket, Using use,
                        const network::Address &address, uint16_t port) {
  bool isTcp = socket.type == sys::kStream;
  bool isNear = address == network::loopback(address.isV6);
  switch (use) {
  case Using::Connect:
    if (isNear && (port >= kStubPort || port == 0))
      return true;
    return isTestNet(address) && port == (isTcp ? 443 : 7);
  case Using::Send:
    return (isNear && port >= kStubPort) || (isTestNet(address) && port == 7);
  case Using::Bind:
    return isTcp ? isNear && !address.isV6 && port == 3000 : port == 0;
  }
  return false;
}

static void checkUnix(World &world, Using use, const sys::UnixName &name,
                      uint64_t size) {
  llvm::StringRef path(name.path, size - sizeof name.family);
  if (path.empty() || path[0] == 0) {
    // connect(2) is judged by the name; others have no rule.
    require(use == Using::Connect && path.drop_front().starts_with("open"),
            "a denied abstract name");
    return;
  }
  path = path.take_until([](char byte) { return byte == 0; });
  std::string place = use == Using::Bind
                          ? world.folder + "/" + path.str()
                          : spelledPath(world, sys::kCwd, path);
  llvm::StringRef below = place;
  require(below.consume_front("/open/") && !below.empty(),
          "a denied socket: " + place);
}

static void checkInternet(const Thing &socket, Using use,
                          const sys::SocketName &name) {
  network::Address address = {};
  uint16_t port = sys::swapped(name.inet.port);
  address.isV6 = name.family == sys::kInet6;
  if (address.isV6)
    std::memcpy(address.bytes, name.inet6.address, 16);
  else
    std::memcpy(address.bytes, name.inet.address, 4);
  require(isReachable(socket, use, network::unmapped(address), port),
          "a denied place, port " + std::to_string(port));
}

void mustBeReachable(World &world, const Thing &socket, Using use,
                     const void *bytes, uint64_t size) {
  sys::SocketName name = {};
  require(size >= 2 && size <= sizeof name, "a name of a wrong size");
  std::memcpy(&name, bytes, size);
  if (socket.port != 0) // of the stub, which lets the kernel choose a port
    return;
  if (name.family == sys::kUnspec) // to nobody any more
    return require(use == Using::Connect, "a name of no family");
  require(name.family == socket.domain, "a name of another family");
  if (name.family == sys::kUnix)
    return checkUnix(world, use, name.unixName, size);
  if (name.family == sys::kNetlink)
    return require(use == Using::Bind || (name.netlink.port == 0 &&
                                          name.netlink.groups == 0),
                   "a denied netlink peer");
  checkInternet(socket, use, name);
}

void mustBeAskable(const World &world, llvm::StringRef name) {
  bool isAsked = name == "asked.example.com" && world.isAskedOpen;
  require(isAsked || name.ends_with(".good.example.com"),
          "a denied name leaves: " + name.str());
}

} // namespace srt::fuzz
