// runtime/network/Dns.h: the questions and answers of DNS that the broker's
// stub reads and writes. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: nothing is read outside of a message or written past a room, and
// what is accepted is one plain question. Answers are never read here: that is
// srt-resolve's. RFC 1035 for the form, RFC 6891 for EDNS.
// Compiles freestanding (the broker) and hosted (tests, fuzzers).
#ifndef SRT_RUNTIME_NETWORK_DNS_H
#define SRT_RUNTIME_NETWORK_DNS_H

#include "Address.h"

namespace srt::network {

inline constexpr unsigned kMaxName = 253;     // as text, without the last dot
inline constexpr unsigned kMaxWire = 255 + 4; // a question: name, type, class
inline constexpr unsigned kMaxAnswer = 1232;  // RFC 9715: never in fragments
inline constexpr unsigned kPlainAnswer = 512; // RFC 1035, section 4.2.1
inline constexpr unsigned kMaxAddresses = 32; // in one answer

// Types and codes that are told apart; the registry is RFC 6895's.
inline constexpr uint16_t kTypeA = 1, kTypePtr = 12, kTypeAaaa = 28;
enum class Code : uint8_t {
  NoError = 0,
  FormatError = 1,
  ServerFailure = 2,
  NoSuchName = 3,
  NotImplemented = 4,
  Refused = 5
};

struct Question {
  uint8_t wire[kMaxWire]; // as it came: clients compare upper and lower case
  uint16_t wireSize;
  uint16_t id, type, limit; // limit: bytes of the answer
  uint8_t nameSize;
  bool isRecursive, hasEdns;
  char name[kMaxName + 1]; // in lower case, a NUL behind it
};

enum class Reading {
  Question, // one to be answered
  Refusal,  // answer with `code`, for there is at least a header
  Nothing   // no question at all: be silent
};

/// Reads a message. `code` is set for Refusal; then only id and isRecursive of
/// the question are.
Reading readQuestion(const uint8_t *bytes, unsigned size, Question &question,
                     Code &code);

/// An address as a name leads to it.
struct Found {
  Address address;
  uint32_t life; // seconds
};

/// Writes an answer without addresses: the header and, if there was one, the
/// question. Returns its bytes. `room`: at least kMaxAnswer.
unsigned writeCode(const Question &question, Code code, uint8_t *room);
/// Writes an answer with as many of the addresses as the client takes, of the
/// family that it asked for. Returns its bytes.
unsigned writeAddresses(const Question &question, const Found *found,
                        unsigned count, uint8_t *room);

} // namespace srt::network

#endif
