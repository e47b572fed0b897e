// runtime/broker/Grants.cpp: to what somebody has said yes, and to which names no.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: tables of fixed size. What was forgotten is asked about again.
#include "Inquiries.h"

#include "SocketCalls.h"

namespace srt::broker {

struct Grant {
  Span span;
  uint64_t id; // of the call, for Once
  int64_t until; // of sys::now, for Shortly
  char action[16];
  uint64_t size; // 0: this slot is free
  char what[kAsked];
};

static constexpr unsigned kMostGrants = 128;
static Grant grants[kMostGrants];
static unsigned nextGrant;
static Grant withheld[16];
static unsigned nextWithheld;

static constexpr int64_t kMinute = 60'000;

static void fill(Grant &slot, Text action, Text what, Span span, uint64_t id) {
  if (what.size > kAsked || action.size >= sizeof slot.action)
    return;
  slot = {span, id, sys::now() + kMinute, {}, what.size, {}};
  __builtin_memcpy(slot.action, action.data, action.size);
  __builtin_memcpy(slot.what, what.data, what.size);
}

void grant(Text action, Text what, Span span, uint64_t id) {
  fill(grants[nextGrant++ % kMostGrants], action, what, span, id);
}

void withhold(Text what) {
  constexpr unsigned kMost = sizeof withheld / sizeof withheld[0];
  fill(withheld[nextWithheld++ % kMost], "connect", what, Span::Shortly, 0);
}

static bool holds(const Grant &one, Text action, Text what, uint64_t id) {
  if (one.size != what.size || !(Text(one.action) == action) ||
      !(Text(one.what, one.size) == what))
    return false;
  switch (one.span) {
  case Span::Once:
    return one.id == id;
  case Span::Session:
    return true;
  case Span::Shortly:
    return sys::now() < one.until;
  }
  return false;
}

bool isIn(Text action, Text what, uint64_t id) {
  for (const Grant &one : grants)
    if (what.size != 0 && holds(one, action, what, id))
      return true;
  return false;
}

bool isWithheld(Text what) {
  for (const Grant &one : withheld)
    if (what.size != 0 && holds(one, "connect", what, 0))
      return true;
  return false;
}

} // namespace srt::broker
