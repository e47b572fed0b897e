// runtime/broker/Calls.cpp: which call is performed by whom.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a call that is not listed here is answered with ENOSYS. Older
// forms of a call are performed as the newer one that takes a directory.
// Arguments as in the manual page of each, section 2.
#include "Network.h"

namespace srt::broker {

/// Arguments as the kernel takes them: ints are the low half of a register.
struct Args {
  const Call &call;
  int number(int i) const { return int(call.args[i]); }
  uint64_t address(int i) const { return call.args[i]; }
  long value(int i) const { return long(call.args[i]); }
};

#ifdef __NR_open // not on machines that are newer than openat(2)
static constexpr int kCwd = int(sys::kCwd);
static constexpr long kRemoveDirectory = 0x200; // AT_REMOVEDIR

/// The calls that only x86_64 has.
static long performOld(Broker &b, const Call &call) {
  constexpr long kCreat = O_CREAT | O_WRONLY | O_TRUNC;
  Args a = {call};
  switch (call.number) {
  case __NR_open:
    return performOpen(b, call, kCwd, a.address(0), a.number(1), a.number(2));
  case __NR_creat:
    return performOpen(b, call, kCwd, a.address(0), kCreat, a.number(1));
  case __NR_mkdir:
    return performMkdir(b, call, kCwd, a.address(0), a.number(1));
  case __NR_mknod:
    return performMknod(b, call, kCwd, a.address(0), a.number(1), a.number(2));
  case __NR_symlink:
    return performSymlink(b, call, a.address(0), kCwd, a.address(1));
  case __NR_link:
    return performLink(b, call, kCwd, a.address(0), kCwd, a.address(1), 0);
  case __NR_rename:
    return performRename(b, call, kCwd, a.address(0), kCwd, a.address(1), 0);
  case __NR_unlink:
    return performUnlink(b, call, kCwd, a.address(0), 0);
  case __NR_rmdir:
    return performUnlink(b, call, kCwd, a.address(0), kRemoveDirectory);
  case __NR_chmod:
    return performChmod(b, call, {By::Path, kCwd, a.address(0)}, a.number(1));
  case __NR_chown:
    return performChown(b, call, {By::Path, kCwd, a.address(0)}, a.number(1),
                        a.number(2));
  case __NR_lchown:
    return performChown(b, call, {By::Link, kCwd, a.address(0)}, a.number(1),
                        a.number(2));
  case __NR_utime:
    return performTimes(b, call, {By::Path, kCwd, a.address(0)}, Times::Utime,
                        a.address(1));
  case __NR_utimes:
    return performTimes(b, call, {By::Path, kCwd, a.address(0)}, Times::TimeVal,
                        a.address(1));
  case __NR_futimesat:
    return performTimes(b, call, {By::Path, a.number(0), a.address(1)},
                        Times::TimeVal, a.address(2));
  }
  return performNetwork(b, call, {});
}
#else
static long performOld(Broker &b, const Call &call) {
  return performNetwork(b, call, {});
}
#endif

/// The target of a call with a directory, a path and flags.
static long targetAt(const Args &a, int flags, Target &target) {
  if ((flags & ~int(sys::kNoFollow | sys::kEmptyPath)) != 0)
    return -EINVAL;
  bool isLink = (flags & sys::kNoFollow) != 0;
  target = {isLink ? By::Link : By::Path, a.number(0), a.address(1),
            (flags & sys::kEmptyPath) != 0};
  return 0;
}

/// The calls that change what is known of a file.
static long performMetadata(Broker &b, const Call &call) {
  Args a = {call};
  Target target;
  long result;
  int cwd = int(sys::kCwd);
  switch (call.number) {
  case __NR_fchmod:
    return performChmod(b, call, {By::Descriptor, a.number(0), 0}, a.number(1));
  case __NR_fchmodat:
    return performChmod(b, call, {By::Path, a.number(0), a.address(1)},
                        a.number(2));
  case 452: // __NR_fchmodat2, the same number everywhere, Linux 6.6
    result = targetAt(a, a.number(3), target);
    return result < 0 ? result : performChmod(b, call, target, a.number(2));
  case __NR_fchown:
    return performChown(b, call, {By::Descriptor, a.number(0), 0}, a.number(1),
                        a.number(2));
  case __NR_fchownat:
    result = targetAt(a, a.number(4), target);
    return result < 0 ? result
                      : performChown(b, call, target, a.number(2), a.number(3));
  case __NR_utimensat:
    result = targetAt(a, a.number(3), target);
    return result < 0
               ? result
               : performTimes(b, call, target, Times::TimeSpec, a.address(2));
  case __NR_setxattr:
    return performSetAttribute(b, call, {By::Path, cwd, a.address(0)});
  case __NR_lsetxattr:
    return performSetAttribute(b, call, {By::Link, cwd, a.address(0)});
  case __NR_fsetxattr:
    return performSetAttribute(b, call, {By::Descriptor, a.number(0), 0});
  case __NR_removexattr:
    return performRemoveAttribute(b, call, {By::Path, cwd, a.address(0)});
  case __NR_lremovexattr:
    return performRemoveAttribute(b, call, {By::Link, cwd, a.address(0)});
  case __NR_fremovexattr:
    return performRemoveAttribute(b, call, {By::Descriptor, a.number(0), 0});
  }
  return performOld(b, call);
}

long perform(Broker &b, const Call &call) {
  // The filter ends every other architecture; its numbers mean other calls.
  if (call.arch != load::kAuditArch)
    return -ENOSYS;
  Args a = {call};
  switch (call.number) {
  case __NR_openat:
    return performOpen(b, call, a.number(0), a.address(1), a.number(2),
                       a.number(3));
  case __NR_mkdirat:
    return performMkdir(b, call, a.number(0), a.address(1), a.number(2));
  case __NR_mknodat:
    return performMknod(b, call, a.number(0), a.address(1), a.number(2),
                        a.number(3));
  case __NR_symlinkat:
    return performSymlink(b, call, a.address(0), a.number(1), a.address(2));
  case __NR_linkat:
    return performLink(b, call, a.number(0), a.address(1), a.number(2),
                       a.address(3), a.number(4));
#ifdef __NR_renameat
  case __NR_renameat:
    return performRename(b, call, a.number(0), a.address(1), a.number(2),
                         a.address(3), 0);
#endif
  case __NR_renameat2:
    return performRename(b, call, a.number(0), a.address(1), a.number(2),
                         a.address(3), a.number(4));
  case __NR_unlinkat:
    return performUnlink(b, call, a.number(0), a.address(1), a.number(2));
  case __NR_inotify_add_watch:
    return performWatch(b, call, a.number(0), a.address(1),
                        uint32_t(a.number(2)));
  case __NR_execve:
    return performExec(b, call, int(sys::kCwd), a.address(0), a.address(1), 0);
  case __NR_execveat:
    return performExec(b, call, a.number(0), a.address(1), a.address(2),
                       a.number(4));
  case __NR_truncate:
    return performTruncate(b, call, a.address(0), a.value(1));
  }
  return performMetadata(b, call);
}

const char *callName(int32_t number) {
  switch (number) {
// clang-format off
#define SRT_CALL(name) case __NR_##name: return #name;
    SRT_CALL(openat) SRT_CALL(mkdirat) SRT_CALL(mknodat) SRT_CALL(symlinkat)
    SRT_CALL(linkat) SRT_CALL(renameat2) SRT_CALL(unlinkat) SRT_CALL(truncate)
    SRT_CALL(execve) SRT_CALL(execveat) SRT_CALL(inotify_add_watch)
    SRT_CALL(fchmod) SRT_CALL(fchmodat) SRT_CALL(fchown) SRT_CALL(fchownat)
    SRT_CALL(utimensat) SRT_CALL(setxattr) SRT_CALL(lsetxattr)
    SRT_CALL(fsetxattr) SRT_CALL(removexattr) SRT_CALL(lremovexattr)
    SRT_CALL(fremovexattr)
    SRT_CALL(connect) SRT_CALL(bind) SRT_CALL(listen) SRT_CALL(sendto)
    SRT_CALL(sendmsg) SRT_CALL(sendmmsg)
#ifdef __NR_renameat
    SRT_CALL(renameat)
#endif
#ifdef __NR_open
    SRT_CALL(open) SRT_CALL(creat) SRT_CALL(mkdir) SRT_CALL(mknod)
    SRT_CALL(symlink) SRT_CALL(link) SRT_CALL(rename) SRT_CALL(unlink)
    SRT_CALL(rmdir) SRT_CALL(chmod) SRT_CALL(chown) SRT_CALL(lchown)
    SRT_CALL(utime) SRT_CALL(utimes) SRT_CALL(futimesat)
#endif
#undef SRT_CALL
        // clang-format on
        case 452 : return "fchmodat2";
  }
  return "call";
}

} // namespace srt::broker
