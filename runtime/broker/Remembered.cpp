// runtime/broker/Remembered.cpp: the names for which addresses were given.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a name is remembered as long as the answer said and some minutes
// more, in a table of fixed size. Where that is full, what ends first makes
// room: a program that asks for too many names loses its own.
#include "Network.h"
#include "runtime/network/Dns.h"

namespace srt::broker {

/// How long programs may go on with an address whose time is over.
static constexpr int64_t kGrace = 300;
static constexpr int64_t kForGood = INT64_MAX;
static constexpr unsigned kMaxRemembered = 1024;

/// An address and a name of it. The names are beside, so that a search goes
/// through few lines of the cache.
struct Remembered {
  Address address; // unmapped
  int64_t until;   // of sys::now; 0: this slot is free
  uint8_t nameSize;
};
static Remembered remembered[kMaxRemembered];
static unsigned used; // slots from here on are free
static char names[kMaxRemembered][network::kMaxName];

static Text nameAt(unsigned i) { return {names[i], remembered[i].nameSize}; }

/// The slot of that pair, else a free one, else the one that ends first.
static unsigned slotFor(const Address &address, Text name, int64_t now) {
  unsigned best = 0;
  if (used < kMaxRemembered)
    best = used;
  for (unsigned i = 0; i < used; ++i) {
    const Remembered &one = remembered[i];
    if (one.until != 0 && one.address == address && nameAt(i) == name)
      return i;
    int64_t end = one.until <= now ? 0 : one.until;
    int64_t bestEnd =
        remembered[best].until <= now ? 0 : remembered[best].until;
    if (end < bestEnd)
      best = i;
  }
  return best;
}

void remember(const Address &address, Text name, uint32_t seconds) {
  Address plain = network::unmapped(address);
  int64_t now = sys::now();
  unsigned slot = slotFor(plain, name, now);
  Remembered &one = remembered[slot];
  bool isSame = one.until != 0 && one.address == plain && nameAt(slot) == name;
  int64_t until = seconds == 0 ? kForGood : now + (seconds + kGrace) * 1000;
  if (one.until == kForGood || name.size > network::kMaxName)
    return; // the table is full of what stays, or this stays already
  if (isSame && one.until > until)
    until = one.until;
  __builtin_memcpy(names[slot], name.data, name.size);
  one = {plain, until, uint8_t(name.size)};
  used = slot >= used ? slot + 1 : used;
}

bool nextName(const Address &address, unsigned &at, Text &name) {
  Address plain = network::unmapped(address);
  int64_t now = 0;
  for (; at < used; ++at) {
    const Remembered &one = remembered[at];
    if (one.until == 0 || !(one.address == plain))
      continue;
    now = now == 0 ? sys::now() : now;
    if (one.until <= now)
      continue;
    name = nameAt(at++);
    return true;
  }
  return false;
}

} // namespace srt::broker
