// runtime/broker/Loop.cpp: takes calls and signals, one after the other.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: nothing in the loop waits but poll(2), regular files and the
// reader of umasks; what could wait longer is done by others (Waiters.cpp).
#include "Network.h"
#include "Resolver.h"

namespace srt::broker {

void openProc(Broker &broker) {
  broker.pid = sys::getpid();
  sys::close(broker.own);
  broker.own =
      sys::openAt(broker.proc, "self/fd", O_PATH | O_CLOEXEC | O_DIRECTORY);
  if (broker.own < 0)
    load::refuse("broker", Message() << "cannot open `/proc/self/fd`: "
                                     << Errno{broker.own});
}

static void serveOne(Broker &broker) {
  Call call;
  if (!receive(broker, call))
    return;
  long result = perform(broker, call);
  if (result != kAnswered)
    answer(broker, call.id, result);
}

/// Whether there is nobody left under the filter.
static bool isDeserted(const Broker &broker) {
  sys::Poll listener = {int32_t(broker.listener), sys::kPollIn, 0};
  sys::TimeSpec now = {0, 0};
  return sys::poll(&listener, 1, &now) == 1 &&
         (listener.revents & sys::kPollHangup) != 0;
}

/// How long to sleep at most; false: for ever. While others wait, their callers
/// may go away unheard.
static bool restUntilLook(const Broker &broker, sys::TimeSpec &rest) {
  constexpr int64_t kWhile = 200;
  int64_t milliseconds = restOfNetwork();
  if (broker.waiterCount != 0 && (milliseconds < 0 || milliseconds > kWhile))
    milliseconds = kWhile;
  rest = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  return milliseconds >= 0;
}

/// Serves until the command has ended, or, where it has, nobody is left.
static void serveAll(Broker &broker) {
  sys::Poll polls[3] = {{int32_t(broker.listener), sys::kPollIn, 0},
                        {int32_t(broker.signals), sys::kPollIn, 0},
                        {int32_t(broker.events), sys::kPollIn, 0}};
  // Who is on the way to a new image dies with its tracer.
  while ((!broker.hasEnded || broker.traceCount != 0) && polls[0].fd >= -1) {
    sys::TimeSpec rest;
    bool hasWaiters = broker.waiterCount != 0;
    sys::poll(polls, 3, restUntilLook(broker, rest) ? &rest : nullptr);
    if ((polls[0].revents & sys::kPollIn) != 0)
      serveOne(broker);
    else if ((polls[0].revents & sys::kPollHangup) != 0)
      polls[0].fd = broker.child != 0 ? -1 : -2; // ignored by poll(2)
    if ((polls[1].revents & sys::kPollIn) != 0)
      takeSignals(broker);
    if ((polls[2].revents & sys::kPollIn) != 0)
      takeNetwork(broker);
    tendNetwork(broker);
    if (hasWaiters)
      dropWaiters(broker);
  }
}

/// Goes on for what the command left behind, in a process nobody waits for.
[[noreturn]] static void succeed(Broker &broker) {
  openProc(broker);
  // The caller may wait for the end of what these lead to.
  for (long fd = 0; fd <= 2; ++fd)
    sys::duplicateTo(broker.proc, fd);
  restartWaiters(broker);
  broker.hasEnded = false;
  serveAll(broker);
  sys::exitGroup(0);
}

void serve(Broker &broker) {
  serveAll(broker);
  if (isDeserted(broker)) {
    endStatusReader(broker);
    endResolver(broker);
    return;
  }
  // Two hold the listener now, until this process ends, which is soon.
  if (sys::clone(sys::kSigChild) == 0)
    succeed(broker);
}

} // namespace srt::broker
