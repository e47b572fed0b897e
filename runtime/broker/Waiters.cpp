// runtime/broker/Waiters.cpp: opens that may have to wait for somebody.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the loop never waits for a pipe or a line. Each such open is done
// by a process that dies with the broker, of which there are at most
// kMaxWaiters; with the caller gone, it is ended.
#include "Broker.h"

namespace srt::broker {

Waiter waiters[kMaxWaiters];

static constexpr long kParentDeathSignal = 1; // PR_SET_PDEATHSIG

[[noreturn]] static void openAndAnswer(const Broker &broker,
                                       const Waiter &waiter) {
  sys::prctl(kParentDeathSignal, sys::kSigKill);
  if (sys::getppid() != broker.pid)
    sys::exitGroup(1);
  // A process that outlives what it came from must not hold its messages open.
  sys::duplicateTo(broker.proc, 2);
  // `own` is the directory of the broker, which this process must not use.
  Spelling name = pathOfDescriptor(uint64_t(waiter.fd));
  long fd = sys::open(name.text(), waiter.flags);
  if (fd < 0)
    answer(broker, waiter.id, fd);
  else
    answerInSteps(broker, waiter.id, fd, waiter.newFlags);
  sys::exitGroup(0);
}

static long start(const Broker &broker, Waiter &waiter) {
  long pid = sys::clone(sys::kSigChild);
  if (pid == 0)
    openAndAnswer(broker, waiter);
  if (pid > 0)
    waiter.pid = pid;
  return pid < 0 ? -EAGAIN : 0;
}

static void forget(Broker &broker, Waiter &waiter) {
  sys::close(waiter.fd);
  waiter = {};
  --broker.waiterCount;
}

long openWaiting(Broker &broker, const Call &call, long fd, long flags,
                 long newFlags) {
  if (broker.waiterCount == kMaxWaiters)
    return -EAGAIN;
  Waiter *waiter = waiters;
  while (waiter->pid != 0)
    ++waiter;
  *waiter = {1, call.id, sys::duplicate(fd), flags, newFlags};
  ++broker.waiterCount;
  long result = waiter->fd < 0 ? -EAGAIN : start(broker, *waiter);
  if (result == 0)
    return kAnswered;
  forget(broker, *waiter);
  return result;
}

void forgetWaiter(Broker &broker, long pid) {
  for (Waiter &waiter : waiters)
    if (waiter.pid == pid) {
      forget(broker, waiter);
      return;
    }
}

void dropWaiters(Broker &broker) {
  for (Waiter &waiter : waiters)
    if (waiter.pid != 0 && !isWaiting(broker, waiter.id))
      sys::kill(waiter.pid, sys::kSigKill); // and forgotten when it has ended
}

void restartWaiters(Broker &broker) {
  for (Waiter &waiter : waiters) {
    if (waiter.pid == 0)
      continue;
    long result = isWaiting(broker, waiter.id) ? start(broker, waiter) : 1;
    if (result < 0)
      answer(broker, waiter.id, result);
    if (result != 0)
      forget(broker, waiter);
  }
}

} // namespace srt::broker
