// lib/Sim/BundleSockets.cpp: which kernel operations a network event takes.
// SPDX-License-Identifier: Apache-2.0
//
// Landlock sees bind(2) and connect(2) of plain TCP sockets by port, since ABI
// 10 those of UDP and its sendto(2) too. Every other way to the same end is stopped by the filter or not at all,
// so each is tried here: MSG_FASTOPEN connects without connect(2), MPTCP and
// SMC sockets are no TCP sockets to Landlock (security/landlock/net.c:
// current_check_access_socket, v6.12, and erratum 1 of ABI 4).
#include "lib/Sim/BundleJudge.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

// include/linux/socket.h, include/linux/net.h, include/uapi/linux/in.h, v6.12.
static constexpr uint64_t kUnix = 1, kInet = 2, kInet6 = 10, kSmc = 43;
static constexpr uint64_t kStream = 1, kDatagram = 2, kSeqPacket = 5;
static constexpr uint64_t kNonBlock = 0x800, kCloseOnExec = 0x80000;
static constexpr uint64_t kTcp = 6, kUdp = 17, kMptcp = 262;
static constexpr uint64_t kFastOpen = 0x20000000; // MSG_FASTOPEN

/// True if a socket can be had, with or without the flags of its type.
static bool maySocket(const BundleJudge &judge, uint64_t domain, uint64_t type,
                      uint64_t protocol) {
  for (uint64_t flags :
       {uint64_t(0), kCloseOnExec, kNonBlock, kCloseOnExec | kNonBlock})
    if (judge.may({"socket", {domain, type | flags, protocol}}))
      return true;
  return false;
}

/// An IPv6 socket reaches IPv4 addresses too, but not the other way round.
static bool mayInternet(const BundleJudge &judge, const Endpoint &endpoint,
                        uint64_t type,
                        std::initializer_list<uint64_t> protocols) {
  bool needsV6 = endpoint.address && endpoint.address->isV6;
  for (uint64_t protocol : protocols)
    if (maySocket(judge, kInet6, type, protocol) ||
        (!needsV6 && maySocket(judge, kInet, type, protocol)))
      return true;
  return false;
}

static bool maySend(const BundleJudge &judge, uint64_t flags) {
  // With an address, for without one nobody new is reached.
  return judge.mayAny({{"sendto", {3, 0, 0, flags, 0x1000, 16}},
                       {"sendmsg", {3, 0, flags}},
                       {"sendmmsg", {3, 0, 1, flags}}});
}

/// Streams that end in TCP segments without being TCP to Landlock.
static bool mayDisguise(const BundleJudge &judge, const Endpoint &endpoint) {
  return mayInternet(judge, endpoint, kStream, {kMptcp}) ||
         maySocket(judge, kSmc, kStream, 0) ||
         maySocket(judge, kSmc, kStream, 1);
}

static void judgeTcpConnect(BundleJudge &judge, const Endpoint &endpoint) {
  bool hasTcp = mayInternet(judge, endpoint, kStream, {0, kTcp});
  bool mayConnect = judge.may({"connect", {3}});
  if (hasTcp && maySend(judge, kFastOpen))
    return judge.operation("connect with MSG_FASTOPEN", true, true);
  if (mayDisguise(judge, endpoint) && mayConnect)
    return judge.operation("connect with MPTCP or SMC", true, true);
  judge.operation(
      "connect", hasTcp && mayConnect,
      judge.landlock.permitsPort(endpoint.port, kernel::kNetConnectTcp));
}

static void judgeTcpBind(BundleJudge &judge, const Endpoint &endpoint) {
  bool mayBind = judge.may({"bind", {3}});
  if (mayDisguise(judge, endpoint) && mayBind)
    return judge.operation("bind with MPTCP or SMC", true, true);
  judge.operation(
      "bind", mayInternet(judge, endpoint, kStream, {0, kTcp}) && mayBind,
      judge.landlock.permitsPort(endpoint.port, kernel::kNetBindTcp));
}

/// A datagram leaves from a port: one that was bound, or one that the kernel
/// chooses, for which it asks what bind to port 0 needs (Landlock ABI 10).
static void judgeUdp(BundleJudge &judge, ir::ActionId leaf,
                     const Endpoint &endpoint) {
  const LandlockModel &landlock = judge.landlock;
  bool hasUdp = mayInternet(judge, endpoint, kDatagram, {0, kUdp});
  bool mayBind = judge.may({"bind", {3}});
  if (leaf == ir::ActionId::Bind)
    return judge.operation(
        "bind", hasUdp && mayBind,
        landlock.permitsPort(endpoint.port, kernel::kNetBindUdp));
  bool hasPort = landlock.permitsPort(0, kernel::kNetBindUdp) ||
                 (mayBind && landlock.permitsSomePort(kernel::kNetBindUdp));
  bool isReached =
      landlock.permitsPort(endpoint.port, kernel::kNetConnectSendUdp);
  bool isCallable = leaf == ir::ActionId::Send ? maySend(judge, 0)
                                               : judge.may({"connect", {3}});
  judge.operation(leaf == ir::ActionId::Send ? "send" : "connect",
                  hasUdp && isCallable, hasPort && isReached);
}

static bool mayUnix(const BundleJudge &judge) {
  return maySocket(judge, kUnix, kStream, 0) ||
         maySocket(judge, kUnix, kDatagram, 0) ||
         maySocket(judge, kUnix, kSeqPacket, 0);
}

/// A socket that the sandbox made itself is open to it; to others a name is a
/// question of scope, and a path, since ABI 9, of RESOLVE_UNIX.
static bool isReached(const BundleJudge &judge, const Endpoint &endpoint) {
  const LandlockModel &landlock = judge.landlock;
  bool mayBind = mayUnix(judge) && judge.may({"bind", {3}});
  if (endpoint.path.empty())
    return mayBind || !landlock.isScoped(kernel::kScopeAbstractUnix);
  return landlock.permitsAt(endpoint.path, kernel::kFsResolveUnix) ||
         (mayBind && landlock.permitsAbove(endpoint.path, kernel::kFsMakeSock));
}

/// Only a socket of datagrams takes an address to send to; to bind a path makes
/// a file.
static void judgeUnix(BundleJudge &judge, ir::ActionId leaf,
                      const Endpoint &endpoint) {
  if (leaf == ir::ActionId::Connect)
    return judge.operation("connect",
                           mayUnix(judge) && judge.may({"connect", {3}}),
                           isReached(judge, endpoint));
  if (leaf == ir::ActionId::Send)
    return judge.operation(
        "send", maySocket(judge, kUnix, kDatagram, 0) && maySend(judge, 0),
        isReached(judge, endpoint));
  bool makes = endpoint.path.empty() ||
               judge.landlock.permitsAbove(endpoint.path, kernel::kFsMakeSock);
  judge.operation("bind", mayUnix(judge) && judge.may({"bind", {3}}), makes);
}

void judgeEndpoint(BundleJudge &judge, ir::ActionId leaf,
                   const Endpoint &endpoint) {
  switch (endpoint.transport) {
  case ir::Transport::Tcp:
    if (leaf == ir::ActionId::Bind)
      return judgeTcpBind(judge, endpoint);
    return judgeTcpConnect(judge, endpoint);
  case ir::Transport::Udp:
    return judgeUdp(judge, leaf, endpoint);
  case ir::Transport::Unix:
    return judgeUnix(judge, leaf, endpoint);
  }
  llvm_unreachable("unknown transport");
}

} // namespace srt::sim
