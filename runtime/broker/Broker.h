// runtime/broker/Broker.h: what the parts of the broker share.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: nothing here lets a call of the command go on by itself but
// execve, which is judged again (Trace.cpp), and calls that receive, which are
// no decision (ReceiveCall.cpp): every other notification is answered with a result of a call that the broker made, or with an error.
// Nothing is allocated once the command runs.
#ifndef SRT_RUNTIME_BROKER_BROKER_H
#define SRT_RUNTIME_BROKER_BROKER_H

#include "System.h"
#include "runtime/loader/Loader.h"

namespace srt::broker {

namespace sys = load::sys;
using load::Errno;
using load::Message;
using load::Path;
using load::Sandbox;
using load::Text;

/// A few words and numbers put together: a name below /proc.
class Spelling {
public:
  Spelling &operator<<(Text text);
  Spelling &operator<<(uint64_t number);
  const char *text() const { return bytes; }
  Text whole() const { return {bytes, size}; }

private:
  char bytes[64] = {};
  uint64_t size = 0;
};

/// Spelling.cpp: "/proc/self/fd/N", by which a call that takes a path acts on
/// what a descriptor of ours refers to.
Spelling pathOfDescriptor(uint64_t number);
/// Spelling.cpp: reads a number of one to nine digits; false if it is none.
bool readNumber(Text digits, uint64_t &number);

/// A descriptor that is closed at the end of its block.
class Handle {
public:
  Handle() = default;
  explicit Handle(long number) : fd(number) {}
  Handle(const Handle &) = delete;
  ~Handle() { reset(-1); }
  long number() const { return fd; }
  void reset(long number) {
    if (fd >= 0)
      sys::close(fd);
    fd = number;
  }
  long release() {
    long number = fd;
    fd = -1;
    return number;
  }

private:
  long fd = -1;
};

/// struct seccomp_notif, include/uapi/linux/seccomp.h (v6.12).
struct Call {
  uint64_t id;
  uint32_t tid; // of the thread that calls
  uint32_t flags;
  int32_t number; // struct seccomp_data from here on
  uint32_t arch;
  uint64_t instruction;
  uint64_t args[6];
};
static_assert(sizeof(Call) == 80);

/// A place whose rules start at a row of the automaton. The path is a word of
/// the automaton: "" for the root directory, else "/a/b".
struct Anchor {
  Text path;
  uint32_t row;
  uint32_t next; // index of another with the same hash; SRT_NONE: last
};

/// An open(2) that may have to wait, done by a process of its own.
struct Waiter {
  long pid; // 0: this slot is free
  uint64_t id;
  long fd; // O_PATH, kept so that a successor can begin anew
  long flags, newFlags;
};

inline constexpr unsigned kMaxWaiters = 64;
/// Not in Broker: this is zero at first and takes no room in the executable.
extern Waiter waiters[kMaxWaiters];

struct Broker {
  const Sandbox *sandbox = nullptr;
  Anchor *anchors = nullptr;
  uint32_t anchorCount = 0;
  uint8_t *isDenying = nullptr; // by row; see States.cpp
  uint8_t *isAllowing = nullptr;
  uint32_t *buckets = nullptr; // indices into anchors, SRT_NONE: none
  uint32_t bucketMask = 0;
  long listener = -1;
  long signals = -1;  // signalfd(2)
  long proc = -1;     // O_PATH: /proc
  long own = -1;      // O_PATH: /proc/self/fd of this process
  long statuses = -1; // socket to the reader of /proc/TID/status; see Umask.cpp
  long reader = 0;    // that process; 0: none, or it has ended
  long events = -1;   // epoll(7) of the network; see Events.h
  long resolver = -1; // socket to srt-resolve
  long resolverPid = 0; // 0: none, or it has ended
  long report = -1;   // where denials are written; see Denials.cpp
  long asker = -1;    // whom `ask` rules ask; see Inquiries.cpp
  long pid = 0;       // this process
  long child = 0;     // the command; 0: it has ended
  int32_t status = 0; // of the command, as wait(2) gives it
  uint64_t procDevice = 0, rootDevice = 0;
  bool hasEnded = false;
  bool isSilent = false; // no summary
  bool isRecording = false; // what is permitted is written as well
  unsigned waiterCount = 0;
  unsigned traceCount = 0;

  const srt_view &view() const { return sandbox->view; }
  uint32_t actions() const { return view().mediation->actions; }
};

/// No error of the kernel: the notification has been answered, or will be.
inline constexpr long kAnswered = -4096;

/// Listener.cpp: takes a notification; false if there is none any more.
bool receive(const Broker &broker, Call &call);
/// Listener.cpp: whether the caller still waits. To be asked after everything
/// that was read of it, for its number may have become another's.
bool isWaiting(const Broker &broker, uint64_t id);
/// Listener.cpp: answers with a result or a negated errno.
void answer(const Broker &broker, uint64_t id, long result);
/// Listener.cpp: lets the kernel do the call. Only for what is judged once
/// more, or not at all.
void letGoOn(const Broker &broker, uint64_t id);
/// Listener.cpp: answers with a copy of a descriptor of ours.
/// `newFlags`: 0 or O_CLOEXEC.
void answerDescriptor(const Broker &broker, uint64_t id, long fd,
                      long newFlags);
/// Listener.cpp: the same, for a process that may be killed meanwhile. Killed
/// within the other, it would leave the caller with 0 as its result
/// (kernel/seccomp.c:seccomp_notify_addfd, v6.12, where the wait is
/// interrupted); and the caller would no longer count as waiting.
void answerInSteps(const Broker &broker, uint64_t id, long fd, long newFlags);

/// Tracee.cpp: reads a path of the caller. Returns 0 or a negated errno.
long readPath(const Broker &broker, const Call &call, uint64_t from,
              Path &path);
/// Tracee.cpp: reads exactly `size` bytes. Returns 0 or a negated errno.
long readBytes(const Broker &broker, const Call &call, uint64_t from, void *to,
               uint64_t size);
/// Tracee.cpp: opens what a relative path begins at, O_PATH.
long openBase(const Broker &broker, const Call &call, int dirfd, Handle &base);

enum class Last { Follow, Keep };

/// An object that was reached, and its place.
struct Object {
  Handle fd; // O_PATH
  struct stat status = {};
  Path path; // a word of the automaton; empty without one
  /// A pipe, a socket, a file without a name: the caller's own, as nobody can
  /// reach it but by a descriptor.
  bool hasPath = true;
};

/// Resolve.cpp: finds what a path of the caller leads to, as the caller would.
/// Returns 0 or a negated errno.
long resolve(const Broker &broker, const Call &call, int dirfd,
             const Path &path, Last last, Object &object);
/// Resolve.cpp: the same, from a directory of ours, which may be taken.
long resolveFrom(const Broker &broker, const Call &call, Handle &base,
                 const Path &path, Last last, Object &object);
/// Resolve.cpp: fills status and path of `object` from its descriptor; EACCES
/// if it is no place of the command.
long look(const Broker &broker, Object &object);
/// Resolve.cpp: the object behind a descriptor of the caller.
long resolveDescriptor(const Broker &broker, const Call &call, int number,
                       Object &object);
/// Resolve.cpp: whether an object is in the directory of this process in /proc.
bool isOurs(const Broker &broker, const Object &object);
/// Steps.cpp: the same as resolve, component by component, for paths that go
/// through /proc. `base`: where a relative path begins.
long resolveBySteps(const Broker &broker, const Call &call, Handle &base,
                    const Path &path, Last last, Object &object);

/// A name in a directory, to be made or removed.
struct Name {
  Object parent;
  char last[260]; // as the kernel is to see it; maybe with one slash behind
  bool isPlain;   // false: "", "." or "..", which the kernel always refuses
  Path path;      // a word: place of the parent, slash, name
};

/// Names.cpp: finds the directory of a name. Returns 0 or a negated errno.
long resolveName(const Broker &broker, const Call &call, int dirfd,
                 const Path &path, Name &name);
/// Names.cpp: the same, from a directory of ours, which is taken.
long resolveNameFrom(const Broker &broker, const Call &call, Handle &base,
                     const Path &path, Name &name);
/// Names.cpp: the status of what has the name; links are not followed.
long lookAt(const Name &name, struct stat &status);

/// What the rules say of a path.
struct Outcome {
  uint32_t allowed, asked, denied;
  uint32_t permitted() const { return allowed & ~asked & ~denied; }
  uint32_t questioned() const { return asked & ~denied; }
};

/// Judge.cpp: the outcome for a path. Requires: a word.
Outcome outcomeOf(const Broker &broker, Text path);
/// Judge.cpp: the rule that denies an action on a path; SRT_NONE: no rule
/// allows it.
uint32_t decidingRule(const Broker &broker, Text path, uint32_t action);
/// States.cpp: whether moving a directory from one place to the other changes
/// nothing for all that could ever be in it.
bool isSameState(const Broker &broker, Text one, Text other);
/// States.cpp: whether rules are anchored below a path.
bool isAboveAnchor(const Broker &broker, Text path);
/// States.cpp: finds the rows from which something is denied, and those from
/// which something is allowed. Before anything is restricted.
void findDenying(Broker &broker, Sandbox &sandbox);
/// States.cpp: whether rules are anchored below a path, or some pattern speaks
/// of what is in it: it is a name on the way to a rule.
bool leadsToRule(const Broker &broker, Text path);
/// States.cpp: whether a link may stand at a path: not where rules hang on it,
/// nor on the way to some. The next start would follow it.
bool mayBeLink(const Broker &broker, Text path);
/// Anchors.cpp: resolves and sorts the anchors. Before anything is restricted.
/// Requires: findDenying.
void findAnchors(Broker &broker, Sandbox &sandbox);
uint32_t hashStep(uint32_t hash, char byte);
/// Anchors.cpp: the first anchor with that hash and path; SRT_NONE: none.
uint32_t findAnchor(const Broker &broker, uint32_t hash, Text path);
inline constexpr uint32_t kHashStart = 2166136261u; // FNV-1a

/// Permit.cpp: 0 if all `needed` actions are permitted on the path, else
/// `error`, after reporting the denial.
long permit(const Broker &broker, const Call &call, Text path, uint32_t needed,
            long error);
/// Permit.cpp: the same for an object; what has no path is permitted.
long permit(const Broker &broker, const Call &call, const Object &object,
            uint32_t needed, long error);

/// Instead of a rule: what is below, or the content, would be judged otherwise
/// at the other place.
inline constexpr uint32_t kElsewhere = SRT_NONE - 1;
/// Permit.cpp: reports that, and returns `error`.
long refuseMove(const Broker &broker, const Call &call, Text path,
                uint32_t action, long error);

/// Calls.cpp: performs a call of the command. Returns its result, a negated
/// errno or kAnswered.
long perform(Broker &broker, const Call &call);
/// Calls.cpp: "openat" and the like, for reports.
const char *callName(int32_t number);

/// The calls; each returns a result, a negated errno, or kAnswered.
long performOpen(Broker &broker, const Call &call, int dirfd, uint64_t path,
                 long flags, long mode);
long performMkdir(Broker &broker, const Call &call, int dirfd, uint64_t path,
                  long mode);
long performMknod(Broker &broker, const Call &call, int dirfd, uint64_t path,
                  long mode, long device);
long performSymlink(Broker &broker, const Call &call, uint64_t target,
                    int dirfd, uint64_t path);
long performUnlink(Broker &broker, const Call &call, int dirfd, uint64_t path,
                   long flags);
long performRename(Broker &broker, const Call &call, int fromFd, uint64_t from,
                   int toFd, uint64_t to, long flags);
long performLink(Broker &broker, const Call &call, int fromFd, uint64_t from,
                 int toFd, uint64_t to, long flags);
long performTruncate(Broker &broker, const Call &call, uint64_t path,
                     long size);

/// Watch.cpp: inotify_add_watch.
long performWatch(Broker &broker, const Call &call, int watcher, uint64_t path,
                  uint32_t mask);
long performExec(Broker &broker, const Call &call, int dirfd, uint64_t path,
                 uint64_t argv, int flags);

/// Whether a program is judged before the call goes on, when there is time to ask
/// somebody, or as an image.
enum class Stage { Before, Image };
/// ExecCall.cpp: 0 if a program may run with the arguments that are at `argv` in
/// the memory of `tid`, else a negated errno, after reporting the denial, or
/// kAnswered.
long judgeProgram(const Broker &broker, const Call &call, uint32_t tid,
                  Text path, uint64_t argv, Stage stage);
/// ExecCall.cpp: whether a program might be run at one place with arguments with
/// which it may not be run at the other.
bool runsMore(const Broker &broker, Text from, Text to);
/// Trace.cpp: lets the caller go on, to be judged again. Returns kAnswered or a
/// negated errno.
long traceExec(Broker &broker, const Call &call);
/// Trace.cpp: takes a stop of a process; false if it is not one of a trace.
bool takeTrace(Broker &broker, long pid, int32_t status);
/// Trace.cpp: forgets a process that has ended.
void forgetTrace(Broker &broker, long pid);

/// What a metadata call acts on.
enum class By { Path, Link, Descriptor };
struct Target {
  By by;
  int fd; // the descriptor, or where a relative path begins
  uint64_t path;
  bool mayBeEmpty = false; // AT_EMPTY_PATH
};
long performChmod(Broker &broker, const Call &call, Target target, long mode);
long performChown(Broker &broker, const Call &call, Target target, long uid,
                  long gid);
long performSetAttribute(Broker &broker, const Call &call, Target target);
long performRemoveAttribute(Broker &broker, const Call &call, Target target);
enum class Times { None, Utime, TimeVal, TimeSpec };
long performTimes(Broker &broker, const Call &call, Target target, Times kind,
                  uint64_t times);

/// Umask.cpp: starts the process that reads /proc/TID/status, if the Landlock
/// layer does not allow to read there. Before that layer.
void startStatusReader(Broker &broker);
/// Umask.cpp: ends that process, so that nobody has to bury it later.
void endStatusReader(Broker &broker);
/// Umask.cpp: takes over the umask of the caller. Returns 0 or a negated errno.
long takeUmask(const Broker &broker, const Call &call);
/// Umask.cpp: whether a signal waits for the caller, which cannot take it while
/// the broker has its call.
bool isInterrupted(const Broker &broker, const Call &call);
/// Umask.cpp: the process of a thread.
uint32_t processOf(const Broker &broker, const Call &call);

/// Waiters.cpp: opens `fd` again in a process of its own, which answers.
/// Returns kAnswered or a negated errno.
long openWaiting(Broker &broker, const Call &call, long fd, long flags,
                 long newFlags);
/// Waiters.cpp: forgets a process that has ended.
void forgetWaiter(Broker &broker, long pid);
/// Waiters.cpp: ends those whose caller has gone.
void dropWaiters(Broker &broker);
/// Waiters.cpp: begins all of them again, as children of this process.
void restartWaiters(Broker &broker);

/// Denials.cpp: opens what SRT_DENIALS names. Before anything is closed.
void openReport(Broker &broker, const Sandbox &sandbox);
/// What was denied. The texts but `what` are for ever.
struct Denial {
  const char *action; // its name
  Text what;          // a path, or an endpoint and perhaps more behind a blank
  bool isEndpoint;
  uint32_t rule; // SRT_NONE, kElsewhere or an index
  const char *call;
  uint32_t tid; // 0: not known
};
/// Denials.cpp: one line for a denial, and a note for the summary. Never waits.
void report(const Broker &broker, const Denial &denial);
/// Denials.cpp: one line for what was permitted. Whether it went out whole.
bool writePermitted(const Broker &broker, const Denial &matter);
/// Record.cpp: notes what is permitted, if that is asked for. Never waits.
void record(const Broker &broker, const Denial &matter);
/// Record.cpp: the same for actions on a path.
void recordPath(const Broker &broker, const Call &call, Text path,
                uint32_t actions);
/// Denials.cpp: the same for an action on a path.
void reportDenial(const Broker &broker, const Call &call, Text path,
                  uint32_t action, uint32_t rule);
/// Denials.cpp: the name of an action.
const char *actionName(uint32_t action);
/// Summary.cpp: remembers a denial, and prints what is remembered.
void noteDenial(const Denial &denial);
void printSummary(const Broker &broker);
/// Denials.cpp: tells of what could not be written before, in a log of several
/// runs.
void finishReport(const Broker &broker);

/// Signals.cpp: blocks all signals; `leaveSignals` gives the command back what
/// the caller had.
void enterSignals(Broker &broker);
void leaveSignals();
/// Signals.cpp: forwards signals and waits for processes. Never waits itself.
void takeSignals(Broker &broker);
/// Signals.cpp: ends as the command has ended.
[[noreturn]] void endLikeCommand(const Broker &broker);

/// Loop.cpp: serves until the command has ended; then returns.
void serve(Broker &broker);
/// Loop.cpp: opens what every process that serves needs of /proc.
void openProc(Broker &broker);

} // namespace srt::broker

#endif
