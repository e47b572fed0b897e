// runtime/broker/ExecCall.cpp: execve and execveat, judged twice.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no instruction of a program runs that the rules deny with the
// arguments it really got. Nobody can execute a program on behalf of another,
// so the kernel has to read path and arguments again, and they may be others by
// then. What is judged here keeps honest programs from being started at all;
// the image is judged again before its first instruction (Trace.cpp), when the
// arguments are a copy that the caller has no part in.
//
// A guard rail all the same: an interpreter, or the dynamic loader, runs what it
// may read.
#include "Inquiries.h"
#include "Rows.h"

namespace srt::broker {

/// Bytes of arguments that are looked at: more than the kernel takes with the
/// usual limit on the stack (fs/exec.c:bprm_stack_limits, v6.12).
static constexpr uint64_t kMostBytes = 8 << 20;

/// The states of all anchors above a program, fed with its arguments.
class Programs {
public:
  Programs(const Broker &b, Text path) : broker(b) {
    AnchorsOnPath anchors(b, path);
    for (uint32_t row = anchors.next(); row != SRT_NONE; row = anchors.next()) {
      isWhole &= count < kMost;
      if (count < kMost)
        rows[count++] = row;
    }
  }
  void feed(Text bytes) {
    for (unsigned i = 0; i < count; ++i)
      rows[i] = rowAfter(broker.view(), rows[i], bytes);
  }
  /// Whether further arguments change nothing.
  bool isSettled() const {
    for (unsigned i = 0; i < count; ++i)
      if (!isFinal(broker.view(), rows[i]))
        return false;
    return true;
  }
  bool isSame(const Programs &other) const {
    bool isSame = isWhole && other.isWhole && count == other.count;
    for (unsigned i = 0; isSame && i < count; ++i)
      isSame = rows[i] == other.rows[i];
    return isSame;
  }
  /// Whether it may run; `rule` is the one that denies it, or asks.
  bool isPermitted(uint32_t &rule) const {
    return (outcome(rule).permitted() & SRT_ACT_EXEC) != 0 && isWhole;
  }
  bool isQuestion(uint32_t &rule) const {
    return (outcome(rule).questioned() & SRT_ACT_EXEC) != 0 && isWhole;
  }

private:
  Outcome outcome(uint32_t &rule) const {
    Findings findings(broker.view());
    for (unsigned i = 0; i < count; ++i)
      findings.add(broker.view(), rows[i]);
    rule = rulingPair(broker.view(), findings, SRT_ACT_EXEC);
    return findings.settle(broker.view());
  }
  /// Two for each component that a path may have, spelled and led to, are never
  /// met by a policy of this size; more is a no.
  static constexpr unsigned kMost = 256;
  const Broker &broker;
  uint32_t rows[kMost];
  unsigned count = 0;
  bool isWhole = true;
};

/// Feeds one argument with the NUL before it. Returns its size or an error.
static long feedArgument(uint32_t tid, uint64_t from, Programs &programs) {
  constexpr uint64_t kPage = 4096; // a piece never crosses one, see Tracee.cpp
  static char bytes[kPage];
  programs.feed({"", 1});
  for (uint64_t size = 0; size < kMostBytes;) {
    uint64_t room = kPage - (from + size) % kPage;
    long got = sys::readMemory(tid, bytes, from + size, room);
    if (got <= 0)
      return got == 0 ? -EFAULT : got;
    uint64_t end = load::find({bytes, uint64_t(got)}, 0);
    programs.feed({bytes, end});
    size += end;
    if (end < uint64_t(got) || programs.isSettled())
      return long(size);
  }
  return -E2BIG;
}

/// Feeds all arguments behind argv[0]. Returns 0 or an error.
static long feedArguments(uint32_t tid, uint64_t argv, Programs &programs) {
  uint64_t total = 0;
  for (uint64_t i = 0; argv != 0 && !programs.isSettled(); ++i) {
    uint64_t pointer = 0;
    long got = sys::readMemory(tid, &pointer, argv + i * 8, sizeof pointer);
    if (got != long(sizeof pointer))
      return -EFAULT;
    if (pointer == 0)
      return 0;
    long size = i == 0 ? 0 : feedArgument(tid, pointer, programs);
    if (size < 0)
      return size;
    total += uint64_t(size) + sizeof pointer;
    if (total > kMostBytes)
      return -E2BIG;
  }
  return 0;
}

namespace {
/// A program and its arguments, in words for somebody who is asked about them.
struct Told {
  char bytes[kAsked + 1];
  uint64_t size = 0;
  Text text() const { return {bytes, size}; }
  bool add(Text more) {
    bool fits = more.size <= sizeof bytes - size;
    if (fits)
      __builtin_memcpy(bytes + size, more.data, more.size);
    size += fits ? more.size : 0;
    return fits;
  }
};
} // namespace

/// Adds one argument, of a few words; false if it does not fit.
static bool tellArgument(uint32_t tid, uint64_t from, Told &told) {
  char piece[256];
  for (;;) {
    uint64_t room = sizeof piece - from % sizeof piece; // crosses no page
    long got = sys::readMemory(tid, piece, from, room);
    if (got <= 0)
      return false;
    uint64_t end = load::find({piece, uint64_t(got)}, 0);
    if (!told.add({piece, end}))
      return false;
    if (end < uint64_t(got))
      return true;
    from += uint64_t(got);
  }
}

static bool tell(uint32_t tid, Text path, uint64_t argv, Told &told) {
  bool isWhole = told.add(path);
  for (uint64_t i = 1; argv != 0 && isWhole; ++i) {
    uint64_t pointer = 0;
    if (sys::readMemory(tid, &pointer, argv + i * 8, sizeof pointer) !=
        long(sizeof pointer))
      return false;
    if (pointer == 0)
      return true;
    isWhole = told.add(" ") && tellArgument(tid, pointer, told);
  }
  return isWhole;
}

/// Asks about what stands there now. The arguments may have changed since they were
/// judged, so what was granted is compared with those of the image in the end.
static long inquireProgram(const Broker &broker, const Call &call,
                           uint32_t tid, Text path, uint64_t argv,
                           uint32_t rule, Stage stage) {
  static Told told;
  told.size = 0;
  Denial matter = {actionName(SRT_ACT_EXEC), path, false, rule,
                   callName(call.number), call.tid};
  bool isTold = argv != 0 && tell(tid, path, argv, told);
  matter.what = isTold ? told.text() : path;
  if (isTold && stage == Stage::Before)
    return inquire(broker, call, matter, -EACCES);
  if (isTold && isGranted(call, matter))
    return 0;
  report(broker, matter);
  return -EACCES;
}

long judgeProgram(const Broker &broker, const Call &call, uint32_t tid,
                  Text path, uint64_t argv, Stage stage) {
  Programs programs(broker, path);
  long result = feedArguments(tid, argv, programs);
  if (result < 0)
    return result;
  uint32_t rule;
  if (programs.isPermitted(rule)) {
    recordPath(broker, call, path, SRT_ACT_EXEC);
    return 0;
  }
  if (programs.isQuestion(rule))
    return inquireProgram(broker, call, tid, path, argv, rule, stage);
  reportDenial(broker, call, path, SRT_ACT_EXEC, rule);
  return -EACCES;
}

bool runsMore(const Broker &broker, Text from, Text to) {
  if ((broker.actions() & SRT_ACT_EXEC) == 0)
    return false;
  Programs here(broker, from), there(broker, to);
  here.feed({"", 1}); // whatever arguments follow
  there.feed({"", 1});
  uint32_t rule;
  if (there.isSettled() && !there.isPermitted(rule))
    return false;
  if (there.isSettled() && here.isSettled())
    return !here.isPermitted(rule);
  return !there.isSame(here);
}

/// Finds the program, as the caller would.
static long findProgram(const Broker &broker, const Call &call, int dirfd,
                        uint64_t from, int flags, Object &object) {
  Path path;
  long result = readPath(broker, call, from, path);
  if (result < 0)
    return result;
  if (path.size == 0 && (flags & sys::kEmptyPath) != 0)
    return resolveDescriptor(broker, call, dirfd, object);
  bool isKept = (flags & sys::kNoFollow) != 0;
  return resolve(broker, call, dirfd, path, isKept ? Last::Keep : Last::Follow,
                 object);
}

long performExec(Broker &broker, const Call &call, int dirfd, uint64_t path,
                 uint64_t argv, int flags) {
  if ((flags & ~int(sys::kNoFollow | sys::kEmptyPath)) != 0)
    return -EINVAL;
  Object object;
  long result = findProgram(broker, call, dirfd, path, flags, object);
  if (result < 0)
    return result;
  if (sys::isLink(object.status.st_mode))
    return -ELOOP;
  // A file without a name is no program of any rule.
  if (!sys::isRegular(object.status.st_mode) || !object.hasPath)
    return -EACCES;
  result = judgeProgram(broker, call, call.tid, object.path.text(), argv,
                        Stage::Before);
  if (result == 0 && !isWaiting(broker, call.id))
    result = -EACCES;
  return result < 0 ? result : traceExec(broker, call);
}

} // namespace srt::broker
