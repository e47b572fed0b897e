// runtime/broker/Trace.cpp: a program between its start and its first instruction.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a caller that goes on with execve(2) is traced from before it goes
// on until it either stands at the first instruction of the new image, where it
// is judged, or the call has failed. Nobody is traced for longer: debuggers work
// inside of the sandbox. If the broker dies meanwhile, so does the caller.
// ptrace(2), PTRACE_EVENT_EXEC and PTRACE_O_EXITKILL.
#include "Broker.h"

namespace srt::broker {

/// Calls on their way. Each takes well under a millisecond.
static constexpr unsigned kMostTraces = 64;
static Call traces[kMostTraces]; // tid 0: free

namespace {
// include/uapi/linux/ptrace.h (v6.12).
constexpr long kDetach = 17, kEventMessage = 0x4201, kRegisters = 0x4204,
               kSeize = 0x4206, kInterrupt = 0x4207;
constexpr long kTraceExec = 0x10, kExitKill = 0x100000;
constexpr int kEventExec = 4;

#if defined(__x86_64__)
constexpr unsigned kStackRegister = 19; // struct user_regs_struct, rsp
#else
constexpr unsigned kStackRegister = 31; // struct user_pt_regs, sp
#endif
} // namespace

static long ptrace(long request, long tid, long address, long data) {
  return load::rawCall(__NR_ptrace, request, tid, address, data);
}

static Call *traceOf(uint32_t tid) {
  for (Call &call : traces)
    if (call.tid == tid)
      return &call;
  return nullptr;
}

static void forget(Broker &broker, Call &call) {
  call = {};
  --broker.traceCount;
}

/// Whether another thread of the same process is on its way. Then to seize this
/// one would wait for that, which may wait for a third to be gone, which is gone
/// when the broker has heard of it: for ever (kernel/ptrace.c:ptrace_attach and
/// fs/exec.c:de_thread, v6.12, cred_guard_mutex).
static bool isProcessTraced(const Broker &broker, uint32_t tid) {
  for (const Call &call : traces) {
    if (call.tid == 0)
      continue;
    Spelling name;
    struct stat status;
    name << uint64_t(tid) << "/task/" << uint64_t(call.tid);
    if (sys::statAt(broker.proc, name.text(), sys::kFollow, status) == 0)
      return true;
  }
  return false;
}

/// Makes this process the tracer of a caller. Returns 0 or a negated errno.
static long seize(Broker &broker, const Call &call) {
  Call *slot = traceOf(0);
  // Of two threads of a process at most one can succeed anyway.
  if (!slot || isProcessTraced(broker, call.tid))
    return -EAGAIN;
  // EPERM: a debugger in the sandbox has it; what cannot be judged does not run.
  if (ptrace(kSeize, call.tid, 0, kTraceExec | kExitKill) < 0)
    return -EACCES;
  *slot = call;
  ++broker.traceCount;
  return 0;
}

long traceExec(Broker &broker, const Call &call) {
  // It may be traced still: its last call has failed, and it asks again before
  // the stop behind that.
  Call *former = traceOf(call.tid);
  long result = former ? 0 : seize(broker, call);
  if (result < 0)
    return result;
  if (former)
    *former = call;
  // The number may be another thread's by now; then it only stops shortly.
  if (isWaiting(broker, call.id))
    letGoOn(broker, call.id);
  // Stops it at the latest when the call has failed.
  ptrace(kInterrupt, call.tid, 0, 0);
  return kAnswered;
}

/// Where the arguments of a new image are: the kernel leaves argc and argv on
/// its stack. System V ABI, "Initial Stack and Register State".
static uint64_t argumentsOf(long pid) {
  constexpr long kGeneral = 1; // NT_PRSTATUS, include/uapi/linux/elf.h
  uint64_t registers[64] = {};
  sys::Vector all = {uint64_t(sys::address(registers)), sizeof registers};
  if (ptrace(kRegisters, pid, kGeneral, sys::address(&all)) < 0)
    return 0;
  return registers[kStackRegister] + sizeof(uint64_t);
}

/// Judges the image that stands at its first instruction.
static bool isImagePermitted(const Broker &broker, const Call &call, long pid) {
  Spelling name;
  name << uint64_t(pid) << "/exe";
  Object image;
  image.fd.reset(
      sys::openAt(broker.proc, name.text(), O_PATH | O_CLOEXEC));
  uint64_t argv = argumentsOf(pid);
  if (image.fd.number() < 0 || argv == 0 || look(broker, image) < 0 ||
      !image.hasPath)
    return false;
  return judgeProgram(broker, call, uint32_t(pid), image.path.text(), argv,
                      Stage::Image) == 0;
}

bool takeTrace(Broker &broker, long pid, int32_t status) {
  int event = status >> 16;
  int64_t former = pid; // a thread takes over the number of its process
  if (event == kEventExec)
    ptrace(kEventMessage, pid, 0, sys::address(&former));
  Call *found = traceOf(uint32_t(former));
  if (!found)
    return false;
  Call call = *found;
  forget(broker, *found);
  if (event == kEventExec && !isImagePermitted(broker, call, pid)) {
    sys::kill(pid, sys::kSigKill);
    return true;
  }
  // A signal that came in between is handed on; stops of ours are no signals.
  long signal = event != 0 ? 0 : status >> 8 & 0xff;
  ptrace(kDetach, pid, 0, signal);
  return true;
}

void forgetTrace(Broker &broker, long pid) {
  if (Call *found = traceOf(uint32_t(pid)))
    forget(broker, *found);
}

} // namespace srt::broker
