// runtime/broker/Denials.cpp: a line of JSON for each denial.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one write(2) of at most PIPE_BUF bytes a line, so that lines of
// several sandboxes do not mix; never waits, and never fails the command: what
// cannot be written is counted and told when it can. A path is valid UTF-8 or
// hexadecimal, so every line is JSON whatever a file is called.
#include "Inquiries.h"

namespace srt::broker {

static constexpr const char *kStep = "denials";
static constexpr const char *kVariable = "SRT_DENIALS";

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
  line << "}\n";
}

static void writeLine(const Broker &broker, const Denial &denial) {
  static uint64_t dropped = 0;
  if (broker.report < 0)
    return;
  if (dropped != 0) {
    Line missing;
    missing << "{\"dropped\":" << dropped << "}\n";
    if (write(broker.report, missing))
      dropped = 0;
  }
  Line line;
  line << "{\"denied\":\"" << denial.action << "\",";
  addMatter(line, broker, denial);
  if (!write(broker.report, line))
    ++dropped;
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
  return write(broker.asker, line);
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

void openReport(Broker &broker, const Sandbox &sandbox) {
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
