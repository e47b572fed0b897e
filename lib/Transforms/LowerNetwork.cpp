// lib/Transforms/LowerNetwork.cpp: endpoints become TCP and UDP ports.
// SPDX-License-Identifier: Apache-2.0
//
// Landlock rules TCP by port since ABI 4 and UDP since ABI 10, whatever the
// address. What it cannot say, the broker judges, and then all of TCP and UDP.
// Sockets that no endpoint allows are closed by the filter, so that a policy
// without endpoints needs no Landlock right for them.
#include "lib/Transforms/Lowering.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

#include <bitset>
#include <map>

namespace srt {

using ir::ActionId;
using ir::EndpointPattern;

namespace {
/// Landlock wants one rule per port; more would cost the loader milliseconds.
constexpr unsigned kMaxPorts = 1024;

using PortSet = std::bitset<65536>;

/// What one action is allowed on.
struct Ports {
  PortSet set;
  std::map<unsigned, ir::RuleId> rules; // by first port of a written range
  std::optional<ir::RuleId> first;
};

class NetworkLowering {
public:
  explicit NetworkLowering(Lowering &lowering) : lowering(lowering) {}
  void choose();
  void run();

private:
  bool isUnsayable(ir::RuleId id);
  bool needsBroker();
  void plan();
  void mediate();
  void carryAll(ir::Mechanism mechanism);

  Ports portsOf(ActionId action, ir::Transport transport);
  void allow(ir::RuleId id, const ir::Pattern &pattern, Ports &ports);
  void deny(ir::RuleId id, const ir::Pattern &pattern, Ports &ports);
  bool isPlannable(ir::RuleId id, const ir::Pattern &pattern);
  void plan(ActionId action, uint64_t right, const Ports &ports);
  void handle(ActionId action, uint64_t right, const Ports &ports,
              const Ports &other);
  void checkListening(const Ports &ports);
  void checkSending(const Ports &connect, const Ports &send);
  void checkAutobind(const Ports &connect, const Ports &bind);
  void planTcp();
  void planUdp();

  Lowering &lowering;
  bool isProbing = false; // nothing is planned or reported
  std::optional<ir::RuleId> unsayable; // the first rule that ports cannot say
};
} // namespace

static PortSet setOf(const EndpointPattern &endpoint) {
  PortSet set;
  for (ir::PortRange range : endpoint.ports)
    for (unsigned port = range.first; port <= range.last; ++port)
      set.set(port);
  return set;
}

static bool isOf(const ir::Pattern &pattern, ir::Transport transport) {
  return std::get<EndpointPattern>(pattern.value).transport == transport;
}

static bool speaksOfInternet(const ir::Rule &rule) {
  return llvm::any_of(rule.patterns, [](const ir::Pattern &pattern) {
    auto *endpoint = std::get_if<EndpointPattern>(&pattern.value);
    return endpoint && endpoint->transport != ir::Transport::Unix;
  });
}

/// True if some rule lets a host be reached that is known by its name.
static bool allowsNames(const Lowering &lowering) {
  auto isNamed = [](const ir::Pattern &pattern) {
    auto &endpoint = std::get<EndpointPattern>(pattern.value);
    return endpoint.transport != ir::Transport::Unix &&
           endpoint.host.kind != ir::HostPattern::Kind::Address;
  };
  for (ActionId leaf : {ActionId::Connect, ActionId::Send})
    for (ir::RuleId id : rulesGranting(lowering, leaf))
      if (llvm::any_of(lowering.rule(id).patterns, isNamed))
        return true;
  return false;
}

static bool isAnyHost(const EndpointPattern &endpoint) {
  return endpoint.host.kind == ir::HostPattern::Kind::Any;
}

/// While probing: notes that ports cannot say the rule, unless --accept-wider
/// gives it up, and returns true; then nothing is to be reported.
bool NetworkLowering::isUnsayable(ir::RuleId id) {
  if (isProbing && !lowering.options.acceptWider.count(ir::ruleName(id)))
    unsayable = unsayable ? std::min(*unsayable, id) : id;
  return isProbing;
}

/// Reports what ports alone cannot say. Returns true if they can.
bool NetworkLowering::isPlannable(ir::RuleId id, const ir::Pattern &pattern) {
  auto &endpoint = std::get<EndpointPattern>(pattern.value);
  if (isAnyHost(endpoint))
    return true;
  if (isUnsayable(id))
    return false;
  hintBroker(lowering, id,
             lowering.diags.report(pattern.range, diag::HostNeedsBroker,
                                   ir::text(endpoint, lowering.policy().params)));
  return false;
}

void NetworkLowering::allow(ir::RuleId id, const ir::Pattern &pattern,
                            Ports &ports) {
  if (!isPlannable(id, pattern))
    return;
  auto &endpoint = std::get<EndpointPattern>(pattern.value);
  PortSet set = setOf(endpoint);
  for (const ir::Pattern &except : lowering.rule(id).excepts) {
    auto &cut = std::get<EndpointPattern>(except.value);
    if (cut.transport != endpoint.transport)
      continue;
    if (isAnyHost(cut))
      set &= ~setOf(cut);
    else if ((set & setOf(cut)).any() && !isUnsayable(id))
      hintBroker(lowering, id,
                 lowering.diags.report(
                     except.range, diag::ExceptNeedsBroker,
                     ir::text(endpoint, lowering.policy().params)));
  }
  ports.set |= set;
  ports.first = ports.first ? std::min(*ports.first, id) : id;
  for (ir::PortRange range : endpoint.ports)
    ports.rules.try_emplace(range.first, id);
}

/// A deny on every host takes its ports away. One on some hosts matters only
/// if a port of it is allowed, and then it cannot be said.
void NetworkLowering::deny(ir::RuleId id, const ir::Pattern &pattern,
                           Ports &ports) {
  auto &endpoint = std::get<EndpointPattern>(pattern.value);
  PortSet set = setOf(endpoint);
  bool hasExcepts = !lowering.rule(id).excepts.empty();
  if (isAnyHost(endpoint) && !hasExcepts)
    ports.set &= ~set;
  else if ((ports.set & set).none() || isUnsayable(id))
    return;
  else if (hasExcepts)
    hintBroker(lowering, id,
               lowering.diags.report(
                   lowering.rule(id).excepts[0].range, diag::ExceptNeedsBroker,
                   ir::text(endpoint, lowering.policy().params)));
  else if (!lowering.allowWider(id, "the host is reachable on ports that "
                                    "another rule allows"))
    isPlannable(id, pattern);
}

Ports NetworkLowering::portsOf(ActionId action, ir::Transport transport) {
  Ports ports;
  for (ir::Effect effect : {ir::Effect::Allow, ir::Effect::Deny})
    for (ir::RuleId id : rulesOn(lowering.policy(), effect, action))
      for (const ir::Pattern &pattern : lowering.rule(id).patterns) {
        if (!isOf(pattern, transport))
          continue;
        effect == ir::Effect::Allow ? allow(id, pattern, ports)
                                    : deny(id, pattern, ports);
      }
  return ports;
}

/// The rule that a port came from: the one of the last range that began
/// before it.
static ir::RuleId ruleOf(const Ports &ports, unsigned port) {
  auto after = ports.rules.upper_bound(port);
  return after == ports.rules.begin() ? *ports.first : std::prev(after)->second;
}

/// The statement that allows the action on every port of the right's transport.
static std::string everyPort(ActionId action, uint64_t right) {
  constexpr uint64_t kUdp = kernel::kNetBindUdp | kernel::kNetConnectSendUdp;
  return "allow " + ir::spelling(action).str() +
         (right & kUdp ? " \"udp:*:*\";" : " \"*:*\";");
}

void NetworkLowering::plan(ActionId action, uint64_t right,
                           const Ports &ports) {
  if (ports.set.none() || ports.set.all())
    return;
  bool isTooOld = lowering.abi() < kernel::leastAbi(0, right, 0);
  bool isTooMuch = ports.set.count() > kMaxPorts;
  if ((isTooOld || isTooMuch) && isUnsayable(*ports.first))
    return;
  if (isTooOld)
    return reportAbi(lowering, lowering.rule(*ports.first).range,
                     ir::spelling(action), kernel::leastAbi(0, right, 0),
                     everyPort(action, right));
  if (isTooMuch) {
    lowering.diags.report(lowering.rule(*ports.first).range,
                          diag::TooManyPorts, unsigned(ports.set.count()),
                          kMaxPorts);
    return;
  }
  for (unsigned port = 0; !isProbing && port < ports.set.size(); ++port)
    if (ports.set[port])
      lowering.plan.ports.push_back(
          {uint16_t(port), right, ruleOf(ports, port)});
}

/// listen(2) on a socket that was never bound takes a port by itself, which
/// Landlock does not see (net/ipv4/af_inet.c:inet_listen, v6.12).
void NetworkLowering::checkListening(const Ports &ports) {
  lowering.open.listening = ports.set.any();
  if (ports.set.none() || ports.set[0] || isUnsayable(*ports.first))
    return;
  if (lowering.allowWider(*ports.first, "listening on a free port stays open"))
    return;
  reportNotSeparable(lowering, *ports.first, "bind", "bind to a free port (0)")
      .hint("allow it: add \"*:0\"");
}

/// The kernel does not tell the two apart: connect(2) and sendto(2) set the same
/// port (security/landlock/net.c, v7.2).
void NetworkLowering::checkSending(const Ports &connect, const Ports &send) {
  if (connect.set == send.set)
    return;
  const Ports &more = (connect.set & ~send.set).any() ? connect : send;
  if (isUnsayable(*more.first))
    return;
  bool isConnect = &more == &connect;
  if (lowering.allowWider(*more.first, isConnect ? "datagrams reach its ports"
                                                 : "connect reaches its ports"))
    return;
  reportNotSeparable(lowering, *more.first,
                     isConnect ? "connect over UDP" : "send",
                     isConnect ? "send" : "connect over UDP")
      .hint("name both: allow connect, send \"udp:*:PORT\"");
}

/// A socket without a port of its own is given one at the first connect or send,
/// for which the kernel asks what bind to port 0 would need (v7.2).
void NetworkLowering::checkAutobind(const Ports &connect, const Ports &bind) {
  if (connect.set.none() || bind.set[0] || isProbing)
    return;
  lowering.narrow(*connect.first,
                  "only sockets that were bound before can reach it");
  lowering.diags.report(lowering.rule(*connect.first).range, diag::UdpNarrowed)
      .hint("add: allow bind \"udp:*:0\"");
}

/// Handles a right that the policy does not grant on every port.
void NetworkLowering::handle(ActionId action, uint64_t right,
                             const Ports &ports, const Ports &other) {
  if (ports.set.all())
    return;
  bool isKnown = kernel::netRightsOf(lowering.abi()) & right;
  if (isKnown && !isProbing)
    lowering.plan.handledNet |= right;
  if (!isKnown && ports.set.none() && // otherwise plan() says so
      !isUnsayable(*other.first))
    reportAbi(lowering, lowering.rule(*other.first).range,
              ir::spelling(action), kernel::leastAbi(0, right, 0),
              everyPort(action, right));
}

void NetworkLowering::planTcp() {
  Ports connect = portsOf(ActionId::Connect, ir::Transport::Tcp);
  Ports bind = portsOf(ActionId::Bind, ir::Transport::Tcp);
  checkListening(bind);
  plan(ActionId::Connect, kernel::kNetConnectTcp, connect);
  plan(ActionId::Bind, kernel::kNetBindTcp, bind);
  lowering.open.internet = connect.set.any() || bind.set.any();
  lowering.open.binding |= bind.set.any();
  // Without any TCP socket there is nothing for these rights to restrict.
  if (!lowering.open.internet)
    return;
  handle(ActionId::Connect, kernel::kNetConnectTcp, connect, bind);
  handle(ActionId::Bind, kernel::kNetBindTcp, bind, connect);
}

void NetworkLowering::planUdp() {
  Ports connect = portsOf(ActionId::Connect, ir::Transport::Udp);
  Ports send = portsOf(ActionId::Send, ir::Transport::Udp);
  Ports bind = portsOf(ActionId::Bind, ir::Transport::Udp);
  lowering.open.udp = connect.set.any() || send.set.any() || bind.set.any();
  if (!lowering.open.udp)
    return;
  checkSending(connect, send);
  Ports reached = connect.first ? connect : send;
  reached.set = connect.set | send.set;
  checkAutobind(reached, bind);
  plan(ActionId::Connect, kernel::kNetConnectSendUdp, reached);
  plan(ActionId::Bind, kernel::kNetBindUdp, bind);
  lowering.open.binding |= bind.set.any();
  handle(ActionId::Connect, kernel::kNetConnectSendUdp, reached, bind);
  handle(ActionId::Bind, kernel::kNetBindUdp, bind, reached);
}

/// Plans with ports, or finds out whether that can be done.
void NetworkLowering::plan() {
  planTcp();
  planUdp();
}

bool NetworkLowering::needsBroker() {
  if (!mayHaveBroker(lowering))
    return false;
  isProbing = true;
  for (ActionId leaf : {ActionId::Connect, ActionId::Bind, ActionId::Send})
    if (std::optional<ir::RuleId> asked = firstQuestion(lowering, leaf))
      isUnsayable(*asked);
  plan();
  isProbing = false;
  return unsayable.has_value();
}

void NetworkLowering::carryAll(ir::Mechanism mechanism) {
  for (uint32_t i = 0; i < lowering.policy().rules.size(); ++i)
    if (speaksOfInternet(lowering.policy().rules[i])) {
      lowering.carry({i}, mechanism);
      lowering.carry({i}, ir::Mechanism::Seccomp);
    }
}

void NetworkLowering::choose() {
  bool isOurs = needsBroker();
  std::optional<ir::RuleId> forUnix;
  if (mayHaveBroker(lowering) && speaksOfUnix(lowering.policy()))
    forUnix = unixNeedsBroker(lowering);
  if (!isOurs && !forUnix)
    return;
  ir::NetworkUse &use = lowering.plan.network.emplace();
  use.names = allowsNames(lowering);
  use.unixes = speaksOfUnix(lowering.policy());
  lowering.note(isOurs ? *unsayable : *forUnix,
                "because of it the broker judges every socket: some 30 us more "
                "for each connection");
  if (use.unixes)
    for (ActionId leaf : {ActionId::Connect, ActionId::Bind, ActionId::Send})
      lowering.mediate(leaf);
}

/// Which sockets there have to be. Questions for names are datagrams.
void NetworkLowering::mediate() {
  auto isAllowed = [&](ActionId leaf, ir::Transport transport) {
    return llvm::any_of(rulesGranting(lowering, leaf), [&](ir::RuleId id) {
      return llvm::any_of(lowering.rule(id).patterns, [&](const ir::Pattern &pattern) {
        return isOf(pattern, transport);
      });
    });
  };
  OpenThings &open = lowering.open;
  open.listening = isAllowed(ActionId::Bind, ir::Transport::Tcp);
  open.internet = open.listening || isAllowed(ActionId::Connect, ir::Transport::Tcp);
  open.udp = lowering.plan.network->names ||
             isAllowed(ActionId::Bind, ir::Transport::Udp) ||
             isAllowed(ActionId::Send, ir::Transport::Udp) ||
             isAllowed(ActionId::Connect, ir::Transport::Udp);
  open.binding |= open.listening || open.udp;
}

void NetworkLowering::run() {
  if (lowering.plan.network) {
    mediate();
    return carryAll(ir::Mechanism::Broker);
  }
  plan();
  carryAll(ir::Mechanism::Landlock);
  llvm::sort(lowering.plan.ports, [](const auto &a, const auto &b) {
    return std::tie(a.port, a.rights) < std::tie(b.port, b.rights);
  });
}

void chooseSockets(Lowering &lowering) { NetworkLowering(lowering).choose(); }
void lowerNetwork(Lowering &lowering) { NetworkLowering(lowering).run(); }

} // namespace srt
