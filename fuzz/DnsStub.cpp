// fuzz/DnsStub.cpp: questions for names, as programs ask the broker.
// SPDX-License-Identifier: Apache-2.0
//
// Input: events; a byte says which, the next how many bytes it has. Must hold:
// a question is read within its bytes and answered within its limit, no answer
// is taken for a question; no name leaves that no rule allows, and an answer is
// one that a client understands, with no address of this machine in it.
#include "fuzz/BrokerWorld.h"
#include "fuzz/GuardedBytes.h"
#include "runtime/broker/Stub.h"
#include "runtime/network/Resolving.h"

#include <cstring>

using namespace srt;

/// What an answer has to be.
static void checkAnswer(llvm::StringRef answer, const network::Question &asked) {
  fuzz::GuardedBytes bytes(
      reinterpret_cast<const uint8_t *>(answer.data()), answer.size());
  network::Question again;
  network::Code code;
  fuzz::require(answer.size() >= 12 && answer.size() <= network::kMaxAnswer,
                "an answer of a wrong size");
  fuzz::require(network::readQuestion(bytes.data(), unsigned(answer.size()),
                                      again, code) ==
                    network::Reading::Nothing,
                "an answer is a question");
  fuzz::require(answer.substr(12, asked.wireSize) ==
                    fuzz::textOf(asked.wire, asked.wireSize),
                "an answer to another question");
}

/// Answers without the broker: every code, and more addresses than fit.
static void answerAll(const network::Question &question) {
  static network::Found found[network::kMaxAddresses];
  for (unsigned i = 0; i < network::kMaxAddresses; ++i)
    found[i] = {{{uint8_t(i)}, i % 2 != 0}, i};
  uint8_t room[network::kMaxAnswer];
  unsigned size = network::writeAddresses(question, found,
                                          network::kMaxAddresses, room);
  fuzz::require(size <= question.limit, "more than the client takes");
  checkAnswer(fuzz::textOf(room, size), question);
  size = network::writeCode(question, network::Code::NoSuchName, room);
  checkAnswer(fuzz::textOf(room, size), question);
}

static void checkName(const network::Question &question) {
  llvm::StringRef name(question.name, question.nameSize);
  fuzz::require(!name.empty() && name.size() == std::strlen(question.name),
                "a name with a NUL");
  for (char byte : name)
    fuzz::require((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                      byte == '-' || byte == '_' || byte == '.',
                  "a name of other bytes");
}

static void readAlone(llvm::StringRef message) {
  fuzz::GuardedBytes bytes(reinterpret_cast<const uint8_t *>(message.data()),
                           message.size());
  network::Question question;
  network::Code code;
  if (network::readQuestion(bytes.data(), unsigned(message.size()), question,
                            code) != network::Reading::Question)
    return;
  checkName(question);
  answerAll(question);
}

static bool isForbidden(const uint8_t *bytes, unsigned size) {
  network::Address address = {{}, size == 16};
  std::memcpy(address.bytes, bytes, size);
  return network::isSpecial(address);
}

/// What was told has no address in it that only a rule of its own allows. The
/// question comes back as it was, so the records are at its end.
static void checkTold(llvm::StringRef told) {
  if (told.size() < 12 || (told[3] & 15) != 0)
    return;
  unsigned count = unsigned(uint8_t(told[6])) << 8 | uint8_t(told[7]);
  size_t at = 12;
  while (at < told.size() && told[at] != 0)
    at += 1 + uint8_t(told[at]);
  for (at += 5; count != 0 && at + 12 <= told.size(); --count) {
    unsigned size = uint8_t(told[at + 11]);
    fuzz::require(at + 12 + size <= told.size(), "a cut record");
    const auto *bytes = reinterpret_cast<const uint8_t *>(told.data()) + at + 12;
    fuzz::require(!isForbidden(bytes, size), "an address of this machine");
    at += 12 + size;
  }
  fuzz::require(count == 0, "fewer records than it says");
}

/// What srt-resolve found, which it has from servers.
static void resolve(broker::Broker &broker, llvm::StringRef bytes) {
  fuzz::World &world = fuzz::world();
  network::Resolved resolved = {};
  std::memcpy(&resolved, bytes.data(),
              std::min(bytes.size(), sizeof resolved));
  // One bit decides whether it is the answer to what was asked.
  if (world.asked.size() == sizeof(network::Asked) && !bytes.empty() &&
      (bytes[0] & 1) != 0)
    std::memcpy(&resolved.token, world.asked.data(), sizeof resolved.token);
  world.coming = fuzz::textOf(reinterpret_cast<const uint8_t *>(&resolved),
                              sizeof resolved)
                     .str();
  broker::takeResolved(broker);
}

/// What came in by UDP; by TCP, framed or as it is.
static void step(broker::Broker &broker, uint8_t event, llvm::StringRef bytes) {
  fuzz::World &world = fuzz::world();
  world.coming = bytes.str();
  switch (event % 8) {
  case 0:
  case 1:
    readAlone(bytes);
    return broker::takeDatagrams(broker, event % 2 != 0);
  case 2:
    return broker::takeStubCallers(broker, false);
  case 3:
    return broker::readStream(broker, event / 8);
  case 4:
    world.coming.insert(0, {char(bytes.size() >> 8), char(bytes.size())});
    return broker::readStream(broker, 0);
  case 5:
  case 6:
    return resolve(broker, bytes);
  case 7:
    world.coming.clear();
    world.time += int64_t(bytes.size()) * 1000;
    return broker::tendNetwork(broker);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  broker::Broker &broker = fuzz::brokerInWorld();
  fuzz::Input input(fuzz::textOf(data, size));
  fuzz::world().begin(input.bytes(input.number(1)), "");
  while (!input.isAtEnd()) {
    uint8_t event = uint8_t(input.number(1));
    size_t bytes = input.number(1);
    step(broker, event, input.bytes(bytes));
    checkTold(fuzz::world().told);
    fuzz::world().told.clear();
  }
  fuzz::world().coming.clear();
  fuzz::endWorld(broker);
  return 0;
}
