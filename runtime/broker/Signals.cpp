// runtime/broker/Signals.cpp: the broker has the number that the caller knows,
// and the command another. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a signal that somebody sends to the broker reaches the command;
// one of the terminal reaches both at once, as they are one process group, and
// is the command's to answer. Stopped, continued and ended is the broker when
// the command is. All signals are blocked and read from a descriptor, so that
// none comes between two steps.
#include "Broker.h"

namespace srt::broker {

/// struct signalfd_siginfo, include/uapi/linux/signalfd.h (v6.12).
struct Arrived {
  uint32_t signal;
  int32_t error, code;
  uint32_t pid;
  uint8_t rest[112];
};
static_assert(sizeof(Arrived) == 128);

/// What the caller had, for the command.
static uint64_t callerMask;
static sys::SignalAction callerChild;

void enterSignals(Broker &broker) {
  long result = sys::signalMask(sys::kSigSet, &sys::kAllSignals, &callerMask);
  // Where SIGCHLD is ignored, the kernel keeps no exit status.
  sys::SignalAction standard = {};
  sys::signalAction(sys::kSigChild, &standard, &callerChild);
  broker.signals = sys::signalDescriptor(sys::kAllSignals);
  // What is not blocked never arrives there, the end of the command either.
  if (result >= 0)
    result = broker.signals;
  if (result < 0)
    load::refuse("broker", Message() << "cannot make a descriptor for signals: "
                                     << Errno{result});
}

void leaveSignals() {
  sys::signalAction(sys::kSigChild, &callerChild, nullptr);
  sys::signalMask(sys::kSigSet, &callerMask, nullptr);
}

/// Takes a signal as a process without any handler does.
static void undergo(int signal) {
  sys::SignalAction standard = {};
  uint64_t mask = uint64_t(1) << (signal - 1);
  sys::signalAction(signal, &standard, nullptr);
  sys::kill(sys::getpid(), signal);
  sys::signalMask(sys::kSigUnblock, &mask, nullptr);
  sys::signalMask(sys::kSigBlock, &mask, nullptr);
}

/// Whether the terminal, or the kernel for the terminal, sends it to a whole
/// process group.
static bool isOfGroup(uint32_t signal) {
  return signal == sys::kSigHangup || signal == sys::kSigInterrupt ||
         signal == sys::kSigQuit || signal == sys::kSigContinue ||
         signal == sys::kSigTtyStop || signal == sys::kSigTtyIn ||
         signal == sys::kSigTtyOut || signal == sys::kSigWindow;
}

static void forward(const Broker &broker, const Arrived &arrived) {
  bool isOfKernel = arrived.code > 0; // SI_KERNEL; SI_USER is 0
  // Our own: SIGPIPE and SIGXFSZ for what the broker writes.
  if (long(arrived.pid) == broker.pid)
    return;
  if (isOfKernel && isOfGroup(arrived.signal))
    return;
  if (broker.child != 0)
    sys::kill(broker.child, arrived.signal);
}

/// The command stopped: so does the broker, until it is continued.
static void stopAlong(const Broker &broker) {
  // Not by the signal of the command: one of the terminal stops nobody in a
  // process group without a shell (kernel/signal.c:get_signal, v6.12).
  sys::kill(sys::getpid(), sys::kSigStop);
  // Whoever continues the broker means the command.
  sys::kill(broker.child, sys::kSigContinue);
}

static void takeChildren(Broker &broker) {
  // WNOHANG, WUNTRACED; __WALL, for threads that are traced.
  constexpr long kNoHang = 1, kUntraced = 2, kThreads = 0x40000000;
  for (;;) {
    int32_t status;
    long pid = sys::wait(-1, &status, kNoHang | kUntraced | kThreads);
    if (pid <= 0)
      return;
    bool isStopped = (status & 0xff) == 0x7f;
    if (isStopped && takeTrace(broker, pid, status))
      continue;
    if (!isStopped)
      forgetTrace(broker, pid);
    if (pid != broker.child) {
      if (isStopped)
        continue;
      if (pid == broker.reader)
        broker.reader = 0; // its number may become another's
      if (pid == broker.resolverPid)
        broker.resolverPid = 0;
      forgetWaiter(broker, pid);
    } else if (isStopped) {
      stopAlong(broker);
    } else {
      broker.child = 0;
      broker.status = status;
      broker.hasEnded = true;
    }
  }
}

void takeSignals(Broker &broker) {
  // Whoever sends many must not keep the broker from all others, or from its
  // end.
  constexpr unsigned kAtOnce = 16;
  Arrived arrived;
  for (unsigned i = 0; i < kAtOnce && !broker.hasEnded &&
                       sys::read(broker.signals, &arrived, sizeof arrived) ==
                           long(sizeof arrived);
       ++i)
    if (arrived.signal == sys::kSigChild)
      takeChildren(broker); // whoever sent it: asking is never wrong
    else
      forward(broker, arrived);
}

void endLikeCommand(const Broker &broker) {
  int signal = broker.status & 0x7f;
  if (signal == 0)
    sys::exitGroup(broker.status >> 8 & 0xff);
  constexpr uint32_t kCore = 4; // RLIMIT_CORE: the core is the command's
  sys::Limit none = {0, 0};
  sys::prlimit(kCore, &none, nullptr);
  undergo(signal);
  sys::exitGroup(128 + signal);
}

} // namespace srt::broker
