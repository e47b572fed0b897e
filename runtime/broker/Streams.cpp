// runtime/broker/Streams.cpp: questions that come by TCP.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a few connections with a bounded buffer each; the one that has
// been silent for longest makes room for another. A client that does not take
// its answers is hung up on. RFC 1035, section 4.2.2: two bytes of size before
// each message.
#include "Events.h"
#include "Stub.h"

namespace srt::broker {

struct Stream {
  long fd; // 0: this slot is free; 0 is never ours
  uint32_t life;
  int64_t heard; // of sys::now
  unsigned size;
  uint8_t bytes[2 + 1024];
};
static constexpr unsigned kMaxStreams = 16;
static Stream streams[kMaxStreams];
static uint32_t lives;

static void hangUp(Stream &stream) {
  sys::close(stream.fd); // nobody else has it, so epoll(7) forgets it too
  stream.fd = 0;
}

static void hangUpOldest() {
  Stream *oldest = nullptr;
  for (Stream &stream : streams)
    if (stream.fd != 0 && (!oldest || stream.heard < oldest->heard))
      oldest = &stream;
  if (oldest)
    hangUp(*oldest);
}

static Stream *freeStream() {
  for (Stream &stream : streams)
    if (stream.fd == 0)
      return &stream;
  return nullptr;
}

void takeCallers(Broker &broker, long listener) {
  long fd = sys::accept(listener);
  // Who waits there would wake the loop for ever.
  if (fd == -EMFILE || fd == -ENFILE)
    hangUpOldest();
  if (fd < 0)
    return;
  if (!freeStream())
    hangUpOldest();
  Stream &stream = *freeStream();
  stream.fd = fd;
  stream.life = ++lives;
  stream.heard = sys::now();
  stream.size = 0;
  if (sys::addEvent(broker.events, fd, sys::kEventIn,
                    eventData(Source::Stream, uint32_t(&stream - streams))) < 0)
    hangUp(stream);
}

/// Takes the messages that are there as a whole; false if one is too long.
static bool takeMessages(Broker &broker, Stream &stream) {
  while (stream.size >= 2) {
    unsigned size = unsigned(stream.bytes[0] << 8 | stream.bytes[1]);
    if (size > sizeof stream.bytes - 2)
      return false;
    if (stream.size < 2 + size)
      return true;
    Asker asker;
    asker.stream = int32_t(&stream - streams);
    asker.life = stream.life;
    takeMessage(broker, asker, stream.bytes + 2, size);
    if (stream.fd == 0)
      return true; // hung up on
    stream.size -= 2 + size;
    __builtin_memmove(stream.bytes, stream.bytes + 2 + size, stream.size);
  }
  return true;
}

void readStream(Broker &broker, uint32_t slot) {
  if (slot >= kMaxStreams || streams[slot].fd == 0)
    return;
  Stream &stream = streams[slot];
  long got = sys::receiveQuietly(stream.fd, stream.bytes + stream.size,
                                 sizeof stream.bytes - stream.size);
  if (got == -EAGAIN)
    return;
  if (got <= 0) {
    hangUp(stream);
    return;
  }
  stream.heard = sys::now();
  stream.size += unsigned(got);
  if (!takeMessages(broker, stream))
    hangUp(stream);
}

void answerStream(const Asker &asker, const uint8_t *bytes, unsigned size) {
  Stream &stream = streams[asker.stream];
  if (stream.fd == 0 || stream.life != asker.life)
    return;
  uint8_t whole[2 + network::kMaxAnswer];
  whole[0] = uint8_t(size >> 8);
  whole[1] = uint8_t(size);
  __builtin_memcpy(whole + 2, bytes, size);
  if (sys::sendQuietly(stream.fd, whole, 2 + size) != 2 + long(size))
    hangUp(stream);
}

} // namespace srt::broker
