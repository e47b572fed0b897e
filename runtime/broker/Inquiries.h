// runtime/broker/Inquiries.h: what `ask` rules leave to somebody outside.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: without an answer nothing is permitted. A yes holds for what was
// told in the question, byte by byte, and the call is judged anew from its
// registers when it comes, so nobody can have it changed in between. Nothing is
// allocated; what does not fit into the tables is refused.
#ifndef SRT_RUNTIME_BROKER_INQUIRIES_H
#define SRT_RUNTIME_BROKER_INQUIRIES_H

#include "Broker.h"

namespace srt::broker {

/// Inquiries.cpp: opens what SRT_ASK names. Before anything is closed.
void openAsker(Broker &broker, const Sandbox &sandbox);
/// Inquiries.cpp: has the loop hear of answers.
void startAsking(Broker &broker);

/// Inquiries.cpp: whether somebody has said yes to this before, for this call or
/// for the whole run.
bool isGranted(const Call &call, const Denial &matter);
/// Inquiries.cpp: whether somebody has said yes to a name of a host.
bool isNameGranted(Text name);
/// Inquiries.cpp: 0 if it is granted; kAnswered while somebody is being asked, who
/// has the call performed again; else `error`, after a report.
long inquire(const Broker &broker, const Call &call, const Denial &matter,
             long error);
/// Inquiries.cpp: the same for a name that a resolver wants to know: Unknown while
/// somebody is being asked, and the resolver asks again by itself.
enum class Word { Yes, No, Unknown };
Word inquireName(const Broker &broker, const Denial &matter);

/// Inquiries.cpp: reads answers. Never waits.
void takeAnswers(Broker &broker);
/// Inquiries.cpp: gives up what nobody answers, and those who have gone.
void tendInquiries(Broker &broker);
/// Inquiries.cpp: how long the loop may sleep, in milliseconds; -1: for ever.
int64_t restOfInquiries();

// ---- Grants.cpp: what was answered ----------------------------------------

/// For how long a yes holds.
enum class Span : uint8_t {
  Once,    // for the call that asked
  Session, // for the whole run
  Shortly  // for a minute: the yes or no to a name
};
void grant(Text action, Text what, Span span, uint64_t id);
/// Remembers for a minute that a name was refused.
void withhold(Text what);
bool isIn(Text action, Text what, uint64_t id);
bool isWithheld(Text what);

// ---- Replies.cpp: what answers look like ----------------------------------

struct Reply {
  uint64_t number;
  enum class Kind : uint8_t { No, Once, Session } kind;
};
/// Reads {"ask":7,"answer":"once"}; false if it is anything else.
bool readReply(Text line, Reply &reply);

/// Denials.cpp: writes a question as a line of JSON. Whether it went out whole.
bool writeQuestion(const Broker &broker, uint64_t number, const Denial &matter);
/// Denials.cpp: tells the asker that a question needs no answer any more.
void writeGone(const Broker &broker, uint64_t number);
/// Denials.cpp: writes into a log of several runs what came of a question: "once",
/// "session", "no", or "none" where nobody answered, or nobody waited any more.
void noteAnswer(const Broker &broker, uint64_t number, const char *word);

/// The most bytes of what is asked about: a longer one cannot be told, so it is
/// refused.
inline constexpr uint64_t kAsked = 1200;

} // namespace srt::broker

#endif
