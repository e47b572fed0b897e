// runtime/broker/Inquiries.cpp: questions to somebody outside, and their answers.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a question waits in a table, never in the loop; who asked sleeps in
// its call meanwhile. No answer in time, no asker, a full table, an answer that
// is none: all are a no. The command cannot reach the asker by the broker's
// descriptor, which closes when it is executed.
#include "Inquiries.h"

#include "Events.h"
#include "SocketCalls.h"

namespace srt::broker {

static constexpr const char *kStep = "ask";
static constexpr const char *kVariable = "SRT_ASK";

struct Inquiry {
  Call call; // id 0: of a resolver, which asks again by itself
  uint64_t number; // 0: this slot is free
  int64_t deadline;
  long error;
  uint32_t rule;
  bool isEndpoint;
  const char *action, *name; // of the action and of the call
  uint64_t size;
  char what[kAsked];

  Text text() const { return {what, size}; }
  Denial matter() const {
    return {action, text(), isEndpoint, rule, name, call.tid};
  }
};

static constexpr unsigned kMostInquiries = 32;
static Inquiry inquiries[kMostInquiries];
static unsigned open;
static uint64_t lastNumber;
static bool tellsGone; // the asker wants to know what needs no answer any more
static int64_t patienceInMs = 60'000;

/// What came of an answer so far.
static char received[256];
static uint64_t receivedSize;

[[noreturn]] static void refuseAsker(Text value, long error) {
  load::refuse(kStep,
               Message() << "cannot ask by " << kVariable << "=`" << value
                         << "`: " << Errno{error},
               "it is the absolute path of a unix socket, or `fd:` and the number "
               "of one that is open and connected");
}

static long connectTo(Text path) {
  sys::UnixName name = {sys::kUnix, {}};
  if (path.size >= sizeof name.path)
    return -ENAMETOOLONG;
  __builtin_memcpy(name.path, path.data, path.size);
  long fd = sys::makeSocket(sys::kUnix, sys::kStream);
  long result = fd < 0 ? fd : sys::connect(fd, &name, sizeof name);
  if (result >= 0)
    return fd;
  sys::close(fd);
  return result;
}

/// Seconds until no answer is a no.
static void readPatience(const Sandbox &sandbox) {
  Text value = load::variable(sandbox.callerEnv, "SRT_ASK_TIMEOUT");
  uint64_t seconds;
  if (value.size == 0)
    return;
  if (!readNumber(value, seconds) || seconds == 0 || seconds > 86'400)
    load::refuse(kStep, Message() << "SRT_ASK_TIMEOUT=`" << value
                                  << "` is no number of seconds",
                 "it is 1 to 86400");
  patienceInMs = int64_t(seconds) * 1000;
}

void openAsker(Broker &broker, const Sandbox &sandbox) {
  readPatience(sandbox);
  tellsGone = load::variable(sandbox.callerEnv, "SRT_ASK_GONE") == Text("on");
  Text value = load::variable(sandbox.callerEnv, kVariable);
  if (value.size == 0)
    return;
  uint64_t number;
  long fd = -EINVAL;
  if (load::startsWith(value, "fd:") && readNumber(value.suffix(3), number))
    fd = sys::duplicate(long(number));
  else if (value.data[0] == '/')
    fd = connectTo(value);
  int domain = 0;
  long result = fd < 0 ? fd
                       : sys::socketOption(fd, sys::kLevelSocket,
                                           sys::kDomainOf, domain);
  if (result < 0 || domain != sys::kUnix)
    refuseAsker(value, result < 0 ? result : -ENOTSOCK);
  broker.asker = fd;
}

void startAsking(Broker &broker) {
  if (broker.asker < 0)
    return;
  if (broker.events < 0)
    broker.events = sys::makeEvents();
  long result = broker.events < 0
                    ? broker.events
                    : sys::addEvent(broker.events, broker.asker, sys::kEventIn,
                                    eventData(Source::Asker, 0));
  if (result < 0)
    load::refuse(kStep, Message() << "cannot wait for answers: "
                                  << Errno{result});
}

bool isGranted(const Call &call, const Denial &matter) {
  return isIn(matter.action, matter.what, call.id);
}

bool isNameGranted(Text name) { return isIn("connect", name, 0); }

static Inquiry *freeSlot() {
  for (Inquiry &one : inquiries)
    if (one.number == 0)
      return &one;
  return nullptr;
}

/// Puts a question; false if it cannot be put.
static bool put(const Broker &broker, const Call &call, const Denial &matter,
                long error) {
  Inquiry *slot = freeSlot();
  if (broker.asker < 0 || !slot || matter.what.size > kAsked ||
      !writeQuestion(broker, lastNumber + 1, matter))
    return false;
  *slot = {call,        ++lastNumber,      sys::now() + patienceInMs, error,
           matter.rule, matter.isEndpoint, matter.action,             matter.call,
           matter.what.size, {}};
  __builtin_memcpy(slot->what, matter.what.data, matter.what.size);
  ++open;
  return true;
}

long inquire(const Broker &broker, const Call &call, const Denial &matter,
             long error) {
  if (isGranted(call, matter))
    return 0;
  if (put(broker, call, matter, error))
    return kAnswered;
  report(broker, matter);
  return error;
}

Word inquireName(const Broker &broker, const Denial &matter) {
  if (isNameGranted(matter.what))
    return Word::Yes;
  if (isWithheld(matter.what))
    return Word::No;
  for (const Inquiry &one : inquiries)
    if (one.number != 0 && one.call.id == 0 && one.text() == matter.what)
      return Word::Unknown;
  Call nobody = {};
  nobody.tid = matter.tid;
  if (put(broker, nobody, matter, 0))
    return Word::Unknown;
  report(broker, matter);
  return Word::No;
}

static void close(const Broker &broker, Inquiry &one, const char *word) {
  noteAnswer(broker, one.number, word);
  if (tellsGone)
    writeGone(broker, one.number);
  one.number = 0;
  --open;
}

static void deny(Broker &broker, Inquiry &one, const char *word) {
  Inquiry copy = one;
  close(broker, one, word);
  report(broker, copy.matter());
  if (copy.call.id == 0)
    withhold(copy.text());
  else
    answer(broker, copy.call.id, copy.error);
}

/// Performs a call to which there is a yes; it may have another question.
static void goOn(Broker &broker, Inquiry &one, const char *word) {
  Call call = one.call;
  close(broker, one, word);
  if (call.id == 0 || !isWaiting(broker, call.id))
    return;
  long result = perform(broker, call);
  if (result != kAnswered)
    answer(broker, call.id, result);
}

/// Others may have asked the same.
static void goOnWithGranted(Broker &broker, const char *word) {
  for (Inquiry &one : inquiries)
    if (one.number != 0 && isGranted(one.call, one.matter()))
      goOn(broker, one, word);
}

static void takeReply(Broker &broker, const Reply &reply) {
  for (Inquiry &one : inquiries) {
    if (one.number == 0 || one.number != reply.number)
      continue;
    if (reply.kind == Reply::Kind::No)
      return deny(broker, one, "no");
    bool isName = one.call.id == 0;
    Span span = reply.kind == Reply::Kind::Session ? Span::Session
                : isName                           ? Span::Shortly
                                                   : Span::Once;
    grant(one.action, one.text(), span, one.call.id);
    return goOnWithGranted(
        broker, reply.kind == Reply::Kind::Session ? "session" : "once");
  }
}

/// Nobody is there any more: every question is a no from now on.
static void loseAsker(Broker &broker) {
  sys::removeEvent(broker.events, broker.asker);
  sys::close(broker.asker);
  broker.asker = -1;
  for (Inquiry &one : inquiries)
    if (one.number != 0)
      deny(broker, one, "none");
}

/// Takes the lines out of what was received; false if that cannot be answers.
static bool takeLines(Broker &broker) {
  for (;;) {
    Text all(received, receivedSize);
    uint64_t end = load::find(all, '\n');
    if (end == all.size)
      return all.size < sizeof received;
    Reply reply;
    if (!readReply(all.prefix(end), reply))
      return false;
    receivedSize -= end + 1;
    // Before the reply is taken: what follows it is moved to the front.
    __builtin_memmove(received, received + end + 1, receivedSize);
    takeReply(broker, reply);
  }
}

void takeAnswers(Broker &broker) {
  if (broker.asker < 0)
    return;
  long got = sys::receiveQuietly(broker.asker, received + receivedSize,
                                 sizeof received - receivedSize);
  if (got == -EAGAIN || got == -EINTR)
    return;
  receivedSize += got > 0 ? uint64_t(got) : 0;
  if (got <= 0 || !takeLines(broker))
    loseAsker(broker);
}

void tendInquiries(Broker &broker) {
  if (open == 0)
    return;
  int64_t now = sys::now();
  for (Inquiry &one : inquiries) {
    if (one.number == 0)
      continue;
    if (one.call.id != 0 && !isWaiting(broker, one.call.id))
      close(broker, one, "none");
    else if (one.deadline <= now)
      deny(broker, one, "none");
  }
}

int64_t restOfInquiries() {
  constexpr int64_t kLook = 200;
  return open == 0 ? -1 : kLook;
}

} // namespace srt::broker
