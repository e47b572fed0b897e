// test/Network/Inputs/message.cpp: tries what reads questions and addresses.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: message ROUNDS. Compares addresses with inet_pton(3) and inet_ntop(3),
// and reads questions with bytes changed at random, each in memory of just its
// size: a sanitizer sees what is read outside of it. Prints what was counted.
#include "runtime/network/Dns.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>

using namespace srt::network;

static std::mt19937 chance(1);

static unsigned upTo(unsigned most) { return unsigned(chance()) % (most + 1); }

static bool agrees(const std::string &text) {
  Address own = {};
  uint8_t bytes[16] = {};
  bool isV6 = text.find(':') != std::string::npos;
  bool theirs = inet_pton(isV6 ? AF_INET6 : AF_INET, text.c_str(), bytes) == 1;
  bool ours = read(text.data(), unsigned(text.size()), own);
  // Numbers with leading zeros, and IPv4 within IPv6, are as one likes.
  if (text.find('.') != std::string::npos)
    return !theirs || isV6 || (ours && memcmp(own.bytes, bytes, 16) == 0);
  return ours == theirs && (!ours || memcmp(own.bytes, bytes, 16) == 0);
}

static bool spellsAlike(const Address &address) {
  char own[kAddressText], theirs[INET6_ADDRSTRLEN];
  std::string text(own, spell(address, own));
  inet_ntop(address.isV6 ? AF_INET6 : AF_INET, address.bytes, theirs, sizeof theirs);
  Address again = {};
  return text == theirs &&
         (text.find('.') < text.size() || (read(own, unsigned(text.size()), again) && again == address));
}

static unsigned tryAddresses(unsigned rounds) {
  unsigned wrong = 0;
  for (unsigned i = 0; i < rounds; ++i) {
    Address address = {{}, upTo(3) != 0};
    for (unsigned j = 0; j < (address.isV6 ? 16u : 4u); ++j)
      address.bytes[j] = upTo(2) == 0 ? uint8_t(chance()) : 0;
    // inet_ntop spells ::a.b.c.d so too, which is an address of long ago.
    bool isOld = address.isV6;
    for (unsigned j = 0; j < 12; ++j)
      isOld = isOld && address.bytes[j] == 0;
    if (!isOld && !spellsAlike(address))
      ++wrong;
    std::string text;
    for (unsigned j = upTo(20); j-- > 0;)
      text += "0123456789abcdefF::::..x"[upTo(23)];
    if (!agrees(text)) {
      printf("read otherwise: %s\n", text.c_str());
      ++wrong;
    }
  }
  return wrong;
}

static std::string query() {
  std::string message("id\1\0\0\1\0\0\0\0\0\1", 12);
  for (unsigned i = 1 + upTo(4); i-- > 0;) {
    std::string label;
    for (unsigned j = 1 + upTo(upTo(9) == 0 ? 70 : 8); j-- > 0;)
      label += "abcxyzABC019-_."[upTo(upTo(9) == 0 ? 14 : 13)];
    message += char(label.size()) + label;
  }
  message += std::string("\0\0\1\0\1", 5);
  if (upTo(1))
    message += std::string("\0\0\x29\x04\xd0\0\0\0\0\0\0", 11);
  return message;
}

static void spoil(std::string &message) {
  for (unsigned i = upTo(3); i-- > 0 && !message.empty();)
    message[upTo(unsigned(message.size()) - 1)] = char(chance());
  if (upTo(3) == 0)
    message.resize(upTo(unsigned(message.size())));
}

/// What must hold of every answer.
static bool isSound(const Question &question, const uint8_t *answer, unsigned size, unsigned limit) {
  unsigned end = 12 + question.wireSize;
  return size <= limit && size >= end && memcmp(answer + 12, question.wire, question.wireSize) == 0 &&
         (answer[2] & 0x80) != 0;
}

int main(int argc, char **argv) {
  unsigned rounds = argc > 1 ? unsigned(atoi(argv[1])) : 100000;
  unsigned wrong = tryAddresses(rounds), good = 0, refused = 0, silent = 0;
  Found found[kMaxAddresses];
  for (unsigned i = 0; i < kMaxAddresses; ++i)
    found[i] = {{{192, 0, 2, uint8_t(i)}, i % 2 != 0}, i};
  for (unsigned i = 0; i < rounds; ++i) {
    std::string message = query();
    spoil(message);
    std::unique_ptr<uint8_t[]> exact(new uint8_t[message.size()]);
    std::unique_ptr<uint8_t[]> room(new uint8_t[kMaxAnswer]);
    memcpy(exact.get(), message.data(), message.size());
    Question question;
    Code code;
    switch (readQuestion(exact.get(), unsigned(message.size()), question, code)) {
    case Reading::Question: {
      ++good;
      unsigned size = writeAddresses(question, found, kMaxAddresses, room.get());
      wrong += !isSound(question, room.get(), size, question.limit);
      wrong += strlen(question.name) != question.nameSize || question.nameSize == 0;
      size = writeCode(question, Code::NoSuchName, room.get());
      wrong += !isSound(question, room.get(), size, kMaxAnswer) || (room[3] & 15) != 3;
      break;
    }
    case Reading::Refusal:
      ++refused;
      question.wireSize = 0;
      wrong += writeCode(question, code, room.get()) > 23;
      break;
    case Reading::Nothing:
      ++silent;
      break;
    }
  }
  printf("wrong: %u, some of each: %s\n", wrong, good && refused && silent ? "yes" : "no");
}
