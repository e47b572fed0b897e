// lib/Transforms/LowerBroker.cpp: which calls the filter sends to the broker.
// SPDX-License-Identifier: Apache-2.0
//
// Everything that takes a mediated action, and as little else as registers can
// tell. A call that is refused anyway stays refused.
#include "lib/Transforms/PathGrants.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using ir::ActionId;

namespace {
/// include/uapi/asm-generic/fcntl.h, v6.12; alike on x86_64 and aarch64. With
/// O_PATH, open(2) neither reads, writes nor makes anything.
constexpr uint64_t kAccess = 3, kReadOnly = 0, kWriteOnly = 1, kReadWrite = 2,
                   kCreate = 0x40, kTruncate = 0x200, kPathOnly = 0x200000,
                   kTemporary = 0x400000; // __O_TMPFILE

class BrokerLowering {
public:
  explicit BrokerLowering(Lowering &lowering) : lowering(lowering) {}
  void run();

private:
  bool isAny(std::initializer_list<ActionId> leaves) const;
  void send(llvm::StringRef syscalls, const ir::Conjunction &tests = {});
  void sendOpen(llvm::StringRef syscall, uint8_t flags);
  void sendFiles();
  void sendSockets();
  void noteRights();

  Lowering &lowering;
};
} // namespace

bool BrokerLowering::isAny(std::initializer_list<ActionId> leaves) const {
  return llvm::any_of(
      leaves, [&](ActionId leaf) { return lowering.isMediated(leaf); });
}

void BrokerLowering::send(llvm::StringRef syscalls,
                          const ir::Conjunction &tests) {
  llvm::SmallVector<llvm::StringRef, 16> names;
  syscalls.split(names, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (ir::SyscallDecision &decision : lowering.plan.syscalls)
    if (decision.isAllowed && llvm::is_contained(names, decision.name))
      decision.notifyIf.push_back(tests);
}

void BrokerLowering::sendOpen(llvm::StringRef syscall, uint8_t flags) {
  auto sendIf = [&](uint64_t mask, uint64_t value) {
    send(syscall, {{flags, ir::ArgTest::Op::Eq, mask | kPathOnly, value}});
  };
  bool reads = isAny({ActionId::ReadData, ActionId::ReadList});
  bool writes = isAny({ActionId::WriteData});
  if (reads)
    sendIf(kAccess, kReadOnly);
  else if (writes)
    sendIf(kAccess | kTruncate, kReadOnly | kTruncate);
  if (writes)
    sendIf(kAccess, kWriteOnly);
  if (reads || writes)
    sendIf(kAccess, kReadWrite);
  if (!isAny({ActionId::WriteCreate}))
    return;
  sendIf(kCreate, kCreate);
  sendIf(kTemporary, kTemporary);
}

/// Rights that nothing uses which the broker does not see. Sockets are made by
/// bind(2) too.
void BrokerLowering::noteRights() {
  uint64_t seen = 0;
  uint64_t others = isAny({ActionId::Bind}) ? 0 : kernel::kFsMakeSock;
  for (ActionId leaf : ir::leafActions()) {
    bool isFile = ir::resource(leaf) == ir::Resource::Path ||
                  ir::resource(leaf) == ir::Resource::Command ||
                  ir::resource(leaf) == ir::Resource::Endpoint;
    if (isFile)
      (lowering.isMediated(leaf) ? seen : others) |= fileRightsOf(leaf);
  }
  lowering.plan.mediatedFs = seen & ~others & lowering.plan.handledFs;
}

/// A call without an address asks for nothing that was not judged before, but
/// whether there is one stands in memory for sendmsg(2) and sendmmsg(2). They
/// matter for datagrams only: a stream has one other end.
void BrokerLowering::sendSockets() {
  const ir::Conjunction withAddress = {{4, ir::ArgTest::Op::Ne, ~uint64_t(0), 0}};
  send("connect bind listen");
  if (lowering.open.udp || lowering.open.unixDatagrams) {
    send("sendto", withAddress);
    send("sendmsg sendmmsg");
  }
  if (!lowering.plan.network->names)
    return;
  // The answers come from the broker, and have to look as if the server that
  // was asked had sent them.
  send("recvfrom", withAddress);
  send("recvmsg getpeername");
}

void BrokerLowering::run() {
  if (!lowering.plan.mediated.empty())
    sendFiles();
  if (lowering.plan.network)
    sendSockets();
}

void BrokerLowering::sendFiles() {
  sendOpen("open", 1);
  sendOpen("openat", 2);
  if (isAny({ActionId::WriteData, ActionId::WriteCreate}))
    send("creat");
  if (isAny({ActionId::WriteData}))
    send("truncate");
  if (isAny({ActionId::WriteCreate}))
    send("mkdir mkdirat");
  if (isAny({ActionId::WriteCreate, ActionId::WriteSpecial}))
    send("mknod mknodat");
  if (isAny({ActionId::WriteDelete}))
    send("unlink unlinkat rmdir");
  if (isAny({ActionId::WriteMetadata}))
    send(ir::syscallNames(ActionId::WriteMetadata));
  if (isAny({ActionId::Exec}))
    send(ir::syscallNames(ActionId::Exec));
  if (isAny({ActionId::WriteRename}) && !lowering.open.listing)
    send("inotify_add_watch");
  if (isAny({ActionId::WriteRename})) {
    // A link that is made above a denied place leads around it.
    send("symlink symlinkat");
    send(ir::syscallNames(ActionId::WriteRename));
    send(ir::syscallNames(ActionId::WriteLink));
  }
  noteRights();
}

void lowerBroker(Lowering &lowering) { BrokerLowering(lowering).run(); }

} // namespace srt
