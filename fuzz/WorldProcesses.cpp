// fuzz/WorldProcesses.cpp: the caller of a World, and time.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Zones.h"
#include "fuzz/OtherKernel.h"
#include "runtime/broker/SocketCalls.h"

#include <cstdlib>
#include <cstring>

namespace srt::fuzz {

namespace sys = load::sys;

/// Where an address of the caller is; null: nowhere. `size` is cut to what is
/// there.
static char *inMemory(World &world, uint64_t address, uint64_t &size) {
  if (address < kMemory || address >= kMemory + world.memory.size())
    return nullptr;
  uint64_t offset = address - kMemory;
  size = std::min<uint64_t>(size, world.memory.size() - offset);
  return world.memory.data() + offset;
}

/// process_vm_readv(2) and process_vm_writev(2): as far as it goes.
static long copyMemory(World &world, const Arguments &call) {
  auto *own = reinterpret_cast<char *>(call.pointer<sys::Vector>(1)->base);
  uint64_t room = call.pointer<sys::Vector>(1)->size, done = 0;
  const auto *vectors = call.pointer<const sys::Vector>(3);
  if (long error = world.drawError())
    return error;
  for (long i = 0; i < call.at[4] && done < room; ++i) {
    uint64_t wanted = std::min(vectors[i].size, room - done), size = wanted;
    char *there = inMemory(world, vectors[i].base, size);
    if (!there)
      return done != 0 ? long(done) : -EFAULT;
    if (call.number == __NR_process_vm_readv)
      std::memcpy(own + done, there, size);
    else
      std::memcpy(there, own + done, size);
    done += size;
    if (size < wanted)
      break;
  }
  return long(done);
}

/// What a descriptor is answered with may be used as it was opened.
static void checkGiven(World &world, long fd) {
  Thing *thing = world.find(fd);
  require(thing && (thing->flags & O_PATH) == 0, "given, and not opened");
  if (thing->path[0] != '/')
    return;
  bool isWriting = (thing->flags & 3) != O_RDONLY;
  mustBeOpen(world, thing->path, isWriting ? Doing::Writing : Doing::Reading);
}

static long control(World &world, const Arguments &call) {
  constexpr long kSend = 0xc0182101, kIdValid = 0x40082102,
                 kAddDescriptor = 0x40182103;
  uint64_t id = *call.pointer<uint64_t>(2);
  switch (call.at[1]) { // SECCOMP_IOCTL_NOTIF_*, linux/seccomp.h
  case kIdValid:
    world.isGone |= world.draw() == 0xff;
    return world.isGone ? -ENOENT : 0;
  case kAddDescriptor:
    checkGiven(world, call.pointer<uint32_t>(2)[3]);
    if (long error = world.drawError())
      return error;
    [[fallthrough]];
  case kSend:
    require(++world.answers[id] == 1, "answered twice");
    return 0;
  }
  return -EINVAL;
}

static long takeOf(World &world, const Arguments &call) {
  struct Kind {
    int domain, type, protocol;
    long flags;
  };
  static constexpr Kind kKinds[] = {
      {sys::kInet, sys::kStream, sys::kProtocolTcp, 0},
      {sys::kInet6, sys::kStream, sys::kProtocolTcp, 0},
      {sys::kInet, sys::kDatagram, sys::kProtocolUdp, 0},
      {sys::kInet6, sys::kDatagram, sys::kProtocolUdp, 0},
      {sys::kUnix, sys::kStream, 0, 0},
      {sys::kUnix, sys::kDatagram, 0, 0},
      {sys::kUnix, sys::kSequence, 0, 0},
      {sys::kNetlink, 3, sys::kRoute, 0},
      {sys::kInet, 3, 255, 0},
      {sys::kInet, sys::kStream, sys::kProtocolTcp, O_NONBLOCK},
      {sys::kInet6, sys::kDatagram, sys::kProtocolUdp, O_NONBLOCK},
      {0, 0, 0, 0}};
  Thing *process = world.find(call.at[0]);
  if (!process || !process->isProcess || world.isGone)
    return -ESRCH;
  if (call.at[1] < 0 || call.at[1] >= long(std::size(kKinds)))
    return -EBADF;
  if (long error = world.drawError())
    return error;
  const Kind &kind = kKinds[call.at[1]];
  Thing socket;
  socket.path = kind.domain != 0 ? "socket:[1]" : "/open/b";
  socket.mode = kind.domain != 0 ? 0140777 : 0100644;
  socket.domain = kind.domain;
  socket.type = kind.type;
  socket.protocol = kind.protocol;
  socket.flags = kind.flags;
  socket.cookie = uint64_t(call.at[1]) + 1;
  return world.open(socket);
}

static long openProcess(World &world) {
  if (long error = world.drawError())
    return error;
  Thing process;
  process.path = "anon_inode:[pidfd]";
  process.isProcess = true;
  return world.open(process);
}

static long trace(World &world, const Arguments &call) {
  constexpr long kMessage = 0x4201, kRegisters = 0x4204;
  switch (call.at[0]) { // PTRACE_*
  case kMessage:
    *call.pointer<uint64_t>(3) = world.caller;
    return 0;
  case kRegisters: {
    auto *registers = reinterpret_cast<uint64_t *>(
        call.pointer<sys::Vector>(3)->base);
    for (int i = 0; i < 32; ++i)
      registers[i] = kMemory + world.draw() * 8;
    return 0;
  }
  }
  return world.drawError();
}

/// The only file that is read: /proc/TID/status.
static long read(const Arguments &call) {
  llvm::StringRef text = "Umask:\t0022\nTgid:\t100\nSigPnd:\t0\n"
                         "ShdPnd:\t0\nSigBlk:\t0\n";
  size_t size = std::min(text.size(), size_t(call.at[2]));
  std::memcpy(call.pointer<char>(1), text.data(), size);
  return long(size);
}

static long enter(World &world, const Arguments &call) {
  Thing *folder = world.find(call.at[0]);
  if (!folder)
    return -EBADF;
  world.folder = folder->path;
  return world.drawError();
}

static long takeEvents(World &world, const Arguments &call) {
  if (world.coming.empty())
    return 0;
  // Eight bytes say what is ready.
  sys::Event event = {sys::kEventIn, 0};
  uint64_t data = 0;
  size_t size = std::min(world.coming.size(), sizeof data);
  std::memcpy(&data, world.coming.data(), size);
  world.coming.erase(0, size);
  event.data = data;
  std::memcpy(call.pointer<char>(1), &event, sizeof event);
  return 1;
}

/// Memory for the tables of the start, which stays.
static long map(const Arguments &call) {
  constexpr size_t kPage = 4096;
  size_t size = (size_t(call.at[1]) + kPage - 1) / kPage * kPage;
  void *memory = std::aligned_alloc(kPage, size);
  std::memset(memory, 0, size);
  return reinterpret_cast<long>(memory);
}

bool callProcess(World &w, const Arguments &call, long &result) {
  static long processes = 1000;
  switch (call.number) { // the kernel's numbers
  case __NR_process_vm_readv:
  case __NR_process_vm_writev:
    return result = copyMemory(w, call), true;
  case __NR_ioctl:
    return result = control(w, call), true;
  case __NR_pidfd_getfd:
    return result = takeOf(w, call), true;
  case __NR_pidfd_open:
    return result = openProcess(w), true;
  case __NR_ptrace:
    return result = trace(w, call), true;
  case __NR_read:
    return result = read(call), true;
  case __NR_clock_gettime:
    *call.pointer<sys::TimeSpec>(1) = {w.time / 1000, w.time % 1000 * 1000000};
    return result = 0, true;
  case __NR_fchdir:
    return result = enter(w, call), true;
  case __NR_chdir:
    w.folder = "/";
    return result = 0, true;
  case __NR_epoll_pwait:
    return result = takeEvents(w, call), true;
  case __NR_epoll_ctl:
    return result = w.drawError(), true;
  case __NR_tkill:
    require(call.at[0] == w.caller, "a signal to somebody else");
    return result = 0, true;
  case __NR_clone:
    return result = ++processes, true;
  case __NR_mmap:
    return result = map(call), true;
  case __NR_getsid:
    return result = call.at[0] == 0 ? 1 : 1 + (w.draw() & 1), true;
  case __NR_kill:
  case __NR_umask:
    return result = 0, true;
  }
  return false;
}

} // namespace srt::fuzz
