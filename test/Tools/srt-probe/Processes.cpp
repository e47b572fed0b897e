// test/Tools/srt-probe/Processes.cpp: what one process does to another.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>

namespace srt::probe {

static long sendSignal(const Args &a) {
  return raw(SYS_kill, a.number(0), a.number(1, SIGTERM));
}

static long sendToThread(const Args &a) {
  return raw(SYS_tgkill, a.number(0), a.number(0), a.number(1, SIGTERM));
}

static long queueSignal(const Args &a) {
  siginfo_t info = {};
  info.si_code = SI_QUEUE;
  return raw(SYS_rt_sigqueueinfo, a.number(0), a.number(1, SIGTERM), &info);
}

static long signalDescriptor(const Args &a) {
  long fd = raw(SYS_pidfd_open, a.number(0), 0);
  return fd < 0 ? fd : raw(SYS_pidfd_send_signal, fd, a.number(1, SIGTERM), nullptr, 0);
}

/// Signals without kill(2): the kernel tells the owner of a descriptor that
/// something arrived. Whether it does is seen at the owner only.
static long ownDescriptor(const Args &a) {
  int pair[2];
  long result = raw(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
  if (result < 0)
    return result;
  result = raw(SYS_fcntl, pair[0], F_SETOWN, a.number(0));
  if (result < 0)
    return result;
  raw(SYS_fcntl, pair[0], F_SETSIG, a.number(1, SIGTERM));
  raw(SYS_fcntl, pair[0], F_SETFL, O_ASYNC | O_NONBLOCK);
  return raw(SYS_write, pair[1], "x", 1);
}

static long trace(const Args &a) {
  return raw(SYS_ptrace, PTRACE_SEIZE, a.number(0), 0, 0);
}

/// Whether the address means anything does not matter: EFAULT is permission.
static long readMemory(const Args &a) {
  char byte;
  iovec local = {&byte, 1}, remote = {reinterpret_cast<void *>(16), 1};
  long result = raw(SYS_process_vm_readv, a.number(0), &local, 1, &remote, 1, 0);
  return result == -EFAULT ? 0 : result;
}

static long writeMemory(const Args &a) {
  char byte = 0;
  iovec local = {&byte, 1}, remote = {reinterpret_cast<void *>(16), 1};
  long result = raw(SYS_process_vm_writev, a.number(0), &local, 1, &remote, 1, 0);
  return result == -EFAULT ? 0 : result;
}

/// A child of ours, in the same sandbox.
static long readChild(const Args &) {
  long child = raw(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    sleep(1);
    _exit(0);
  }
  char pid[24];
  snprintf(pid, sizeof(pid), "%ld", child);
  char *words[] = {pid};
  long result = readMemory({1, words});
  raw(SYS_kill, child, SIGKILL);
  raw(SYS_wait4, child, nullptr, 0, nullptr);
  return result;
}

/// The child leaves by itself after a second, since it may be refused to end
/// it.
static long signalChild(const Args &) {
  long child = raw(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    sleep(1);
    _exit(0);
  }
  long result = raw(SYS_kill, child, SIGKILL);
  raw(SYS_wait4, child, nullptr, 0, nullptr);
  return result;
}

static long takeDescriptor(const Args &a) {
  long fd = raw(SYS_pidfd_open, a.number(0), 0);
  return fd < 0 ? fd : raw(SYS_pidfd_getfd, fd, a.number(1, 0), 0);
}

static long compare(const Args &a) {
  return raw(SYS_kcmp, getpid(), a.number(0), KCMP_VM, 0, 0);
}

static long limitOther(const Args &a) {
  rlimit limit = {100, 100};
  return raw(SYS_prlimit64, a.number(0), RLIMIT_NOFILE, &limit, nullptr);
}

static long raiseLimit(const Args &a) {
  rlimit limit = {rlim_t(a.number(0)), rlim_t(a.number(0))};
  return raw(SYS_prlimit64, 0, RLIMIT_NOFILE, &limit, nullptr);
}

static long slowDown(const Args &a) {
  return raw(SYS_setpriority, PRIO_PROCESS, a.number(0), 19);
}

static long pin(const Args &a) {
  unsigned long cpus = 1;
  return raw(SYS_sched_setaffinity, a.number(0), sizeof(cpus), &cpus);
}

static long schedule(const Args &a) {
  sched_param parameter = {};
  return raw(SYS_sched_setscheduler, a.number(0), SCHED_IDLE, &parameter);
}

/// include/uapi/linux/ioprio.h (v6.12), by number: some releases of the header
/// do not compile as C++.
static long scheduleDisk(const Args &a) {
  constexpr int kWhoProcess = 1, kClassIdle = 3, kClassShift = 13;
  return raw(SYS_ioprio_set, kWhoProcess, a.number(0),
             kClassIdle << kClassShift);
}

const Operation kProcessOps[] = {{"kill", sendSignal},
                                 {"tgkill", sendToThread},
                                 {"sigqueue", queueSignal},
                                 {"pidfd-kill", signalDescriptor},
                                 {"fowner", ownDescriptor},
                                 {"kill-child", signalChild},
                                 {"ptrace", trace},
                                 {"vm-read", readMemory},
                                 {"vm-write", writeMemory},
                                 {"vm-read-child", readChild},
                                 {"pidfd-getfd", takeDescriptor},
                                 {"kcmp", compare},
                                 {"prlimit", limitOther},
                                 {"raise-limit", raiseLimit},
                                 {"setpriority", slowDown},
                                 {"affinity", pin},
                                 {"scheduler", schedule},
                                 {"ioprio", scheduleDisk},
                                 {nullptr, nullptr}};

} // namespace srt::probe
