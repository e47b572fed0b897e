// runtime/broker/Start.cpp: a command, and the broker beside it.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the command runs under the whole bundle with a broker that
// serves it, or not at all. Both are in one Landlock domain, made before the
// two part: so the kernel checks again what the broker does on behalf of the
// command, and the broker may read the command's memory
// (security/landlock/task.c:hook_ptrace_access_check, v6.12). The command then
// enters one below it, from which it can neither signal nor trace the broker:
// who stops the broker would stop whoever waits for it. Nobody else ever has
// the listener: the command's copy closes when it is executed.
#include "Inquiries.h"
#include "Mediate.h"
#include "Resolver.h"

namespace srt::broker {

static constexpr const char *kStep = "broker";
static constexpr long kShareDescriptors = 0x400; // CLONE_FILES

/// One process, one broker.
static Broker broker;

/// A descriptor whose number the listener is to have: a limit on the number of
/// descriptors may be low.
static long lowest = -1;

/// What the two parts of the start say to each other.
struct Meeting {
  long ofBroker, ofCommand; // the two ends of a socket
  long parent;
};

void openOutside(const Sandbox &sandbox, long (&kept)[2]) {
  openReport(broker, sandbox);
  openAsker(broker, sandbox);
  kept[0] = broker.report;
  kept[1] = broker.asker;
}

/// Whether /proc counts processes as this one does. Where it is that of an
/// outer namespace, the broker would take other processes for its callers, and
/// would not know its own directory.
static bool isOwnProc() {
  Path self;
  Spelling own;
  own << uint64_t(sys::getpid());
  long size = sys::readlinkAt(broker.proc, "self", self.room(Path::kCapacity),
                              Path::kCapacity);
  if (size <= 0 || uint64_t(size) >= Path::kCapacity)
    return false;
  self.cut(uint64_t(size));
  return self.text() == own.whole();
}

/// Notes where /proc is, by which the broker reaches and knows objects.
static void checkProc() {
  struct stat status;
  broker.proc = sys::open("/proc", O_PATH | O_CLOEXEC | O_DIRECTORY);
  long result = broker.proc;
  sys::FileSystem system = {};
  if (result >= 0)
    result = sys::fileSystem(broker.proc, system);
  if (result >= 0)
    result = sys::statDescriptor(broker.proc, status);
  if (result < 0 || system.type != sys::kProcMagic)
    load::refuse(kStep, Message() << "/proc is not there",
                 "the policy has rules that need it: mount procfs");
  if (!isOwnProc())
    load::refuse(
        kStep, Message() << "/proc is that of another pid namespace",
        "the policy has rules that need its own: mount procfs anew, as "
        "`unshare --mount-proc` does");
  broker.procDevice = status.st_dev;
  if (sys::statAt(sys::kCwd, "/", sys::kFollow, status) == 0)
    broker.rootDevice = status.st_dev;
}

void prepare(Sandbox &sandbox) {
  broker.sandbox = &sandbox;
  if (!sandbox.program && sandbox.view.program_count == 0)
    load::refuse(kStep, Message() << "the bundle has no filter to ask by");
  // Before the loader opens anything, so that the number is a low one.
  lowest = sys::duplicate(2);
}

/// Where Yama lets nobody but ancestors look at a process, the broker becomes
/// the parent of what loses its own. Documentation/admin-guide/LSM/Yama.rst.
static void keepDescendants() {
  constexpr long kSubreaper = 36; // PR_SET_CHILD_SUBREAPER
  char scope = '0';
  Handle file(
      sys::open("/proc/sys/kernel/yama/ptrace_scope", O_RDONLY | O_CLOEXEC));
  if (file.number() >= 0)
    sys::read(file.number(), &scope, 1);
  if (scope != '0')
    sys::prctl(kSubreaper, 1);
}

[[noreturn]] static void refuseFilter(long error) {
  const char *hint = "EINVAL is a kernel without seccomp filters, or a broken "
                     "program";
  if (error == -EBUSY)
    hint = "there is a broker already: a policy that needs one cannot be used "
           "inside of another such policy";
  if (error == -EINVAL)
    hint = "the policy has rules that need Linux 5.19";
  load::refuse("seccomp",
               Message() << "cannot load the filter: " << Errno{error}, hint);
}

/// Loads the filter; returns the listener.
static long loadListening(const Sandbox &sandbox) {
  constexpr long kNewListener = 1 << 3, kWaitKillable = 1 << 5;
  // Killable: a signal must not make the caller ask again for what the broker
  // has done already.
  long listener = load::installFilter(sandbox, kNewListener | kWaitKillable);
  if (listener < 0)
    refuseFilter(listener);
  return listener;
}

/// The kernel writes a core where the process stands, with the rights of the
/// Landlock layer, which is wider than the rules, and asks no filter
/// (fs/coredump.c:do_coredump, v6.12). With a limit of 0 it writes none; a pipe
/// in core_pattern leads out of the sandbox, and gets its cores all the same.
static void forbidCores() {
  constexpr uint32_t kCore = 4; // RLIMIT_CORE
  if ((broker.actions() & (SRT_ACT_WRITE_DATA | SRT_ACT_WRITE_CREATE)) == 0)
    return;
  sys::Limit none = {0, 0};
  long result = sys::prlimit(kCore, &none, nullptr);
  if (result < 0)
    load::refuse(kStep, Message() << "cannot forbid cores: " << Errno{result});
}

/// The command's part: everything that is not the broker's.
[[noreturn]] static void becomeCommand(const Sandbox &sandbox,
                                       const Meeting &meeting, char **argv) {
  constexpr long kParentDeathSignal = 1; // PR_SET_PDEATHSIG
  sys::prctl(kParentDeathSignal, sys::kSigKill);
  long parent = sys::getppid();
  if (parent < 0)
    load::refuse(kStep, Message() << "cannot tell who the broker is: " << Errno{parent});
  if (parent != meeting.parent) // it has refused, and said why
    sys::exitGroup(load::kRefused);
  load::scopeApart(sandbox);
  leaveSignals();
  load::setLimits(sandbox);
  forbidCores();
  char go;
  long got = sys::read(meeting.ofCommand, &go, 1);
  if (got == 0) // the broker has refused, and said why
    sys::exitGroup(load::kRefused);
  if (got < 0)
    load::refuse(kStep, Message() << "cannot wait for the broker: " << Errno{got});
  sys::close(lowest);
  long listener = loadListening(sandbox);
  // From here on only write, execve and exit_group are sure to be allowed.
  long told = sys::write(meeting.ofCommand, &listener, sizeof listener);
  if (told < 0)
    load::refuse(kStep, Message() << "cannot tell the broker: " << Errno{told});
  load::runCommand(sandbox, argv);
}

/// Refuses after the child is there.
[[noreturn]] static void refuseStarted(const Message &cause, const char *hint) {
  sys::kill(broker.child, sys::kSigKill);
  load::refuse(kStep, cause, hint);
}

/// Ends as the child does, which has refused by itself and said why.
[[noreturn]] static void endWithChild() {
  int32_t status = load::kRefused << 8;
  sys::wait(broker.child, &status, 0);
  broker.status = status;
  endLikeCommand(broker);
}

/// Whether the memory of the child can be read, before it becomes the command.
static void checkReading() {
  static const uint32_t kProbe = 0x5254u;
  uint32_t copy = 0;
  long got = sys::readMemory(broker.child, &copy,
                             uint64_t(sys::address(&kProbe)), sizeof copy);
  if (got == -ESRCH) // it has none any more
    endWithChild();
  if (got != long(sizeof copy) || copy != kProbe)
    refuseStarted(Message() << "cannot read the memory of the command: "
                            << Errno{got},
                  "the policy has rules that need it; Yama with a ptrace_scope "
                  "above 1, or the filter of a container, forbids it");
}

/// Whether descriptors of the child can be taken.
static void checkTaking(const Meeting &meeting) {
  if (!broker.view().network)
    return;
  Handle pidfd(sys::pidfdOpen(broker.child));
  Handle taken(sys::descriptorOf(pidfd.number(), meeting.ofCommand));
  if (taken.number() < 0)
    refuseStarted(Message() << "cannot take the sockets of the command: "
                            << Errno{taken.number()},
                  "the policy has network rules that need pidfd_getfd(2); the "
                  "filter of a container forbids it without CAP_SYS_PTRACE");
}

/// Whether the calls by which the broker waits work at all: where the filter of
/// an outer sandbox denies one, the command would wait for ever.
static void checkWaiting() {
  constexpr long kReceive = 0xc0502100; // SECCOMP_IOCTL_NOTIF_RECV
  constexpr long kNoHang = 1;           // WNOHANG
  constexpr sys::TimeSpec kNow = {0, 0};
  sys::Poll polls = {int32_t(broker.signals), sys::kPollIn, 0};
  int32_t status;
  long result = sys::poll(&polls, 1, &kNow);
  // What is asked for is not there: nothing is received, and no child reaped.
  if (sys::wait(broker.pid, &status, kNoHang) != -ECHILD ||
      sys::ioctl(-1, kReceive, nullptr) != -EBADF)
    result = -EPERM;
  if (result < 0)
    refuseStarted(Message() << "cannot wait for the command: " << Errno{result},
                  "the filter of a container may forbid it");
}

/// Waits for the number of the listener; ends if the command could not start.
static long meetListener(const Meeting &meeting) {
  sys::Poll polls[2] = {{int32_t(meeting.ofBroker), sys::kPollIn, 0},
                        {int32_t(broker.signals), sys::kPollIn, 0}};
  for (;;) {
    sys::poll(polls, 2, nullptr);
    long listener;
    if ((polls[0].revents & sys::kPollIn) != 0 &&
        sys::read(meeting.ofBroker, &listener, sizeof listener) ==
            long(sizeof listener))
      return listener;
    if ((polls[1].revents & sys::kPollIn) != 0)
      takeSignals(broker);
    if (broker.hasEnded)
      endLikeCommand(broker);
  }
}

/// Makes the listener ours, and leaves the table of the command.
static void takeListener(long listener) {
  constexpr long kSetFlags = 0x40082104; // SECCOMP_IOCTL_NOTIF_SET_FLAGS
  long result = sys::leaveDescriptors();
  if (result < 0)
    refuseStarted(Message() << "cannot leave the descriptors of the command: "
                            << Errno{result},
                  nullptr);
  broker.listener = listener;
  // The caller and the broker wait for each other, so the kernel need not look
  // for another processor. Before Linux 6.6 it is only slower.
  load::rawCall(__NR_ioctl, listener, kSetFlags, 1);
  for (long fd = 0; fd <= 1; ++fd)
    sys::duplicateTo(broker.proc, fd);
  sys::chdir("/");
}

/// Closes what the loader and the start have left open.
static void closeOthers() {
  constexpr unsigned kOwn = 8;
  long kept[kOwn + kNetworkDescriptors] = {
      broker.listener, broker.signals, broker.proc,  broker.own,
      broker.statuses, broker.report,  broker.asker, broker.events};
  for (unsigned i = 0; i < kNetworkDescriptors; ++i)
    kept[kOwn + i] = networkDescriptor(broker, i);
  long from = 3;
  for (;;) {
    long next = -1;
    for (long fd : kept)
      if (fd >= from && (next < 0 || fd < next))
        next = fd;
    if (next != from)
      sys::closeRange(unsigned(from), next < 0 ? ~0u : unsigned(next - 1));
    if (next < 0)
      return;
    from = next + 1;
  }
}

/// The broker's part, until the command has ended.
[[noreturn]] static void becomeBroker(const Meeting &meeting) {
  constexpr long kSetDumpable = 4; // PR_SET_DUMPABLE
  checkReading();
  checkWaiting();
  checkTaking(meeting);
  openNetwork(broker);
  // Nobody in the sandbox may look at this process. Not sooner: the child would
  // have it too, and could not be read.
  long result = sys::prctl(kSetDumpable, 0);
  if (result >= 0)
    result = sys::write(meeting.ofBroker, "", 1);
  // Without either, the command would look, or wait for ever.
  if (result < 0)
    refuseStarted(Message() << "cannot go on: " << Errno{result}, nullptr);
  long listener = meetListener(meeting);
  takeListener(listener);
  openProc(broker);
  closeOthers();
  serve(broker);
  printSummary(broker);
  endLikeCommand(broker);
}

/// Restricts both. The limits are the command's alone, but for the one on the
/// size of files: the broker truncates them.
static void restrictBoth(Sandbox &sandbox) {
  load::setFileSizeLimit(sandbox);
  load::leaveKeyring(sandbox);
  load::giveUpPrivileges();
  load::dropCapabilities();
  startStatusReader(broker);
  startNetwork(broker);
  startAsking(broker);
  load::restrictSelf(sandbox);
}

static Meeting meet() {
  int32_t pair[2];
  long result = sys::socketPair(pair);
  if (result < 0)
    load::refuse(kStep, Message() << "cannot make a socket: " << Errno{result});
  return {pair[0], pair[1], sys::getpid()};
}

void run(Sandbox &sandbox, char **argv) {
  // Once params and PATH are known, and before anything is restricted.
  findDenying(broker, sandbox);
  findAnchors(broker, sandbox);
  checkProc();
  keepDescendants();
  // Before any process is started: none of them is to die of a signal that the
  // terminal sends to all of us.
  enterSignals(broker);
  Meeting meeting = meet();
  restrictBoth(sandbox);
  long pid = sys::clone(kShareDescriptors | sys::kSigChild);
  if (pid < 0)
    load::refuse(kStep, Message() << "cannot start a process: " << Errno{pid});
  if (pid == 0)
    becomeCommand(sandbox, meeting, argv);
  broker.pid = sys::getpid();
  broker.child = pid;
  becomeBroker(meeting);
}

} // namespace srt::broker
