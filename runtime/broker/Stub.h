// runtime/broker/Stub.h: what the parts of the DNS stub share.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what comes to the stub is answered in the broker, or asked of
// srt-resolve if some rule allows the name. Everything has a fixed size,
// nothing waits.
#ifndef SRT_RUNTIME_BROKER_STUB_H
#define SRT_RUNTIME_BROKER_STUB_H

#include "Network.h"
#include "runtime/network/Dns.h"

namespace srt::broker {

/// Who asked.
struct Asker {
  int32_t stream = -1; // a slot of Streams.cpp; -1: by UDP
  uint32_t life = 0;   // of that slot: which of its connections
  bool isV6 = false;   // by which socket
  sys::SocketName name;
  uint32_t nameSize = 0;
};

/// Stub.cpp: takes some questions that came by UDP.
void takeDatagrams(Broker &broker, bool isV6);
/// Stub.cpp: sends an answer, by whichever way the question came.
void sendAnswer(const Asker &asker, const uint8_t *bytes, unsigned size);

/// Streams.cpp: takes callers; registers the sockets on which they come.
void takeCallers(Broker &broker, long listener);
/// Streams.cpp: reads on from a connection.
void readStream(Broker &broker, uint32_t slot);
void answerStream(const Asker &asker, const uint8_t *bytes, unsigned size);

/// Questions.cpp: answers a message, or asks on.
void takeMessage(Broker &broker, const Asker &asker, const uint8_t *bytes,
                 unsigned size);
/// Questions.cpp: takes what srt-resolve has found.
void takeResolved(Broker &broker);
/// Questions.cpp: gives up on questions that take too long.
void dropQuestions();
int64_t restOfQuestions();

/// Resolver.cpp: asks srt-resolve; false if it has gone or has enough to do.
bool askResolver(const Broker &broker, uint32_t token,
                 const network::Question &question);

} // namespace srt::broker

#endif
