// fuzz/World.cpp: descriptors and draws.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/World.h"
#include "fuzz/OtherKernel.h"
#include "runtime/broker/SocketCalls.h"

#include <cstdlib>

namespace srt::fuzz {

World &world() {
  static World only;
  return only;
}

void World::begin(llvm::StringRef newDraws, llvm::StringRef newMemory) {
  draws = newDraws.str();
  drawn = 0;
  memory = newMemory.take_front(kMemorySize).str();
  isGone = isAskedOpen = false;
  answers.clear();
  folder = "/";
}

uint8_t World::draw() {
  return drawn < draws.size() ? uint8_t(draws[drawn++]) : 0;
}

long World::drawError() {
  static constexpr long kErrors[] = {
      EPERM,        ENOENT,  EINTR,     EIO,        EBADF,       EAGAIN,
      EACCES,       EEXIST,  ENOTDIR,   EISDIR,     EINVAL,      EMFILE,
      ELOOP,        ESRCH,   EPIPE,     EINPROGRESS, EALREADY,   ECONNREFUSED,
      ENAMETOOLONG, EFAULT,  ENXIO,     EXDEV,      ENOTEMPTY,   EMSGSIZE,
      EISCONN,      ENOSYS,  EADDRINUSE, ENOTSOCK,  EDESTADDRREQ, ENETUNREACH,
      ENOBUFS,      ENFILE};
  uint8_t byte = draw();
  return byte < 0xe0 ? 0 : -kErrors[byte & 31];
}

std::string World::drawBytes(size_t most) {
  std::string bytes;
  for (size_t left = draw() % (most + 1); left != 0; --left)
    bytes.push_back(char(draw()));
  return bytes;
}

long World::open(Thing thing) {
  long fd = kFirstFree;
  while (things.count(fd) != 0)
    ++fd;
  things[fd] = std::move(thing);
  return fd;
}

Thing *World::find(long fd) {
  auto found = things.find(fd);
  return found == things.end() ? nullptr : &found->second;
}

size_t World::openCount() const {
  size_t count = 0;
  for (const auto &[fd, thing] : things)
    count += fd >= kFirstFree && !thing.isProcess && !thing.isKept;
  return count;
}

long World::call(const Arguments &call) {
  long result = -ENOSYS;
  bool isKnown = callFile(*this, call, result) ||
                 callSocket(*this, call, result) ||
                 callProcess(*this, call, result);
  require(isKnown, "the broker makes call " + std::to_string(call.number));
  return result;
}

} // namespace srt::fuzz

long srt::load::rawCall(long number, long a, long b, long c, long d, long e,
                        long f) {
  return fuzz::world().call({number, {a, b, c, d, e, f}});
}

void srt::load::trap() { fuzz::fail("the broker gives up"); }
