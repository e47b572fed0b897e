// fuzz/WorldSockets.cpp: calls on sockets of a World.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Zones.h"
#include "fuzz/OtherKernel.h"
#include "runtime/broker/SocketCalls.h"
#include "runtime/network/Resolving.h"
#include "llvm/Support/JSON.h"

#include <cstring>

namespace srt::fuzz {

namespace sys = load::sys;

/// 0 and the socket, or EBADF, ENOTSOCK.
static long socketAt(World &world, long fd, Thing *&socket) {
  socket = world.find(fd);
  if (!socket)
    return -EBADF;
  return socket->domain == 0 ? -ENOTSOCK : 0;
}

static long make(World &world, const Arguments &call) {
  Thing socket;
  socket.path = "socket:[1]";
  socket.mode = 0140777;
  socket.domain = int(call.at[0]);
  socket.type = int(call.at[1] & 0xf);
  long fd = world.open(socket);
  world.find(fd)->port = uint16_t(kStubPort + fd);
  return fd;
}

static long accept(World &world, const Arguments &call) {
  Thing *listener;
  if (long error = socketAt(world, call.at[0], listener))
    return error;
  if (long error = world.drawError())
    return error;
  Thing socket = *listener;
  socket.isKept = false;
  return world.open(socket);
}

static long option(World &world, const Arguments &call) {
  Thing *socket;
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  auto set = [&](auto value) {
    std::memcpy(call.pointer<char>(3), &value, sizeof value);
    return 0L;
  };
  switch (call.at[2]) { // the kernel's numbers
  case sys::kDomainOf:
    return set(socket->domain);
  case sys::kTypeOf:
    return set(socket->type);
  case sys::kProtocolOf:
    return set(socket->protocol);
  case sys::kCookie:
    return set(socket->cookie);
  case sys::kReceiveTime:
  case sys::kSendTime:
    return set(int64_t(world.draw() % 3));
  }
  return -EINVAL;
}

static long useName(World &world, const Arguments &call, Using use) {
  Thing *socket;
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  mustBeReachable(world, *socket, use, call.pointer<void>(1),
                  uint64_t(call.at[2]));
  return world.drawError();
}

/// Bytes that leave for the asker or the report are lines of JSON.
static long writeLines(llvm::StringRef bytes) {
  require(bytes.consume_back("\n"), "a line without an end: " + bytes.str());
  auto value = llvm::json::parse(bytes);
  require(bool(value), "no JSON: " + bytes.str());
  return 0;
}

static long sendTo(World &world, const Arguments &call) {
  llvm::StringRef bytes(call.text(1), size_t(call.at[2]));
  Thing *socket;
  if (call.at[0] == kReport || call.at[0] == kAsker)
    return writeLines(bytes), long(bytes.size());
  if (call.at[0] == kResolver) {
    const auto *asked = call.pointer<const network::Asked>(1);
    require(bytes.size() == sizeof *asked, "a question of a wrong size");
    mustBeAskable(world, asked->name);
    world.asked = bytes.str();
    return long(bytes.size());
  }
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  // A stream has the size before a message.
  world.told = bytes.drop_front(socket->type == sys::kStream ? 2 : 0).str();
  long error = world.drawError();
  return error < 0 ? error : long(bytes.size());
}

/// Reads all bytes that are sent, so that whoever looks after memory sees it.
static uint64_t sumOf(const sys::MessageHead &head) {
  uint64_t size = 0;
  const auto *vectors = reinterpret_cast<const sys::Vector *>(head.vectors);
  for (uint64_t i = 0; i < head.vectorCount; ++i) {
    llvm::StringRef piece(reinterpret_cast<const char *>(vectors[i].base),
                          vectors[i].size);
    size += std::string(piece).size();
  }
  return size;
}

/// Descriptors that leave must be open, and no path of the broker's.
static void checkControl(World &world, const sys::MessageHead &head) {
  std::string control(reinterpret_cast<const char *>(head.control),
                      head.controlSize);
  for (uint64_t at = 0; at + sizeof(sys::ControlHead) <= control.size();) {
    sys::ControlHead one;
    std::memcpy(&one, control.data() + at, sizeof one);
    require(one.size >= sizeof one && one.size <= control.size() - at,
            "a control message of a wrong size");
    bool isRights = one.level == sys::kLevelSocket && one.type == 1;
    for (uint64_t i = sizeof one; isRights && i + 4 <= one.size; i += 4) {
      int32_t fd;
      std::memcpy(&fd, control.data() + at + i, sizeof fd);
      require(fd >= kFirstFree && world.find(fd),
              "a descriptor of the broker's is sent");
    }
    at += (one.size + 7) & ~uint64_t(7);
  }
}

static long sendMessage(World &world, const Arguments &call) {
  const auto &head = *call.pointer<const sys::MessageHead>(1);
  Thing *socket;
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  if (head.name != 0)
    mustBeReachable(world, *socket, Using::Send,
                    reinterpret_cast<const void *>(head.name), head.nameSize);
  if (head.controlSize != 0)
    checkControl(world, head);
  uint64_t size = sumOf(head);
  if (long error = world.drawError())
    return error;
  bool isStream = socket->type == sys::kStream;
  return isStream && size != 0 ? long(size - world.draw() % size) : long(size);
}

/// A name that the kernel may say: of the stub, or of somebody.
static uint32_t fillName(World &world, const Thing &socket,
                         sys::SocketName &name) {
  std::memset(&name, 0, sizeof name);
  name.family = uint16_t(socket.domain);
  name.inet.port = sys::swapped(socket.port);
  if (socket.port == 0 && world.draw() >= 0x80)
    name.inet.port = sys::swapped(uint16_t(kStubPort + world.draw() % 16));
  if (socket.domain != sys::kInet6) {
    std::memcpy(name.inet.address, "\x7f\0\0\1", 4);
    return sizeof name.inet;
  }
  name.inet6.address[15] = 1;
  return sizeof name.inet6;
}

static long nameOf(World &world, const Arguments &call) {
  Thing *socket;
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  *call.pointer<uint32_t>(2) =
      fillName(world, *socket, *call.pointer<sys::SocketName>(1));
  return world.drawError();
}

static long receiveMessage(World &world, const Arguments &call) {
  auto &head = *call.pointer<sys::MessageHead>(1);
  Thing *socket;
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  if (long error = world.drawError())
    return error;
  const auto &room = *reinterpret_cast<const sys::Vector *>(head.vectors);
  uint64_t size = std::min<uint64_t>(room.size, world.draw());
  std::memset(reinterpret_cast<void *>(room.base), 'm', size);
  head.nameSize = fillName(
      world, *socket, *reinterpret_cast<sys::SocketName *>(head.name));
  head.controlSize = std::min<uint64_t>(head.controlSize, world.draw());
  std::memset(reinterpret_cast<void *>(head.control), 'c', head.controlSize);
  head.flags = world.draw();
  // MSG_TRUNC: how many there were.
  return world.draw() >= 0xf0 ? long(size) + 100'000 : long(size);
}

/// What comes from outside: in `coming`, once.
static long receiveFrom(World &world, const Arguments &call) {
  if (world.coming.empty())
    return world.isGone ? 0 : -EAGAIN;
  size_t size = std::min(world.coming.size(), size_t(call.at[2]));
  std::memcpy(call.pointer<char>(1), world.coming.data(), size);
  // A stream keeps the rest, a message loses it.
  Thing *socket = world.find(call.at[0]);
  bool isStream = socket && socket->type == sys::kStream;
  world.coming.erase(0, isStream ? size : std::string::npos);
  if (call.at[4] != 0)
    *call.pointer<uint32_t>(5) =
        fillName(world, *socket, *call.pointer<sys::SocketName>(4));
  return long(size);
}

/// F_GETFL, F_SETFL and F_DUPFD_CLOEXEC.
static long control(World &world, const Arguments &call) {
  Thing *thing = world.find(call.at[0]);
  if (!thing)
    return -EBADF;
  switch (call.at[1]) { // the kernel's numbers
  case F_GETFL:
    return thing->flags;
  case F_SETFL:
    thing->flags = call.at[2];
    return 0;
  }
  return world.open(*thing);
}

static long listen(World &world, const Arguments &call) {
  Thing *socket;
  if (long error = socketAt(world, call.at[0], socket))
    return error;
  return world.drawError();
}

bool callSocket(World &w, const Arguments &call, long &result) {
  switch (call.number) { // the kernel's numbers
  case __NR_socket:
    return result = make(w, call), true;
  case __NR_accept4:
    return result = accept(w, call), true;
  case __NR_getsockopt:
    return result = option(w, call), true;
  case __NR_connect:
    return result = useName(w, call, Using::Connect), true;
  case __NR_bind:
    return result = useName(w, call, Using::Bind), true;
  case __NR_listen:
    return result = listen(w, call), true;
  case __NR_sendto:
    return result = sendTo(w, call), true;
  case __NR_sendmsg:
    return result = sendMessage(w, call), true;
  case __NR_getsockname:
  case __NR_getpeername:
    return result = nameOf(w, call), true;
  case __NR_recvmsg:
    return result = receiveMessage(w, call), true;
  case __NR_recvfrom:
    return result = receiveFrom(w, call), true;
  case __NR_fcntl:
    return result = control(w, call), true;
  case __NR_setsockopt:
    return result = 0, true;
  }
  return false;
}

} // namespace srt::fuzz
