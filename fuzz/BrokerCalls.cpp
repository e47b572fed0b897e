// fuzz/BrokerCalls.cpp: calls of a command, as the broker gets and does them.
// SPDX-License-Identifier: Apache-2.0
//
// Input: how many draws (2 bytes) and how many bytes of events (1 byte), then
// both; then what follows is the memory of the caller, at kMemory. An event is a
// byte that says which, and its words: a call is 24 bytes, an index into kCalls
// and six arguments of four, which are sign-extended. Must hold: nothing is done
// that the policy denies (Zones.cpp), each call is answered once at most and is
// not forgotten, all descriptors come back, and each report is a line of JSON.
#include "fuzz/BrokerWorld.h"
#include "runtime/broker/Events.h"
#include "runtime/broker/Stub.h"

using namespace srt;

static constexpr int kCalls[] = {
    __NR_openat,      __NR_mkdirat,       __NR_mknodat,     __NR_symlinkat,
    __NR_linkat,      __NR_renameat2,     __NR_unlinkat,    __NR_truncate,
    __NR_execve,      __NR_execveat,      __NR_fchmod,      __NR_fchmodat,
    __NR_fchown,      __NR_fchownat,      __NR_utimensat,   __NR_setxattr,
    __NR_lsetxattr,   __NR_fsetxattr,     __NR_removexattr, __NR_lremovexattr,
    __NR_fremovexattr, __NR_connect,      __NR_bind,        __NR_listen,
    __NR_sendto,      __NR_sendmsg,       __NR_sendmmsg,    __NR_recvfrom,
    __NR_recvmsg,     __NR_getpeername,   __NR_inotify_add_watch, 452,
#ifdef __NR_open
    __NR_open,        __NR_creat,         __NR_mkdir,       __NR_mknod,
    __NR_symlink,     __NR_link,          __NR_rename,      __NR_unlink,
    __NR_rmdir,       __NR_chmod,         __NR_chown,       __NR_lchown,
    __NR_utime,       __NR_utimes,        __NR_futimesat,   __NR_renameat,
#endif
    -1};

/// Events that are no calls.
enum Event : uint8_t { Later = 224, Ready, Reply, Exec, Ended };

static broker::Call readCall(fuzz::Input &input, uint8_t index) {
  static uint64_t lastId = 1;
  broker::Call call = {};
  call.id = ++lastId;
  call.tid = fuzz::world().caller;
  call.number = kCalls[index % std::size(kCalls)];
  call.arch = load::kAuditArch;
  for (uint64_t &argument : call.args)
    argument = uint64_t(int64_t(int32_t(input.number(4))));
  return call;
}

static void serve(broker::Broker &broker, const broker::Call &call) {
  fuzz::World &world = fuzz::world();
  long result = broker::perform(broker, call);
  if (result == broker::kAnswered)
    return;
  fuzz::require(world.answers.count(call.id) == 0, "answered, and a result");
  fuzz::require(result >= -4095, "no errno: " + std::to_string(result));
  broker::answer(broker, call.id, result);
}

/// An answer to the last question. A yes to a whole run would outlast the input.
static void reply(broker::Broker &broker, fuzz::Input &input) {
  std::string line = input.bytes(input.number(1)).str() + "\n";
  for (size_t at; (at = line.find("ses")) != std::string::npos;)
    line[at] = 'z';
  fuzz::world().isAskedOpen |= line.find("once") != std::string::npos;
  fuzz::world().coming = line;
  broker::takeAnswers(broker);
}

static void step(broker::Broker &broker, fuzz::Input &input) {
  constexpr int32_t kStopped = 0x57f, kExecStop = 4 << 16 | kStopped;
  uint8_t event = uint8_t(input.number(1));
  uint32_t caller = fuzz::world().caller;
  switch (event) {
  case Later:
    fuzz::world().time += int64_t(input.number(2));
    return broker::tendNetwork(broker);
  case Ready:
    return broker::wake(broker, uint32_t(input.number(1)));
  case Reply:
    return reply(broker, input);
  case Exec:
    broker::takeTrace(broker, caller, kExecStop);
    return;
  case Ended:
    broker::takeTrace(broker, caller, kStopped);
    return;
  }
  serve(broker, readCall(input, event));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  broker::Broker &broker = fuzz::brokerInWorld();
  fuzz::Input all(fuzz::textOf(data, size));
  size_t draws = all.number(2), events = all.number(1);
  llvm::StringRef drawn = all.bytes(draws);
  fuzz::Input input(all.bytes(events));
  fuzz::world().begin(drawn, all.bytes(size));
  // Another one each time, so that nothing of the former is taken for this.
  fuzz::world().caller = fuzz::world().caller == 100 ? 101 : 100;
  while (!input.isAtEnd())
    step(broker, input);
  fuzz::endWorld(broker);
  return 0;
}
