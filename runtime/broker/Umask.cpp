// runtime/broker/Umask.cpp: what only /proc/TID/status says of a caller.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a file is made with the umask of the caller, or not at all. Where
// the Landlock layer of the command, in which the broker is too, does not allow
// to read /proc, a small process that is not in it reads the lines and says
// what they say in numbers. It takes nothing but the number of a thread, and is
// not waited for if somebody stops it.
#include "Resolver.h"

namespace srt::broker {

/// What the reader answers.
struct Facts {
  uint32_t isKnown, umask, process, isSignalled;
};

/// A hexadecimal digit; 16 for anything else.
static uint32_t digitOf(char byte) {
  if (byte >= '0' && byte <= '9')
    return uint32_t(byte - '0');
  return byte >= 'a' && byte <= 'f' ? uint32_t(byte - 'a' + 10) : 16;
}

/// The number behind a label, in a base; 0 if the label is not there.
static uint64_t numberBehind(Text text, Text label, uint32_t base) {
  while (text.size != 0 && !load::startsWith(text, label)) {
    uint64_t line = load::find(text, '\n');
    text = text.suffix(line == text.size ? line : line + 1);
  }
  uint64_t number = 0;
  for (uint64_t i = label.size; i < text.size && text.data[i] != '\n'; ++i)
    if (digitOf(text.data[i]) < base)
      number = number * base + digitOf(text.data[i]);
  return number;
}

/// Whether a signal waits that would end a wait of the kernel's own. One that
/// is meant for the whole process comes to its first thread if that takes it
/// (kernel/signal.c:complete_signal, v6.12), and only then will this thread
/// look.
static bool isSignalled(Text text, uint32_t tid, uint64_t process) {
  uint64_t waiting = numberBehind(text, "SigPnd:", 16);
  if (tid == process)
    waiting |= numberBehind(text, "ShdPnd:", 16);
  return (waiting & ~numberBehind(text, "SigBlk:", 16)) != 0;
}

static Facts readFacts(uint32_t tid) {
  static char bytes[4096];
  Spelling name;
  name << "/proc/" << uint64_t(tid) << "/status";
  Handle file(sys::open(name.text(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0)
    return {};
  long size = sys::read(file.number(), bytes, sizeof bytes);
  if (size <= 0)
    return {};
  // "Umask:\t0022", "Tgid:\t1234": fs/proc/array.c:task_state, v6.12.
  Text text(bytes, uint64_t(size));
  uint64_t process = numberBehind(text, "Tgid:", 10);
  return {1, uint32_t(numberBehind(text, "Umask:", 8)), uint32_t(process),
          isSignalled(text, tid, process)};
}

[[noreturn]] static void readForBroker(long from) {
  // Nobody in the sandbox may look at this process, Landlock or not. Everything
  // else that is open belongs to the broker and the command.
  constexpr long kSetDumpable = 4; // PR_SET_DUMPABLE
  sys::prctl(kSetDumpable, 0);
  sys::duplicateTo(from, 0);
  sys::closeRange(1, ~0u);
  uint32_t tid;
  while (sys::read(0, &tid, sizeof tid) == long(sizeof tid)) {
    Facts facts = readFacts(tid);
    sys::sendQuietly(0, &facts, sizeof facts);
  }
  sys::exitGroup(0);
}

/// Whether the command, and so the broker, may read below /proc.
static bool mayReadProc(const srt_view &view) {
  constexpr uint64_t kReadFile = 1 << 2; // LANDLOCK_ACCESS_FS_READ_FILE
  if (!view.ruleset || (view.ruleset->handled_fs & kReadFile) == 0)
    return true;
  for (uint32_t i = 0; i < view.root_count; ++i) {
    const srt_root &root = view.roots[i];
    Text path(view.strings + root.place.path.offset, root.place.path.size);
    if (root.place.base == SRT_NONE && (root.rights & kReadFile) != 0 &&
        (path == "/" || path == "/proc"))
      return true;
  }
  return false;
}

void startStatusReader(Broker &broker) {
  // An open(2) that the filter sends for another action may make a file too.
  // Sockets may be, too.
  bool isNeeded =
      (broker.actions() & ~SRT_ACT_EXEC) != 0 || broker.view().network;
  if (!isNeeded || mayReadProc(broker.view()))
    return;
  constexpr long kForkLike = sys::kSigChild;
  int32_t pair[2];
  long result = sys::socketPair(pair);
  if (result == 0)
    result = sys::clone(kForkLike);
  if (result < 0)
    load::refuse("broker", Message()
                               << "cannot start a process: " << Errno{result});
  if (result == 0)
    readForBroker(pair[1]);
  sys::close(pair[1]);
  broker.statuses = pair[0];
  broker.reader = result;
}

/// Waits for the socket or a signal, but not for ever.
static void waitShortly(long fd, int64_t milliseconds) {
  sys::Poll poll = {int32_t(fd), sys::kPollIn, 0};
  sys::TimeSpec time = {0, milliseconds * 1000000};
  sys::poll(&poll, 1, &time);
}

void endStatusReader(Broker &broker) {
  if (broker.reader == 0)
    return;
  // Closing the socket would not do, as a waiter may have a copy; and a signal
  // is what Landlock may forbid: the reader is outside of the layer.
  sys::shutdown(broker.statuses);
  buryShortly(broker.reader);
}

void buryShortly(long pid) {
  constexpr long kNoHang = 1; // WNOHANG
  constexpr sys::TimeSpec kMoment = {0, 200000};
  int32_t status;
  for (int i = 0; i < 500 && sys::wait(pid, &status, kNoHang) == 0; ++i)
    sys::poll(nullptr, 0, &kMoment);
}

/// Asks the reader. An answer that is late would be taken for the next one, so
/// after that it is not asked again.
static Facts askReader(const Broker &broker, const Call &call) {
  Facts facts = {};
  long sent = sys::sendQuietly(broker.statuses, &call.tid, sizeof call.tid);
  if (sent == long(sizeof call.tid)) {
    waitShortly(broker.statuses, 900);
    if (sys::receiveQuietly(broker.statuses, &facts, sizeof facts) ==
        long(sizeof facts))
      return facts;
  }
  sys::shutdown(broker.statuses);
  return {};
}

static Facts factsOf(const Broker &broker, const Call &call) {
  Facts facts =
      broker.statuses < 0 ? readFacts(call.tid) : askReader(broker, call);
  return isWaiting(broker, call.id) ? facts : Facts{};
}

long takeUmask(const Broker &broker, const Call &call) {
  Facts facts = factsOf(broker, call);
  if (facts.isKnown == 0)
    return -EACCES;
  sys::umask(long(facts.umask));
  return 0;
}

bool isInterrupted(const Broker &broker, const Call &call) {
  return factsOf(broker, call).isSignalled != 0;
}

uint32_t processOf(const Broker &broker, const Call &call) {
  // Only the first thread of a process has a pidfd without further flags.
  long fd = sys::pidfdOpen(call.tid);
  if (fd >= 0) {
    sys::close(fd);
    return call.tid;
  }
  Facts facts = factsOf(broker, call);
  // /proc has a directory for every thread, too.
  return facts.isKnown != 0 ? facts.process : call.tid;
}

} // namespace srt::broker
