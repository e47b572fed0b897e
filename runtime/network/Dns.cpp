// runtime/network/Dns.cpp: reads a question, writes its answer.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a name that is accepted has only the bytes that host names in a
// bundle have, so no byte of it means something else to whoever asks on.
#include "Dns.h"

namespace srt::network {

static constexpr unsigned kHeader = 12;
static constexpr uint16_t kTypeOpt = 41, kClassInternet = 1;

static uint16_t wordAt(const uint8_t *bytes) {
  return uint16_t(bytes[0] << 8 | bytes[1]);
}

static void putWord(uint8_t *to, unsigned word) {
  to[0] = uint8_t(word >> 8);
  to[1] = uint8_t(word);
}

/// A byte in lower case; 0 for one that no host name has.
static char plainByte(uint8_t byte) {
  if (byte >= 'A' && byte <= 'Z')
    return char(byte + 32);
  bool isPlain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                 byte == '-' || byte == '_';
  return isPlain ? char(byte) : 0;
}

/// Appends a label; false if it does not fit, or is no part of a host name.
static bool addLabel(Question &question, const uint8_t *label, unsigned size) {
  unsigned dot = question.nameSize != 0;
  if (question.nameSize + dot + size > kMaxName)
    return false;
  if (dot)
    question.name[question.nameSize++] = '.';
  for (unsigned i = 0; i < size; ++i) {
    char byte = plainByte(label[i]);
    if (byte == 0)
      return false;
    question.name[question.nameSize++] = byte;
  }
  return true;
}

/// Reads the name at `at`; returns where it ends, 0 if it is none. A question
/// has nothing before it to point to, so a pointer is an error.
static unsigned readName(const uint8_t *bytes, unsigned size, unsigned at,
                         Question &question) {
  constexpr unsigned kLongest = 63;
  while (at < size && bytes[at] != 0) {
    unsigned label = bytes[at];
    if (label > kLongest || at + 1 + label >= size ||
        !addLabel(question, bytes + at + 1, label))
      return 0;
    at += 1 + label;
  }
  return at < size ? at + 1 : 0;
}

/// Looks for EDNS in what stands behind the question.
static void readEdns(const uint8_t *bytes, unsigned size, unsigned at,
                     Question &question) {
  // The root as name, the type, and the size of answers as class.
  if (at + 11 > size || bytes[at] != 0 || wordAt(bytes + at + 1) != kTypeOpt)
    return;
  unsigned wanted = wordAt(bytes + at + 3);
  question.hasEdns = true;
  if (wanted > question.limit)
    question.limit = uint16_t(wanted < kMaxAnswer ? wanted : kMaxAnswer);
}

static Reading refuse(Code &code, Code why) {
  code = why;
  return Reading::Refusal;
}

Reading readQuestion(const uint8_t *bytes, unsigned size, Question &question,
                     Code &code) {
  question = {};
  question.limit = kPlainAnswer;
  // An answer must never be answered: two servers would talk for ever.
  if (size < kHeader || (bytes[2] & 0x80) != 0)
    return Reading::Nothing;
  question.id = wordAt(bytes);
  question.isRecursive = (bytes[2] & 1) != 0;
  if ((bytes[2] & 0x78) != 0)
    return refuse(code, Code::NotImplemented); // no query
  bool isPlain = wordAt(bytes + 4) == 1 && wordAt(bytes + 6) == 0 &&
                 wordAt(bytes + 8) == 0;
  unsigned end = isPlain ? readName(bytes, size, kHeader, question) : 0;
  if (end == 0 || question.nameSize == 0 || end + 4 > size)
    return refuse(code, Code::FormatError);
  question.wireSize = uint16_t(end + 4 - kHeader);
  __builtin_memcpy(question.wire, bytes + kHeader, question.wireSize);
  question.type = wordAt(bytes + end);
  if (wordAt(bytes + end + 2) != kClassInternet)
    return refuse(code, Code::NotImplemented);
  readEdns(bytes, size, end + 4, question);
  return Reading::Question;
}

/// Header and question; returns their bytes.
static unsigned writeHead(const Question &question, Code code, uint8_t *room) {
  for (unsigned i = 0; i < kHeader; ++i)
    room[i] = 0;
  putWord(room, question.id);
  room[2] = uint8_t(0x80 | (question.isRecursive ? 1 : 0));
  room[3] = uint8_t(0x80 | uint8_t(code)); // recursion is available
  putWord(room + 4, question.wireSize != 0);
  __builtin_memcpy(room + kHeader, question.wire, question.wireSize);
  return kHeader + question.wireSize;
}

/// RFC 6891, section 6.1.1: who was asked with it answers with it.
static unsigned writeEdns(const Question &question, uint8_t *room,
                          unsigned size) {
  if (!question.hasEdns)
    return size;
  uint8_t record[11] = {0, 0, kTypeOpt};
  putWord(record + 3, kMaxAnswer);
  __builtin_memcpy(room + size, record, sizeof record);
  putWord(room + 10, 1);
  return size + unsigned(sizeof record);
}

unsigned writeCode(const Question &question, Code code, uint8_t *room) {
  return writeEdns(question, room, writeHead(question, code, room));
}

/// One record; its name is a pointer to the question.
static unsigned writeRecord(const Found &found, uint8_t *room) {
  unsigned bytes = found.address.isV6 ? 16 : 4;
  putWord(room, 0xc000 | kHeader);
  putWord(room + 2, found.address.isV6 ? kTypeAaaa : kTypeA);
  putWord(room + 4, kClassInternet);
  putWord(room + 6, found.life >> 16);
  putWord(room + 8, found.life & 0xffff);
  putWord(room + 10, bytes);
  __builtin_memcpy(room + 12, found.address.bytes, bytes);
  return 12 + bytes;
}

unsigned writeAddresses(const Question &question, const Found *found,
                        unsigned count, uint8_t *room) {
  constexpr unsigned kLargest = 28, kEdns = 11;
  unsigned size = writeHead(question, Code::NoError, room), written = 0;
  bool isV6 = question.type == kTypeAaaa;
  for (unsigned i = 0; i < count; ++i)
    if (found[i].address.isV6 == isV6 &&
        size + kLargest + kEdns <= question.limit) {
      size += writeRecord(found[i], room + size);
      ++written;
    }
  putWord(room + 6, written);
  return writeEdns(question, room, size);
}

} // namespace srt::network
