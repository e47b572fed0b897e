// runtime/broker/Messages.h: what sendmsg(2) and recvmsg(2) take.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: everything is read once into memory of ours of a fixed size.
// There is one message at a time, as the broker does one call at a time.
#ifndef SRT_RUNTIME_BROKER_MESSAGES_H
#define SRT_RUNTIME_BROKER_MESSAGES_H

#include "Network.h"

namespace srt::broker {

/// Where the caller has the bytes of a message.
struct Pieces {
  static constexpr uint64_t kMost = 1024; // UIO_MAXIOV, linux/uio.h
  sys::Vector vectors[kMost];
  uint64_t count;
  uint64_t total; // bytes
};

/// Bytes of a message that the broker has at once; more is sent bit by bit, or
/// is EMSGSIZE where a message is one.
inline constexpr uint64_t kPayload = 1 << 18;
extern uint8_t payload[kPayload];
extern Pieces pieces;

/// Payload.cpp: reads where the bytes of a message are. Returns 0 or a negated
/// errno.
long readPieces(const Broker &broker, const Call &call,
                const sys::MessageHead &head);
/// Payload.cpp: the same for one piece.
void setPiece(uint64_t base, uint64_t size);
/// Payload.cpp: fills `payload` from byte `from` on. Returns how many bytes
/// came.
long readPayload(const Broker &broker, const Call &call, uint64_t from);
/// Payload.cpp: gives the first bytes of `payload` to the caller.
long writePayload(const Broker &broker, const Call &call, uint64_t size);
/// Payload.cpp: writes into the memory of the caller.
long writeBytes(const Call &call, uint64_t to, const void *from, uint64_t size);

/// Control messages, and the descriptors that are in them.
struct Control {
  static constexpr uint64_t kMost = 4096;
  static constexpr unsigned kMaxDescriptors = 253; // SCM_MAX_FD, net/scm.h
  alignas(8) uint8_t bytes[kMost];
  uint64_t size = 0;
  Handle descriptors[kMaxDescriptors];
  unsigned descriptorCount = 0;
};

/// Control.cpp: reads the control messages of a message that is to be sent, and
/// takes duplicates of descriptors in them. Returns 0 or a negated errno.
long readControl(const Broker &broker, const Call &call, const Socket &socket,
                 const sys::MessageHead &head, Control &control);

} // namespace srt::broker

#endif
