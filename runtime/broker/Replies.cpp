// runtime/broker/Replies.cpp: answers to questions, as lines of JSON.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one object with the members `ask` and `answer`, each once, in
// whatever order and with whatever blanks; anything else is no answer.
#include "Inquiries.h"

namespace srt::broker {

namespace {
/// Takes a line apart from the front.
class Scan {
public:
  explicit Scan(Text line) : rest(line) {}
  bool accept(char byte) {
    skip();
    bool isThere = rest.size != 0 && rest.data[0] == byte;
    if (isThere)
      rest = rest.suffix(1);
    return isThere;
  }
  /// A string without escapes.
  bool string(Text &text) {
    if (!accept('"'))
      return false;
    uint64_t end = load::find(rest, '"');
    text = rest.prefix(end);
    if (end == rest.size || load::find(text, '\\') != text.size)
      return false;
    rest = rest.suffix(end + 1);
    return true;
  }
  bool number(uint64_t &value) {
    skip();
    unsigned digits = 0;
    value = 0;
    for (; rest.size != 0 && rest.data[0] >= '0' && rest.data[0] <= '9';
         rest = rest.suffix(1), ++digits)
      value = value * 10 + uint64_t(rest.data[0] - '0');
    return digits != 0 && digits <= 18;
  }
  bool isAtEnd() {
    skip();
    return rest.size == 0;
  }

private:
  void skip() {
    while (rest.size != 0 && (rest.data[0] == ' ' || rest.data[0] == '\t' ||
                              rest.data[0] == '\r'))
      rest = rest.suffix(1);
  }
  Text rest;
};
} // namespace

static bool kindOf(Text word, Reply &reply) {
  if (word == "once")
    reply.kind = Reply::Kind::Once;
  else if (word == "session")
    reply.kind = Reply::Kind::Session;
  else
    reply.kind = Reply::Kind::No;
  return word == "once" || word == "session" || word == "no";
}

/// One member; `seen`: which were there before.
static bool readMember(Scan &scan, Reply &reply, unsigned &seen) {
  Text key, word;
  if (!scan.string(key) || !scan.accept(':'))
    return false;
  unsigned bit = key == "ask" ? 1 : key == "answer" ? 2 : 0;
  if (bit == 0 || (seen & bit) != 0)
    return false;
  seen |= bit;
  return bit == 1 ? scan.number(reply.number)
                  : scan.string(word) && kindOf(word, reply);
}

bool readReply(Text line, Reply &reply) {
  Scan scan(line);
  unsigned seen = 0;
  if (!scan.accept('{'))
    return false;
  do {
    if (!readMember(scan, reply, seen))
      return false;
  } while (scan.accept(','));
  return seen == 3 && scan.accept('}') && scan.isAtEnd();
}

} // namespace srt::broker
