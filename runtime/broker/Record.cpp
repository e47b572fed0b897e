// runtime/broker/Record.cpp: what was permitted, for whoever learns a policy.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: decides nothing, never waits, never fails the command. What was
// told lately is not told again; beyond a bound nothing is told but that. Whoever
// reads it and takes part of it for the whole gets a narrower policy.
#include "Broker.h"

namespace srt::broker {

/// Bytes of what is told: a command that opens names without end must not fill
/// the memory in which they are kept.
static constexpr uint64_t kMostBytes = 64 << 20;
static uint64_t toldBytes;

/// What was told lately, by its hash, which nobody need be able to break.
static constexpr unsigned kSlots = 4096;
static uint64_t told[kSlots];

static uint64_t mix(uint64_t hash, Text text) {
  constexpr uint64_t kPrime = 1099511628211u; // FNV-1a, 64 bits
  for (uint64_t i = 0; i < text.size; ++i)
    hash = (hash ^ uint8_t(text.data[i])) * kPrime;
  return (hash ^ 0xff) * kPrime;
}

static bool wasTold(const Denial &matter) {
  uint64_t hash = mix(mix(14695981039346656037u, matter.action), matter.what);
  uint64_t &slot = told[hash % kSlots];
  bool isSame = slot == hash;
  slot = hash;
  return isSame;
}

void record(const Broker &broker, const Denial &matter) {
  constexpr uint64_t kAround = 64; // bytes of a line beside what it is about
  if (!broker.isRecording || broker.report < 0 || toldBytes > kMostBytes ||
      wasTold(matter))
    return;
  toldBytes += matter.what.size + kAround;
  Denial more = matter;
  if (toldBytes > kMostBytes)
    more.action = "too-much";
  writePermitted(broker, more);
}

void recordPath(const Broker &broker, const Call &call, Text path,
                uint32_t actions) {
  if (!broker.isRecording)
    return;
  for (; actions != 0; actions &= actions - 1)
    record(broker, {actionName(actions & -actions),
                    path.size == 0 ? Text("/") : path, false, SRT_NONE,
                    callName(call.number), call.tid});
}

} // namespace srt::broker
