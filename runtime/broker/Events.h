// runtime/broker/Events.h: what the broker's epoll descriptor tells of.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: an event says which table it is of and which slot; whoever gets
// one looks whether the slot is still in use.
#ifndef SRT_RUNTIME_BROKER_EVENTS_H
#define SRT_RUNTIME_BROKER_EVENTS_H

#include <stdint.h>

namespace srt::broker {

enum class Source : uint32_t {
  Datagrams, // a question to the stub; the slot is its family
  Callers,   // a connection to the stub; the same
  Stream,    // a question on such a connection
  Resolver,  // an answer of srt-resolve
  Waiting,   // a call
  Asker      // an answer to a question of an `ask` rule
};

inline uint64_t eventData(Source source, uint32_t slot) {
  return uint64_t(source) << 32 | slot;
}

} // namespace srt::broker

#endif
