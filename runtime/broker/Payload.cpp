// runtime/broker/Payload.cpp: the bytes of a message, out of the caller's
// memory and into it. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no more than fits is ever read, whatever sizes the caller says.
#include "Messages.h"

namespace srt::broker {

uint8_t payload[kPayload];
Pieces pieces;

/// The sum of all sizes; a sum that would wrap around is EINVAL to the kernel
/// (lib/iov_iter.c:__import_iovec, v6.12), which cuts at MAX_RW_COUNT.
static long sumUp() {
  constexpr uint64_t kMaxBytes = 0x7ffff000; // MAX_RW_COUNT
  pieces.total = 0;
  for (uint64_t i = 0; i < pieces.count; ++i) {
    uint64_t &size = pieces.vectors[i].size;
    if (int64_t(size) < 0)
      return -EINVAL;
    uint64_t room = kMaxBytes - pieces.total;
    size = size < room ? size : room;
    pieces.total += size;
  }
  return 0;
}

long readPieces(const Broker &broker, const Call &call,
                const sys::MessageHead &head) {
  if (head.vectorCount > Pieces::kMost)
    return -EMSGSIZE;
  pieces.count = head.vectorCount;
  long result = pieces.count == 0
                    ? 0
                    : readBytes(broker, call, head.vectors, pieces.vectors,
                                pieces.count * sizeof(sys::Vector));
  return result < 0 ? result : sumUp();
}

void setPiece(uint64_t base, uint64_t size) {
  pieces.vectors[0] = {base, size};
  pieces.count = 1;
  pieces.total = size;
}

/// The pieces from byte `from` on, at most `room` bytes of them, into `parts`.
/// Returns how many parts; `size`: how many bytes.
static uint64_t cutOut(uint64_t from, uint64_t room, sys::Vector *parts,
                       uint64_t &size) {
  uint64_t count = 0;
  size = 0;
  for (uint64_t i = 0; i < pieces.count && size < room; ++i) {
    sys::Vector part = pieces.vectors[i];
    uint64_t skipped = from < part.size ? from : part.size;
    from -= skipped;
    part.base += skipped;
    part.size -= skipped;
    part.size = part.size < room - size ? part.size : room - size;
    size += part.size;
    if (part.size != 0)
      parts[count++] = part;
  }
  return count;
}

static sys::Vector parts[Pieces::kMost];

long readPayload(const Broker &broker, const Call &call, uint64_t from) {
  uint64_t size;
  uint64_t count = cutOut(from, kPayload, parts, size);
  if (size == 0)
    return 0;
  long got = sys::readVectors(call.tid, payload, size, parts, count);
  if (got <= 0)
    return got == -EFAULT || got == 0 ? -EFAULT : -EACCES;
  return isWaiting(broker, call.id) ? got : -EACCES;
}

long writePayload(const Broker &broker, const Call &call, uint64_t size) {
  uint64_t wanted;
  uint64_t count = cutOut(0, size, parts, wanted);
  if (wanted == 0)
    return 0;
  if (!isWaiting(broker, call.id))
    return -EACCES;
  long put = sys::writeVectors(call.tid, payload, wanted, parts, count);
  return put == long(wanted) ? 0 : -EFAULT;
}

long writeBytes(const Call &call, uint64_t to, const void *from,
                uint64_t size) {
  if (size == 0)
    return 0;
  sys::Vector part = {to, size};
  long put = sys::writeVectors(call.tid, from, size, &part, 1);
  return put == long(size) ? 0 : -EFAULT;
}

} // namespace srt::broker
