// runtime/broker/Denials.cpp: a line of JSON for each denial.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one write(2) of at most PIPE_BUF bytes a line, so that lines of
// several sandboxes do not mix; never waits, and never fails the command: what
// cannot be written is counted and told when it can. A path is valid UTF-8 or
// hexadecimal, so every line is JSON whatever a file is called.
#include "Inquiries.h"
#include "SocketCalls.h"

namespace srt::broker {

static constexpr const char *kStep = "denials";
static constexpr const char *kVariable = "SRT_DENIALS";
static constexpr const char *kRunVariable = "SRT_RUN";

/// What the log calls this run; empty: it is no log of several runs.
static Text run;
/// What was written of such a log, and denials that had no room.
static uint64_t written, dropped;

/// A line being put together; what does not fit is left out.
struct Line {
  static constexpr uint64_t kCapacity = 4096; // PIPE_BUF, linux/limits.h
  char bytes[kCapacity];
  uint64_t size = 0;

  Line &operator<<(Text text) {
    for (uint64_t i = 0; i < text.size && size < kCapacity; ++i)
      bytes[size++] = text.data[i];
    return *this;
  }
  Line &operator<<(uint64_t number) {
    Spelling digits;
    digits << number;
    return *this << digits.whole();
  }
};

const char *actionName(uint32_t action) {
  static const char *const kNames[] = {
      "read.data",      "read.list",     "read.metadata", "write.data",
      "write.create",   "write.delete",  "write.rename",  "write.link",
      "write.metadata", "write.special", "ioctl",         "exec",
      "connect",        "bind",          "send"};
  return kNames[__builtin_ctz(action)];
}

/// Bytes of the UTF-8 sequence at the beginning of a text; 0 if it is none.
/// RFC 3629, section 4.
static unsigned sequence(Text text) {
  auto byte = [&](unsigned i) { return uint8_t(text.data[i]); };
  uint8_t first = byte(0);
  if (first < 0x80)
    return 1;
  unsigned size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size < size)
    return 0;
  for (unsigned i = 1; i < size; ++i)
    if ((byte(i) & 0xc0) != 0x80)
      return 0;
  bool isShort =
      (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
  bool isBeyond =
      (first == 0xed && byte(1) > 0x9f) || (first == 0xf4 && byte(1) > 0x8f);
  return isShort || isBeyond ? 0 : size;
}

static bool isUtf8(Text text) {
  while (text.size != 0) {
    unsigned size = sequence(text);
    if (size == 0)
      return false;
    text = text.suffix(size);
  }
  return true;
}

static void addHex(Line &line, uint8_t byte) {
  constexpr const char *kDigits = "0123456789abcdef";
  char pair[2] = {kDigits[byte >> 4], kDigits[byte & 15]};
  line << Text(pair, 2);
}

/// Adds a string as JSON wants it; returns false if it had to be cut.
static bool addString(Line &line, Text text, uint64_t limit) {
  while (text.size != 0) {
    if (line.size >= limit)
      return false;
    unsigned size = sequence(text);
    size = size == 0 ? 1 : size;
    uint8_t byte = uint8_t(text.data[0]);
    if (byte == '"' || byte == '\\')
      line << "\\" << text.prefix(1);
    else if (byte < 0x20)
      line << "\\u00", addHex(line, byte);
    else
      line << text.prefix(size);
    text = text.suffix(size);
  }
  return true;
}

/// `key`: of the member, "path" or "endpoint".
static void addBytes(Line &line, Text key, Text path) {
  constexpr uint64_t kLimit = 3000; // the rest of the line needs its place
  bool isWhole = true;
  if (isUtf8(path)) {
    line << "\"" << key << "\":\"";
    isWhole = addString(line, path, kLimit);
  } else {
    line << "\"" << key << "_hex\":\"";
    for (uint64_t i = 0; i < path.size && isWhole; ++i) {
      isWhole = line.size < kLimit;
      addHex(line, uint8_t(path.data[i]));
    }
  }
  line << (isWhole ? "\"" : "\",\"cut\":true");
}

static void addRule(Line &line, const Sandbox &sandbox, uint32_t number) {
  if (number == SRT_NONE) {
    line << ",\"rule\":null";
    return;
  }
  if (number == kElsewhere) {
    line << ",\"rule\":null,\"text\":\"other rules hold below it or where it "
            "would go\"";
    return;
  }
  constexpr uint64_t kLimit = 3600;
  const srt_rule &rule = sandbox.view.rules[number];
  line << ",\"rule\":\"";
  addString(line, sandbox.text(rule.file), kLimit);
  line << ":" << uint64_t(rule.line) << ":" << uint64_t(rule.column);
  line << "\",\"text\":\"";
  addString(line, sandbox.text(rule.text), kLimit);
  line << "\"";
}

/// The end of a line: in a log of several runs, whose it is and when it was.
static void endLine(Line &line) {
  if (run.size != 0) {
    uint64_t time = uint64_t(sys::timeOfDay());
    line << ",\"id\":\"" << run << "\",\"time\":" << time / 1000 << ".";
    uint64_t rest = time % 1000;
    line << (rest < 10 ? "00" : rest < 100 ? "0" : "") << rest;
  }
  line << "}\n";
}

/// Writes all of it or nothing.
static bool write(long to, const Line &line) {
  long sent = sys::sendQuietly(to, line.bytes, line.size);
  if (sent == -ENOTSOCK)
    sent = sys::write(to, line.bytes, line.size);
  return sent == long(line.size);
}

/// The rest of the line: what it is about, and the rule.
static void addMatter(Line &line, const Broker &broker, const Denial &denial) {
  addBytes(line, denial.isEndpoint ? "endpoint" : "path", denial.what);
  line << ",\"call\":\"" << denial.call << "\"";
  if (denial.tid != 0)
    line << ",\"pid\":" << uint64_t(denial.tid);
  addRule(line, *broker.sandbox, denial.rule);
}

static void writeDropped(const Broker &broker) {
  Line missing;
  missing << "{\"dropped\":" << dropped;
  endLine(missing);
  if (write(broker.report, missing))
    dropped = 0;
}

/// Adds a line to the log. A log of several runs does not grow without end,
/// whatever one of them does.
static void log(const Broker &broker, const Line &line) {
  constexpr uint64_t kMost = 1 << 20;
  bool isFull = run.size != 0 && written > kMost;
  if (!isFull && dropped != 0)
    writeDropped(broker);
  if (!isFull && write(broker.report, line))
    written += line.size;
  else
    ++dropped;
}

void finishReport(const Broker &broker) {
  if (broker.report >= 0 && run.size != 0 && dropped != 0)
    writeDropped(broker);
}

static void writeLine(const Broker &broker, const Denial &denial) {
  if (broker.report < 0)
    return;
  Line line;
  line << "{\"denied\":\"" << denial.action << "\",";
  addMatter(line, broker, denial);
  endLine(line);
  log(broker, line);
}

bool writePermitted(const Broker &broker, const Denial &matter) {
  Line line;
  line << "{\"permitted\":\"" << matter.action << "\",";
  addBytes(line, matter.isEndpoint ? "endpoint" : "path", matter.what);
  line << ",\"call\":\"" << matter.call << "\"}\n";
  return write(broker.report, line);
}

bool writeQuestion(const Broker &broker, uint64_t number, const Denial &matter) {
  Line line;
  line << "{\"ask\":" << number << ",\"action\":\"" << matter.action << "\",";
  addMatter(line, broker, matter);
  Line question = line;
  question << "}\n";
  if (!write(broker.asker, question))
    return false;
  if (broker.report >= 0 && run.size != 0) {
    endLine(line);
    log(broker, line);
  }
  return true;
}

void writeGone(const Broker &broker, uint64_t number) {
  Line line;
  line << "{\"gone\":" << number << "}\n";
  if (broker.asker >= 0)
    (void)write(broker.asker, line); // it may have hung up
}

void noteAnswer(const Broker &broker, uint64_t number, const char *word) {
  if (broker.report < 0 || run.size == 0)
    return;
  Line line;
  line << "{\"answered\":" << number << ",\"answer\":\"" << word << "\"";
  endLine(line);
  log(broker, line);
}

void report(const Broker &broker, const Denial &denial) {
  writeLine(broker, denial);
  noteDenial(denial);
}

void reportDenial(const Broker &broker, const Call &call, Text path,
                  uint32_t action, uint32_t rule) {
  report(broker, {actionName(action), path.size == 0 ? Text("/") : path, false,
                  rule, callName(call.number), call.tid});
}

[[noreturn]] static void refuseReport(Text value, long error) {
  load::refuse(kStep,
               Message() << "cannot write to " << kVariable << "=`" << value
                         << "`: " << Errno{error},
               "it is an absolute path or `fd:` and the number of an open "
               "descriptor");
}

/// The descriptor with the number that the caller says, once more, and so that
/// writing to it never waits.
static long takeDescriptor(Text digits) {
  uint64_t number;
  if (!readNumber(digits, number))
    return -EINVAL;
  if (sys::descriptorFlags(long(number)) < 0)
    return -EBADF;
  // Opened anew, O_NONBLOCK is ours alone; the flag on a copy would be seen by
  // everybody who has the same pipe. A socket cannot be opened, and needs none.
  Spelling name = pathOfDescriptor(number);
  long fd = sys::open(name.text(),
                      O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  return fd == -ENXIO ? sys::duplicate(long(number)) : fd;
}

/// The name comes from outside, and stands in every line.
static void readRun(const Sandbox &sandbox) {
  constexpr uint64_t kMost = 40;
  Text value = load::variable(sandbox.callerEnv, kRunVariable);
  bool isName = value.size <= kMost;
  for (uint64_t i = 0; i < value.size && isName; ++i)
    isName = (value.data[i] >= '0' && value.data[i] <= '9') || value.data[i] == '-';
  if (!isName)
    load::refuse(kStep, Message() << kRunVariable << "=`" << value
                                  << "` is no name of a run",
                 "it is digits and `-`, at most 40; srt sets it");
  run = value;
}

void openReport(Broker &broker, const Sandbox &sandbox) {
  readRun(sandbox);
  broker.isSilent =
      load::variable(sandbox.callerEnv, "SRT_SUMMARY") == Text("off");
  broker.isRecording =
      load::variable(sandbox.callerEnv, "SRT_RECORD") == Text("all");
  Text value = load::variable(sandbox.callerEnv, kVariable);
  if (value.size == 0)
    return;
  long fd = -EINVAL;
  if (load::startsWith(value, "fd:"))
    fd = takeDescriptor(value.suffix(3));
  else if (value.data[0] == '/')
    fd = sys::openMode(sys::kCwd, value.data,
                       O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
                           O_NONBLOCK | O_NOCTTY,
                       0600);
  if (fd < 0)
    refuseReport(value, fd);
  broker.report = fd;
}

} // namespace srt::broker
