// runtime/network/Resolving.h: what the broker and srt-resolve say to each
// other. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one SOCK_SEQPACKET message is one record, of one size in each
// direction. srt-resolve has the socket as descriptor 0 and sends one byte when
// it is ready; each Asked is answered by one Resolved, in any order. It ends
// when the other end is closed. Both are of one build, so the bytes are those
// of the structures.
#ifndef SRT_RUNTIME_NETWORK_RESOLVING_H
#define SRT_RUNTIME_NETWORK_RESOLVING_H

#include "Dns.h"

namespace srt::network {

/// Look a name up.
struct Asked {
  uint32_t token;
  uint8_t isV6; // AAAA instead of A
  uint8_t reserved[3];
  char name[kMaxName + 3]; // as in Question
};
static_assert(sizeof(Asked) == 264);

enum class Outcome : uint8_t { Found = 0, NoSuchName = 1, Failed = 2 };

struct Resolved {
  uint32_t token;
  uint8_t outcome; // Outcome; Found with a count of 0: no such address
  uint8_t isV6;
  uint8_t count; // at most kMaxAddresses
  uint8_t reserved;
  struct {
    uint32_t life; // seconds
    uint8_t bytes[16];
  } addresses[kMaxAddresses];
};
static_assert(sizeof(Resolved) == 8 + 20 * kMaxAddresses);

} // namespace srt::network

#endif
