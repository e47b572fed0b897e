// runtime/broker/Questions.cpp: which names are asked for, and what is
// answered. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no name leaves the host that no rule allows, in whatever type of
// question: it does not exist, which every resolver takes for an answer at
// once. An address is remembered before anybody is told of it, and none is told
// to which no rule could lead.
#include "Inquiries.h"
#include "Stub.h"
#include "runtime/network/Resolving.h"

namespace srt::broker {

using network::Code;

/// A question that srt-resolve has.
struct Open {
  bool isUsed;
  Asker asker;
  network::Question question;
  int64_t deadline;
  uint32_t turn; // how often this slot was used
};
static constexpr unsigned kMaxOpen = 256;
static Open opens[kMaxOpen];
static unsigned openCount;

/// How long srt-resolve may take; it gives up by itself before that.
static constexpr int64_t kPatience = 8000;
/// A name may lead elsewhere soon; and what is remembered must not last.
static constexpr uint32_t kLongest = 300;

static void answerCode(const Asker &asker, const network::Question &question,
                       Code code) {
  uint8_t room[network::kMaxAnswer];
  sendAnswer(asker, room, network::writeCode(question, code, room));
}

/// The address of this machine, if some rule could lead there. Other programs
/// have it from /etc/hosts, which not every command may read.
static bool answerLocal(const Broker &broker, const Asker &asker,
                        const network::Question &question) {
  network::Found found = {
      network::loopback(question.type == network::kTypeAaaa), kLongest};
  if (!(Text(question.name, question.nameSize) == "localhost") ||
      !mayReach(broker.view(), found.address))
    return false;
  uint8_t room[network::kMaxAnswer];
  sendAnswer(asker, room, network::writeAddresses(question, &found, 1, room));
  return true;
}

static Open *freeOpen() {
  for (Open &open : opens)
    if (!open.isUsed)
      return &open;
  return nullptr;
}

/// Asks on.
static void ask(const Broker &broker, const Asker &asker,
                const network::Question &question) {
  Open *open = freeOpen();
  if (!open) {
    answerCode(asker, question, Code::ServerFailure);
    return;
  }
  *open = {true, asker, question, sys::now() + kPatience, open->turn + 1};
  ++openCount;
  uint32_t token = uint32_t(open - opens) | open->turn << 8;
  if (askResolver(broker, token, question))
    return;
  open->isUsed = false;
  --openCount;
  answerCode(asker, question, Code::ServerFailure);
}

static uint32_t threadOf(const Asker &asker) {
  return asker.stream >= 0 ? 0 : threadOfPort(placeOfOwn(asker.name).port);
}

static void refuse(const Broker &broker, const Asker &asker,
                   const network::Question &question, const Ruling &ruling) {
  // Who asks for the name of an address has no name that a rule could allow. What
  // somebody said no to has been told.
  if (question.type != network::kTypePtr && !ruling.isQuestion())
    reportName(broker, threadOf(asker), {question.name, question.nameSize},
               ruling.deciding());
  answerCode(asker, question, Code::NoSuchName);
}

/// Whether a name may leave the host. Unknown while somebody is being asked: to no
/// answer at all, a resolver asks again.
static Word mayLeave(const Broker &broker, const Asker &asker,
                     const network::Question &question, Ruling &ruling) {
  Text name(question.name, question.nameSize);
  if (isResolvable(broker.view(), name, ruling))
    return Word::Yes;
  Ruling asked;
  if (!isQuestionable(broker.view(), name, asked))
    return Word::No;
  ruling = asked;
  return inquireName(broker,
                     matterOfName(threadOf(asker), name, asked.deciding()));
}

static void answerQuestion(const Broker &broker, const Asker &asker,
                           const network::Question &question) {
  Ruling ruling;
  if (answerLocal(broker, asker, question))
    return;
  Word word = mayLeave(broker, asker, question, ruling);
  if (word == Word::Unknown)
    return;
  if (word == Word::No)
    return refuse(broker, asker, question, ruling);
  record(broker, matterOfName(threadOf(asker), {question.name, question.nameSize},
                              SRT_NONE));
  bool isAddress =
      question.type == network::kTypeA || question.type == network::kTypeAaaa;
  if (isAddress)
    ask(broker, asker, question);
  else // there are other types, HTTPS among them, but not here
    answerCode(asker, question, Code::NoError);
}

void takeMessage(Broker &broker, const Asker &asker, const uint8_t *bytes,
                 unsigned size) {
  network::Question question;
  Code code;
  switch (network::readQuestion(bytes, size, question, code)) {
  case network::Reading::Question:
    return answerQuestion(broker, asker, question);
  case network::Reading::Refusal:
    question.wireSize = 0;
    return answerCode(asker, question, code);
  case network::Reading::Nothing:
    return;
  }
}

/// Keeps and remembers the addresses that may be told; returns how many.
static unsigned keepAddresses(const Broker &broker, Text name,
                              const network::Resolved &resolved,
                              network::Found *kept) {
  unsigned count = 0;
  for (unsigned i = 0; i < resolved.count && i < network::kMaxAddresses; ++i) {
    const auto &given = resolved.addresses[i];
    network::Found found = {{{}, resolved.isV6 != 0}, given.life};
    __builtin_memcpy(found.address.bytes, given.bytes, resolved.isV6 ? 16 : 4);
    found.life = found.life < kLongest ? found.life : kLongest;
    if (network::isSpecial(found.address) &&
        !mayReach(broker.view(), found.address))
      continue; // it would lead the client to what it cannot reach
    // At least a second: 0 is for good.
    remember(found.address, name, found.life == 0 ? 1 : found.life);
    kept[count++] = found;
  }
  return count;
}

static void answerOpen(const Broker &broker, const Open &open,
                       const network::Resolved &resolved) {
  const network::Question &question = open.question;
  bool isV6 = question.type == network::kTypeAaaa;
  if (resolved.outcome == uint8_t(network::Outcome::NoSuchName))
    return answerCode(open.asker, question, Code::NoSuchName);
  if (resolved.outcome != uint8_t(network::Outcome::Found) ||
      (resolved.isV6 != 0) != isV6)
    return answerCode(open.asker, question, Code::ServerFailure);
  network::Found kept[network::kMaxAddresses];
  unsigned count =
      keepAddresses(broker, {question.name, question.nameSize}, resolved, kept);
  uint8_t room[network::kMaxAnswer];
  sendAnswer(open.asker, room,
             network::writeAddresses(question, kept, count, room));
}

static void takeOne(const Broker &broker, const network::Resolved &resolved) {
  Open &open = opens[resolved.token % kMaxOpen];
  if (!open.isUsed || resolved.token >> 8 != (open.turn & 0xffffff))
    return; // given up
  open.isUsed = false;
  --openCount;
  answerOpen(broker, open, resolved);
}

void takeResolved(Broker &broker) {
  constexpr int kAtOnce = 16;
  for (int i = 0; i < kAtOnce; ++i) {
    network::Resolved resolved;
    long got = sys::receiveQuietly(broker.resolver, &resolved, sizeof resolved);
    if (got == long(sizeof resolved)) {
      takeOne(broker, resolved);
      continue;
    }
    if (got != -EAGAIN) // it has ended, and every question fails from now on
      sys::removeEvent(broker.events, broker.resolver);
    return;
  }
}

void dropQuestions() {
  int64_t now = openCount == 0 ? 0 : sys::now();
  for (unsigned i = 0; openCount != 0 && i < kMaxOpen; ++i) {
    Open &open = opens[i];
    if (!open.isUsed || open.deadline > now)
      continue;
    open.isUsed = false;
    --openCount;
    answerCode(open.asker, open.question, Code::ServerFailure);
  }
}

int64_t restOfQuestions() {
  constexpr int64_t kLook = 500;
  return openCount == 0 ? -1 : kLook;
}

} // namespace srt::broker
