// runtime/broker/Events.cpp: what the network has for the loop.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a few events at a time, so that calls of others come in between.
#include "Events.h"
#include "Inquiries.h"
#include "Resolver.h"
#include "Stub.h"

namespace srt::broker {

void startNetwork(Broker &broker) {
  if (!broker.view().network)
    return;
  broker.events = sys::makeEvents();
  if (broker.events < 0)
    load::refuse("network", Message() << "cannot wait for sockets: "
                                      << Errno{broker.events});
  if (!answersNames(broker))
    return;
  startResolver(broker);
  startStub(broker);
  rememberHosts(broker.view());
}

void openNetwork(const Broker &broker) {
  if (!broker.view().network)
    return;
  if (broker.resolver >= 0)
    awaitResolver(broker);
  // Each call that waits holds one.
  constexpr uint32_t kOpenFiles = 7; // RLIMIT_NOFILE
  sys::Limit limit;
  if (sys::prlimit(kOpenFiles, nullptr, &limit) < 0)
    return;
  limit.soft = limit.hard;
  sys::prlimit(kOpenFiles, &limit, nullptr);
  limitWaiting(limit.hard);
}

long networkDescriptor(const Broker &broker, unsigned i) {
  if (i == 0)
    return broker.events;
  return i == 1 ? broker.resolver : stubDescriptor(i - 2);
}

static void take(Broker &broker, const sys::Event &event) {
  uint32_t slot = uint32_t(event.data);
  switch (Source(event.data >> 32)) {
  case Source::Datagrams:
    return takeDatagrams(broker, slot != 0);
  case Source::Callers:
    return takeStubCallers(broker, slot != 0);
  case Source::Stream:
    return readStream(broker, slot);
  case Source::Resolver:
    return takeResolved(broker);
  case Source::Waiting:
    return wake(broker, slot);
  case Source::Asker:
    return takeAnswers(broker);
  }
}

void takeNetwork(Broker &broker) {
  constexpr long kAtOnce = 16;
  sys::Event events[kAtOnce];
  long count = sys::takeEvents(broker.events, events, kAtOnce);
  for (long i = 0; i < count; ++i)
    take(broker, events[i]);
}

void tendNetwork(Broker &broker) {
  takeWaiting(broker);
  dropQuestions();
  tendInquiries(broker);
}

int64_t restOfNetwork() {
  const int64_t all[] = {restOfWait(), restOfQuestions(), restOfInquiries()};
  int64_t rest = -1;
  for (int64_t each : all)
    if (rest < 0 || (each >= 0 && each < rest))
      rest = each;
  return rest;
}

} // namespace srt::broker
