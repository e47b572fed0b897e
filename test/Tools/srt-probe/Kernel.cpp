// test/Tools/srt-probe/Kernel.cpp: namespaces, mounts, IPC, keys and the rest.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <csignal>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/wait.h>

namespace srt::probe {

/// Any call by its number, with up to six numbers. What hangs on memory has
/// an operation of its own.
static long anyCall(const Args &a) {
  return raw(a.number(0), a.number(1), a.number(2), a.number(3), a.number(4),
             a.number(5), a.number(6));
}

static long setupRing(const Args &) {
  io_uring_params params = {};
  return raw(SYS_io_uring_setup, 1, &params);
}

/// Makes a child with these flags; the child leaves at once.
static long cloneWith(long flags) {
  long child = raw(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
  if (child == 0)
    _exit(0);
  if (child > 0)
    raw(SYS_wait4, child, nullptr, 0, nullptr);
  return child;
}

static long cloneFlags(const Args &a) { return cloneWith(a.number(0)); }

static long cloneUser(const Args &) { return cloneWith(CLONE_NEWUSER); }

static long cloneThree(const Args &a) {
  clone_args args = {};
  args.flags = a.number(0);
  args.exit_signal = SIGCHLD;
  long child = raw(SYS_clone3, &args, sizeof(args));
  if (child == 0)
    _exit(0);
  return child;
}

static long unshareWith(const Args &a) {
  return raw(SYS_unshare, a.number(0, CLONE_NEWUSER));
}

static long enterNamespace(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  return fd < 0 ? fd : raw(SYS_setns, fd, 0);
}

/// A bind mount of argument 0 on 1.
static long bindMount(const Args &a) {
  return raw(SYS_mount, a.text(0), a.text(1), nullptr, MS_BIND, nullptr);
}

static long mountTmpfs(const Args &a) {
  return raw(SYS_mount, "none", a.text(0), "tmpfs", 0, nullptr);
}

static long unmount(const Args &a) {
  return raw(SYS_umount2, a.text(0), MNT_DETACH);
}

static long pivotRoot(const Args &a) {
  return raw(SYS_pivot_root, a.text(0), a.text(0));
}

static long changeRoot(const Args &a) { return raw(SYS_chroot, a.text(0)); }

/// Changes the root directory, then reads.
static long changeRootRead(const Args &a) {
  long result = raw(SYS_chroot, a.text(0));
  return result < 0 ? result : openFile(a.text(1), O_RDONLY);
}

static long cloneTree(const Args &a) {
  constexpr long kOpenTreeClone = 1;
  return raw(SYS_open_tree, AT_FDCWD, a.text(0), kOpenTreeClone);
}

static long openFilesystem(const Args &) {
  return raw(SYS_fsopen, "tmpfs", 0);
}

static long sharedMemory(const Args &) {
  long id = raw(SYS_shmget, IPC_PRIVATE, 4096, 0600);
  if (id >= 0)
    raw(SYS_shmctl, id, IPC_RMID, nullptr);
  return id;
}

/// Attaches a segment of somebody else.
static long attachShared(const Args &a) {
  return raw(SYS_shmget, a.number(0), 0, 0);
}

static long messageQueue(const Args &) {
  long id = raw(SYS_msgget, IPC_PRIVATE, 0600);
  if (id >= 0)
    raw(SYS_msgctl, id, IPC_RMID, nullptr);
  return id;
}

static long semaphores(const Args &) {
  long id = raw(SYS_semget, IPC_PRIVATE, 1, 0600);
  if (id >= 0)
    raw(SYS_semctl, id, 0, IPC_RMID, 0);
  return id;
}

static long posixQueue(const Args &) {
  long fd = raw(SYS_mq_open, "srt-probe-queue", O_RDWR | O_CREAT, 0600, nullptr);
  raw(SYS_mq_unlink, "srt-probe-queue");
  return fd;
}

static long sessionKeyring(const Args &) {
  return raw(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 0);
}

static long addKey(const Args &) {
  return raw(SYS_add_key, "user", "srt-probe", "x", 1,
             KEY_SPEC_PROCESS_KEYRING);
}

static long requestKey(const Args &) {
  long result = raw(SYS_request_key, "user", "srt-probe-absent", nullptr, 0);
  return result == -ENOKEY ? 0 : result;
}

static long userFaults(const Args &) {
  constexpr long kUserModeOnly = 1;
  return raw(SYS_userfaultfd, kUserModeOnly);
}

static long loadBpf(const Args &) {
  bpf_attr attr = {};
  attr.map_type = BPF_MAP_TYPE_ARRAY;
  attr.key_size = attr.value_size = 4;
  attr.max_entries = 1;
  return raw(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
}

static long openPerf(const Args &) {
  perf_event_attr attr = {};
  attr.type = PERF_TYPE_SOFTWARE;
  attr.size = sizeof(attr);
  attr.config = PERF_COUNT_SW_CPU_CLOCK;
  attr.exclude_kernel = 1;
  return raw(SYS_perf_event_open, &attr, 0, -1, -1, 0);
}

static long watchEverything(const Args &) {
  return raw(SYS_fanotify_init, 0x200 /* FAN_REPORT_FID */, O_RDONLY);
}

/// getpid with the bit that x32 programs set. Where the kernel has no x32 it
/// is a number that nobody has.
static long x32Getpid(const Args &) {
  return raw(SYS_getpid | 0x40000000);
}

const Operation kKernelOps[] = {{"call", anyCall},
                                {"io_uring", setupRing},
                                {"clone", cloneFlags},
                                {"clone-newuser", cloneUser},
                                {"clone3", cloneThree},
                                {"unshare", unshareWith},
                                {"setns", enterNamespace},
                                {"mount-bind", bindMount},
                                {"mount-tmpfs", mountTmpfs},
                                {"umount", unmount},
                                {"pivot-root", pivotRoot},
                                {"chroot", changeRoot},
                                {"chroot-open", changeRootRead},
                                {"open-tree", cloneTree},
                                {"fsopen", openFilesystem},
                                {"shmget", sharedMemory},
                                {"shmget-key", attachShared},
                                {"msgget", messageQueue},
                                {"semget", semaphores},
                                {"mq_open", posixQueue},
                                {"keyctl", sessionKeyring},
                                {"add_key", addKey},
                                {"request_key", requestKey},
                                {"userfaultfd", userFaults},
                                {"bpf", loadBpf},
                                {"perf", openPerf},
                                {"fanotify", watchEverything},
                                {"x32-getpid", x32Getpid},
                                {nullptr, nullptr}};

} // namespace srt::probe
