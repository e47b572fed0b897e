// runtime/broker/Waiting.cpp: socket calls that cannot be done yet.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the loop never waits for a socket. What a call needs is read and
// judged anew when its socket is ready, so nothing of it is kept but its
// registers and how much of it is done. A caller that has gone is forgotten
// soon, and so nobody holds up others by waiting.
#include "Events.h"
#include "Network.h"

namespace srt::broker {

struct Waiting {
  Call call;
  Progress progress;
  long fd; // -1: this slot is free
  Until until;
  bool isV6;
};

static constexpr unsigned kMaxWaiting = 4096;
static Waiting table[kMaxWaiting];
static unsigned used;   // slots below this one may be in use
static unsigned count;  // that are
static unsigned laters; // of which this many have no event to wait for
static unsigned most = kMaxWaiting;
static int64_t nextLook;
static unsigned nextAsked; // the slot whose caller is asked for signals next

/// How often callers are looked after, and calls without an event tried again.
static constexpr int64_t kLook = 200, kTry = 5;

static Waiting *freeSlot() {
  for (unsigned i = 0; count < used && i < used; ++i)
    if (table[i].fd < 0)
      return &table[i];
  return used < most ? &table[used++] : nullptr;
}

void limitWaiting(uint64_t descriptors) {
  // Other calls need some while these wait: to pass descriptors on, 253.
  constexpr uint64_t kOthers = 320;
  if (descriptors < kMaxWaiting + kOthers)
    most = descriptors > 2 * kOthers ? unsigned(descriptors - kOthers)
                                     : unsigned(descriptors / 2);
}

static int patienceOption(Until until) {
  return until == Until::Readable ? sys::kReceiveTime : sys::kSendTime;
}

static long watch(const Broker &broker, const Waiting &waiting) {
  if (waiting.until == Until::Later)
    return 0;
  uint32_t what =
      waiting.until == Until::Readable ? sys::kEventIn : sys::kEventOut;
  return sys::addEvent(broker.events, waiting.fd, what,
                       eventData(Source::Waiting, uint32_t(&waiting - table)));
}

/// Takes a call out of the table; its socket is the caller's to close.
static Waiting take(const Broker &broker, Waiting &slot) {
  Waiting waiting = slot;
  if (waiting.until == Until::Later)
    --laters;
  else // the caller has the socket too, so to close ours would not do
    sys::removeEvent(broker.events, waiting.fd);
  slot.fd = -1;
  --count;
  while (used > 0 && table[used - 1].fd < 0)
    --used;
  return waiting;
}

long waitFor(Broker &broker, const Call &call, Socket &socket, Until until,
             const Progress &progress) {
  Waiting *slot = freeSlot();
  if (!slot)
    return progress.done != 0 ? long(progress.done) : -EAGAIN;
  *slot = {call, progress, socket.fd.release(), until, socket.isV6};
  ++count;
  laters += until == Until::Later;
  if (slot->progress.deadline == 0) {
    Socket same;
    same.fd.reset(slot->fd);
    int64_t most = patience(same, patienceOption(until));
    same.fd.release();
    slot->progress.deadline = most == 0 ? INT64_MAX : sys::now() + most;
  }
  if (watch(broker, *slot) >= 0)
    return kAnswered;
  socket.fd.reset(take(broker, *slot).fd);
  return progress.done != 0 ? long(progress.done) : -EAGAIN;
}

/// What the kernel says of a call whose time is over.
static long expired(const Waiting &waiting) {
  if (waiting.until == Until::Connected)
    return -EINPROGRESS;
  return waiting.progress.done != 0 ? long(waiting.progress.done) : -EAGAIN;
}

/// Goes on with a call that was taken out.
static void goOn(Broker &broker, const Waiting &waiting) {
  Socket socket;
  socket.fd.reset(waiting.fd);
  socket.isV6 = waiting.isV6;
  long result;
  if (waiting.until != Until::Connected) {
    socket.fd.reset(-1); // taken anew
    result = performNetwork(broker, waiting.call, waiting.progress);
  } else {
    result = finishConnect(socket);
    if (result == -EALREADY || result == -EINPROGRESS)
      result = waitFor(broker, waiting.call, socket, Until::Connected,
                       waiting.progress);
  }
  if (result != kAnswered)
    answer(broker, waiting.call.id, result);
}

void wake(Broker &broker, uint32_t index) {
  if (index < kMaxWaiting && index < used && table[index].fd >= 0)
    goOn(broker, take(broker, table[index]));
}

/// Looks after one call. `now`: of sys::now.
static void look(Broker &broker, Waiting &slot, int64_t now, bool isThorough) {
  if (isThorough && !isWaiting(broker, slot.call.id)) {
    sys::close(take(broker, slot).fd);
    return;
  }
  if (slot.progress.deadline <= now) {
    Waiting waiting = take(broker, slot);
    sys::close(waiting.fd);
    answer(broker, waiting.call.id, expired(waiting));
    return;
  }
  if (slot.until == Until::Later)
    goOn(broker, take(broker, slot));
}

/// Ends calls whose caller has a signal to take. The kernel restarts them or
/// says EINTR, as it does with its own. A few at a time: each costs some
/// reading.
static void interrupt(Broker &broker) {
  constexpr long kRestart = 512; // ERESTARTSYS, include/linux/errno.h
  constexpr unsigned kAtOnce = 32;
  for (unsigned i = 0; i < kAtOnce && i < used; ++i) {
    nextAsked = nextAsked + 1 < used ? nextAsked + 1 : 0;
    Waiting &slot = table[nextAsked];
    if (slot.fd < 0 || !isInterrupted(broker, slot.call))
      continue;
    Waiting waiting = take(broker, slot);
    sys::close(waiting.fd);
    uint64_t done = waiting.progress.done;
    answer(broker, waiting.call.id, done != 0 ? long(done) : -kRestart);
  }
}

void takeWaiting(Broker &broker) {
  if (count == 0)
    return;
  int64_t now = sys::now();
  bool isThorough = now >= nextLook;
  if (!isThorough && laters == 0)
    return;
  if (isThorough)
    nextLook = now + kLook;
  // A call that has to wait again may come to stand behind: not in this round.
  unsigned end = used;
  for (unsigned i = 0; i < end && i < used; ++i)
    if (table[i].fd >= 0)
      look(broker, table[i], now, isThorough);
  if (isThorough)
    interrupt(broker);
}

int64_t restOfWait() {
  if (count == 0)
    return -1;
  return laters != 0 ? kTry : kLook;
}

} // namespace srt::broker
