// runtime/loader/Kernel.h: the system calls the loader makes, by their own
// names. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every wrapper returns the result of the kernel or the negated
// errno, never sets anything aside, and there is no call that is not listed
// here. Constants are those of the kernel's uapi headers, v6.12; the ones that
// Landlock keeps adding to are not here but in the bundle.
#ifndef SRT_RUNTIME_LOADER_KERNEL_H
#define SRT_RUNTIME_LOADER_KERNEL_H

#if defined(__x86_64__)
#include "KernelX86_64.h"
#elif defined(__aarch64__)
#include "KernelAarch64.h"
#else
#error "srt-load knows x86_64 and aarch64"
#endif

#include <asm/errno.h>
#include <asm/fcntl.h>
#include <asm/stat.h>
#include <asm/unistd.h>
#include <linux/stat.h>

namespace srt::load::sys {

inline constexpr long kCwd = -100; // AT_FDCWD
inline constexpr long kFollow = 0;
inline constexpr long kNoFollow = 0x100; // AT_SYMLINK_NOFOLLOW

/// RESOLVE_* of openat2(2).
inline constexpr uint64_t kNoMagicLinks = 0x02;
inline constexpr uint64_t kNoSymlinks = 0x04;
inline constexpr uint64_t kBeneath = 0x08;

/// struct open_how, include/uapi/linux/openat2.h.
struct OpenHow {
  uint64_t flags, mode, resolve;
};

/// struct rlimit64, include/uapi/linux/resource.h.
struct Limit {
  uint64_t soft, hard;
};

/// Whether a result says that there is no such file.
inline bool isMissing(long result) {
  return result == -ENOENT || result == -ENOTDIR;
}

// File types as in inode(7), from a mode.
inline bool isDirectory(uint32_t mode) { return (mode & 0170000) == 0040000; }
inline bool isRegular(uint32_t mode) { return (mode & 0170000) == 0100000; }
inline bool isLink(uint32_t mode) { return (mode & 0170000) == 0120000; }

inline long address(const void *pointer) {
  return reinterpret_cast<long>(pointer);
}
inline long open(const char *path, long flags) {
  return rawCall(__NR_openat, kCwd, address(path), flags, 0);
}
inline long openat2(long at, const char *path, const OpenHow &how) {
  return rawCall(__NR_openat2, at, address(path), address(&how), sizeof how);
}
inline long close(long fd) { return rawCall(__NR_close, fd); }
inline long closeRange(unsigned first, unsigned last) {
  return rawCall(__NR_close_range, first, last, 0);
}
inline long descriptorFlags(long fd) {
  return rawCall(__NR_fcntl, fd, F_GETFD);
}
inline long read(long fd, void *to, uint64_t size) {
  return rawCall(__NR_read, fd, address(to), long(size));
}
inline long write(long fd, const void *from, uint64_t size) {
  return rawCall(__NR_write, fd, address(from), long(size));
}
/// The mount a descriptor is on; `out` says in stx_mask whether it is known.
inline long statMount(long fd, struct statx &out) {
  constexpr long kEmptyPath = 0x1000; // AT_EMPTY_PATH
  return rawCall(__NR_statx, fd, address(""), kEmptyPath,
                 STATX_BASIC_STATS | STATX_MNT_ID, address(&out));
}
/// The status of what a path leads to; `flags` is kFollow or kNoFollow.
inline long statAt(long at, const char *path, long flags, struct stat &out) {
  return rawCall(__NR_newfstatat, at, address(path), address(&out), flags);
}
/// The status of what a descriptor refers to, O_PATH or not.
inline long statDescriptor(long fd, struct stat &out) {
  return rawCall(__NR_fstat, fd, address(&out));
}
inline long openAt(long at, const char *path, long flags) {
  return rawCall(__NR_openat, at, address(path), flags, 0);
}
inline long readlinkAt(long at, const char *path, char *to, uint64_t size) {
  return rawCall(__NR_readlinkat, at, address(path), address(to), long(size));
}
inline long getcwd(char *to, uint64_t size) {
  return rawCall(__NR_getcwd, address(to), long(size));
}
/// Maps zeroed private memory, its pages present at once if `populate` is set.
inline long mapMemory(uint64_t size, long populate) {
  constexpr long kReadWrite = 3, kPrivateAnonymous = 0x22;
  return rawCall(__NR_mmap, 0, long(size), kReadWrite,
                 kPrivateAnonymous | populate, -1, 0);
}
/// Makes whole pages present for writing. Linux 5.14; EINVAL before that.
inline long populate(char *from, uint64_t size) {
  constexpr long kPopulateWrite = 23; // MADV_POPULATE_WRITE
  return rawCall(__NR_madvise, address(from), long(size), kPopulateWrite);
}
inline long getuid() { return rawCall(__NR_getuid); }
inline long capget(void *header, void *data) {
  return rawCall(__NR_capget, address(header), address(data));
}
inline long capset(void *header, const void *data) {
  return rawCall(__NR_capset, address(header), address(data));
}
inline long prlimit(uint32_t resource, const Limit *set, Limit *old) {
  return rawCall(__NR_prlimit64, 0, resource, address(set), address(old));
}
inline long joinSessionKeyring() {
  constexpr long kJoin = 1; // KEYCTL_JOIN_SESSION_KEYRING
  return rawCall(__NR_keyctl, kJoin, 0);
}
inline long setNoNewPrivs() {
  constexpr long kSetNoNewPrivs = 38; // PR_SET_NO_NEW_PRIVS
  return rawCall(__NR_prctl, kSetNoNewPrivs, 1, 0, 0, 0);
}
inline long landlockCreateRuleset(const void *attr, uint64_t size, long flags) {
  return rawCall(__NR_landlock_create_ruleset, address(attr), long(size),
                 flags);
}
inline long landlockAddRule(long ruleset, long type, const void *attr) {
  return rawCall(__NR_landlock_add_rule, ruleset, type, address(attr), 0);
}
inline long landlockRestrictSelf(long ruleset, long flags) {
  return rawCall(__NR_landlock_restrict_self, ruleset, flags);
}
inline long seccomp(long operation, long flags, const void *arguments) {
  return rawCall(__NR_seccomp, operation, flags, address(arguments));
}
inline long execve(const char *path, char *const *argv, char *const *envp) {
  return rawCall(__NR_execve, address(path), address(argv), address(envp));
}
[[noreturn]] inline void exitGroup(int status) {
  rawCall(__NR_exit_group, status);
  // A filter may deny even exit_group; going on is not an answer to that.
  trap();
}

} // namespace srt::load::sys

#endif
