// runtime/broker/System.h: the system calls that only the broker makes.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: as in runtime/loader/Kernel.h, every wrapper returns the result
// of the kernel or the negated errno. Constants are those of the kernel's uapi
// headers, v6.12.
#ifndef SRT_RUNTIME_BROKER_SYSTEM_H
#define SRT_RUNTIME_BROKER_SYSTEM_H

#include "runtime/loader/Kernel.h"

namespace srt::load::sys {

inline constexpr long kEmptyPath = 0x1000; // AT_EMPTY_PATH
inline constexpr long kFollowLink = 0x400; // AT_SYMLINK_FOLLOW

/// struct pollfd, include/uapi/asm-generic/poll.h.
struct Poll {
  int32_t fd;
  int16_t events, revents;
};
inline constexpr int16_t kPollIn = 1, kPollOut = 4, kPollError = 8,
                         kPollHangup = 16;

struct TimeSpec {
  int64_t seconds, nanoseconds;
};

/// struct iovec, include/uapi/linux/uio.h.
struct Vector {
  uint64_t base, size;
};

/// struct sigaction of the kernel; 64-bit machines agree on it.
struct SignalAction {
  uint64_t handler, flags, restorer, mask;
};
inline constexpr uint64_t kAllSignals = ~uint64_t(0);
inline constexpr long kSigBlock = 0, kSigUnblock = 1, kSigSet = 2;
enum Signal : int {
  kSigHangup = 1,
  kSigInterrupt = 2,
  kSigQuit = 3,
  kSigKill = 9,
  kSigPipe = 13,
  kSigChild = 17,
  kSigContinue = 18,
  kSigStop = 19,
  kSigTtyStop = 20,
  kSigTtyIn = 21,
  kSigTtyOut = 22,
  kSigWindow = 28
};

/// What fstatfs(2) says, of which only the first field is looked at.
struct FileSystem {
  int64_t type;
  int64_t rest[14];
};
inline constexpr int64_t kProcMagic = 0x9fa0; // include/uapi/linux/magic.h

inline bool isFifo(uint32_t mode) { return (mode & 0170000) == 0010000; }
inline bool isSocket(uint32_t mode) { return (mode & 0170000) == 0140000; }
inline bool isCharacter(uint32_t mode) { return (mode & 0170000) == 0020000; }

inline long ioctl(long fd, long request, void *data) {
  return rawCall(__NR_ioctl, fd, request, address(data));
}
inline long poll(Poll *polls, long count, const TimeSpec *timeout) {
  return rawCall(__NR_ppoll, address(polls), count, address(timeout), 0, 8);
}
/// fork(2) with more shared between the two than usual.
inline long clone(long flags) { return rawCall(__NR_clone, flags, 0, 0, 0, 0); }
/// Leaves a shared table of descriptors. Not by unshare(2), which the filters
/// of containers forbid for the sake of its other flags.
inline long leaveDescriptors() {
  constexpr long kUnshare = 2; // CLOSE_RANGE_UNSHARE, linux/close_range.h
  constexpr long kNone = 0xffffffff;
  return rawCall(__NR_close_range, kNone, kNone, kUnshare);
}
inline long sessionOf(long pid) { return rawCall(__NR_getsid, pid); }
inline long prctl(long option, long value) {
  return rawCall(__NR_prctl, option, value, 0, 0, 0);
}
inline long getpid() { return rawCall(__NR_getpid); }
inline long getppid() { return rawCall(__NR_getppid); }
inline long kill(long pid, long signal) {
  return rawCall(__NR_kill, pid, signal);
}
inline long wait(long pid, int32_t *status, long options) {
  return rawCall(__NR_wait4, pid, address(status), options, 0);
}
inline long pidfdOpen(long pid) { return rawCall(__NR_pidfd_open, pid, 0); }
inline long signalMask(long how, const uint64_t *set, uint64_t *old) {
  return rawCall(__NR_rt_sigprocmask, how, address(set), address(old), 8);
}
inline long signalAction(long signal, const SignalAction *set,
                         SignalAction *old) {
  return rawCall(__NR_rt_sigaction, signal, address(set), address(old), 8);
}
inline long signalDescriptor(uint64_t mask) {
  return rawCall(__NR_signalfd4, -1, address(&mask), 8, O_CLOEXEC | O_NONBLOCK);
}
inline long socketPair(int32_t *pair) {
  constexpr long kUnix = 1, kSeqPacket = 5;
  return rawCall(__NR_socketpair, kUnix, kSeqPacket | O_CLOEXEC, 0,
                 address(pair));
}
inline long descriptorOf(long pidfd, long number) {
  return rawCall(__NR_pidfd_getfd, pidfd, number, 0);
}
inline long addWatch(long watcher, const char *path, uint32_t mask) {
  return rawCall(__NR_inotify_add_watch, watcher, address(path), long(mask));
}
inline long shutdown(long fd) {
  constexpr long kBoth = 2; // SHUT_RDWR
  return rawCall(__NR_shutdown, fd, kBoth);
}
inline long sendQuietly(long fd, const void *from, uint64_t size) {
  constexpr long kDontWait = 0x40, kNoSignal = 0x4000;
  return rawCall(__NR_sendto, fd, address(from), long(size),
                 kDontWait | kNoSignal, 0, 0);
}
inline long receiveQuietly(long fd, void *to, uint64_t size) {
  constexpr long kDontWait = 0x40; // MSG_DONTWAIT
  return rawCall(__NR_recvfrom, fd, address(to), long(size), kDontWait, 0, 0);
}
inline long duplicate(long fd) {
  constexpr long kCopy = 1030; // F_DUPFD_CLOEXEC, include/uapi/linux/fcntl.h
  return rawCall(__NR_fcntl, fd, kCopy, 3);
}
inline long duplicateTo(long fd, long number) {
  return rawCall(__NR_dup3, fd, number, O_CLOEXEC);
}
inline long readMemory(long pid, void *to, uint64_t from, uint64_t size) {
  Vector own = {uint64_t(address(to)), size}, other = {from, size};
  return rawCall(__NR_process_vm_readv, pid, address(&own), 1, address(&other),
                 1, 0);
}
inline long fileSystem(long fd, FileSystem &out) {
  return rawCall(__NR_fstatfs, fd, address(&out));
}
inline long chdir(const char *path) {
  return rawCall(__NR_chdir, address(path));
}
inline long umask(long mask) { return rawCall(__NR_umask, mask); }
inline long openMode(long at, const char *path, long flags, long mode) {
  return rawCall(__NR_openat, at, address(path), flags, mode);
}
inline long mkdirAt(long at, const char *path, long mode) {
  return rawCall(__NR_mkdirat, at, address(path), mode);
}
inline long mknodAt(long at, const char *path, long mode, long device) {
  return rawCall(__NR_mknodat, at, address(path), mode, device);
}
inline long symlinkAt(const char *target, long at, const char *path) {
  return rawCall(__NR_symlinkat, address(target), at, address(path));
}
inline long linkAt(long from, const char *source, long to, const char *target,
                   long flags) {
  return rawCall(__NR_linkat, from, address(source), to, address(target),
                 flags);
}
inline long renameAt(long from, const char *source, long to, const char *target,
                     long flags) {
  return rawCall(__NR_renameat2, from, address(source), to, address(target),
                 flags);
}
inline long unlinkAt(long at, const char *path, long flags) {
  return rawCall(__NR_unlinkat, at, address(path), flags);
}
inline long truncate(const char *path, long size) {
  return rawCall(__NR_truncate, address(path), size);
}
inline long chmodAt(long at, const char *path, long mode) {
  return rawCall(__NR_fchmodat, at, address(path), mode);
}
inline long chownAt(long at, const char *path, long uid, long gid, long flags) {
  return rawCall(__NR_fchownat, at, address(path), uid, gid, flags);
}
inline long setTimes(long at, const char *path, const TimeSpec *times,
                     long flags) {
  return rawCall(__NR_utimensat, at, address(path), address(times), flags);
}
inline long setAttribute(const char *path, const char *name, const void *value,
                         uint64_t size, long flags) {
  return rawCall(__NR_setxattr, address(path), address(name), address(value),
                 long(size), flags);
}
inline long removeAttribute(const char *path, const char *name) {
  return rawCall(__NR_removexattr, address(path), address(name));
}

} // namespace srt::load::sys

#endif
