// runtime/broker/Summary.cpp: what was denied, told to a person at the end.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a table of fixed size, so that a command cannot make the broker
// grow by being denied; nothing is printed if nothing was denied.
#include "Broker.h"

namespace srt::broker {

/// Denials that are told as one.
struct Noted {
  static constexpr uint64_t kShown = 256; // bytes of what it is
  const char *action, *call;              // by address: there are few
  uint32_t rule, hash;
  bool isEndpoint;
  uint64_t size, count;
  char what[kShown];
};

static constexpr unsigned kMaxNoted = 64;
static constexpr unsigned kMaxLines = 10;
static Noted noted[kMaxNoted];
static unsigned notedCount;
static uint64_t unnoted;

static uint32_t hashOf(Text path) {
  uint32_t hash = kHashStart;
  for (uint64_t i = 0; i < path.size; ++i)
    hash = hashStep(hash, path.data[i]);
  return hash;
}

void noteDenial(const Denial &denial) {
  uint32_t hash = hashOf(denial.what);
  for (unsigned i = 0; i < notedCount; ++i) {
    Noted &one = noted[i];
    if (one.hash == hash && one.size == denial.what.size &&
        Text(one.action) == Text(denial.action) && one.rule == denial.rule) {
      ++one.count;
      return;
    }
  }
  if (notedCount == kMaxNoted) {
    ++unnoted;
    return;
  }
  Noted &one = noted[notedCount++];
  one = {denial.action,     denial.call,      denial.rule, hash,
         denial.isEndpoint, denial.what.size, 1,           {}};
  uint64_t size = one.size < Noted::kShown ? one.size : Noted::kShown;
  __builtin_memcpy(one.what, denial.what.data, size);
}

/// What a rule would have to name. A unix socket has a word before its path.
static void addWanted(Message &message, const Noted &one, Text what) {
  Text action(one.action);
  bool isSocket = action == "connect" || action == "bind" || action == "send";
  if (isSocket && !one.isEndpoint)
    message << "unix:";
  message << (one.isEndpoint ? what.prefix(load::find(what, ' ')) : what);
}

static void addReason(Message &message, const Sandbox &sandbox,
                      const Noted &one, Text what) {
  if (one.rule == kElsewhere) {
    message << "other rules hold below it or where it would go";
    return;
  }
  if (one.rule == SRT_NONE) {
    message << "no rule allows it; `allow " << one.action << " \"";
    addWanted(message, one, what);
    message << "\";` would";
    return;
  }
  Text text = sandbox.text(sandbox.view.rules[one.rule].text);
  message << "denied by " << load::RuleAt{sandbox, one.rule};
  if (text.size != 0)
    message << " (" << text << ")";
}

static void addLine(Message &message, const Sandbox &sandbox,
                    const Noted &one) {
  bool isCut = one.size > Noted::kShown;
  Text what(one.what, isCut ? Noted::kShown : one.size);
  message << "  " << one.action << " `" << what << (isCut ? "...`" : "`")
          << " (" << one.call;
  if (one.count > 1)
    message << ", " << one.count << " times";
  message << "): ";
  addReason(message, sandbox, one, what);
  message.endLine();
}

void printSummary(const Broker &broker) {
  finishReport(broker);
  if (broker.isSilent || notedCount == 0)
    return;
  static Message message;
  message << "srt-load: denied while the command ran:";
  message.endLine();
  // One line for the head, and one for what is left out.
  unsigned shown = notedCount > kMaxLines - 1 ? kMaxLines - 2 : notedCount;
  for (unsigned i = 0; i < shown; ++i)
    addLine(message, *broker.sandbox, noted[i]);
  if (shown < notedCount || unnoted != 0) {
    message << "  and " << uint64_t(notedCount - shown) + unnoted
            << " more; SRT_DENIALS=/FILE writes all of them down";
    message.endLine();
  }
  // Nobody may be reading, and the exit status must not wait for that.
  sys::Poll out = {2, sys::kPollOut, 0};
  sys::TimeSpec now = {0, 0};
  if (sys::poll(&out, 1, &now) == 1 && (out.revents & sys::kPollOut) != 0)
    sys::write(2, message.text().data, message.text().size);
}

} // namespace srt::broker
