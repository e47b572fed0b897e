// lib/Transforms/LowerNetwork.cpp: endpoints become TCP ports.
// SPDX-License-Identifier: Apache-2.0
//
// Landlock rules TCP connect and bind by port (ABI 4), whatever the address.
// Every other socket is closed by the filter, so that a policy without
// endpoints needs no Landlock right for it.
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
  void run();

private:
  Ports portsOf(ActionId action);
  void allow(ir::RuleId id, const ir::Pattern &pattern, Ports &ports);
  void deny(ir::RuleId id, const ir::Pattern &pattern, Ports &ports);
  bool isPlannable(const ir::Pattern &pattern);
  void plan(ActionId action, uint64_t right, const Ports &ports);
  void checkListening(const Ports &ports);

  Lowering &lowering;
};
} // namespace

static PortSet setOf(const EndpointPattern &endpoint) {
  PortSet set;
  for (ir::PortRange range : endpoint.ports)
    for (unsigned port = range.first; port <= range.last; ++port)
      set.set(port);
  return set;
}

static bool isAnyHost(const EndpointPattern &endpoint) {
  return endpoint.transport == ir::Transport::Tcp &&
         endpoint.host.kind == ir::HostPattern::Kind::Any;
}

/// Reports what ports alone cannot say. Returns true if they can.
bool NetworkLowering::isPlannable(const ir::Pattern &pattern) {
  auto &endpoint = std::get<EndpointPattern>(pattern.value);
  if (isAnyHost(endpoint))
    return true;
  std::string text = ir::text(endpoint, lowering.policy().params);
  if (endpoint.transport == ir::Transport::Tcp)
    lowering.diags.report(pattern.range, diag::HostNeedsBroker, text);
  else
    lowering.diags.report(pattern.range, diag::TransportNeedsBroker, text);
  return false;
}

void NetworkLowering::allow(ir::RuleId id, const ir::Pattern &pattern,
                            Ports &ports) {
  if (!isPlannable(pattern))
    return;
  auto &endpoint = std::get<EndpointPattern>(pattern.value);
  PortSet set = setOf(endpoint);
  for (const ir::Pattern &except : lowering.rule(id).excepts) {
    auto &cut = std::get<EndpointPattern>(except.value);
    if (cut.transport != ir::Transport::Tcp)
      continue;
    if (isAnyHost(cut))
      set &= ~setOf(cut);
    else if ((set & setOf(cut)).any())
      lowering.diags.report(except.range, diag::ExceptNeedsBroker,
                            ir::text(endpoint, lowering.policy().params));
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
  if (endpoint.transport != ir::Transport::Tcp)
    return; // nothing but TCP is ever allowed
  PortSet set = setOf(endpoint);
  bool hasExcepts = !lowering.rule(id).excepts.empty();
  if (isAnyHost(endpoint) && !hasExcepts)
    ports.set &= ~set;
  else if ((ports.set & set).none())
    return;
  else if (hasExcepts)
    lowering.diags.report(lowering.rule(id).excepts[0].range,
                          diag::ExceptNeedsBroker,
                          ir::text(endpoint, lowering.policy().params));
  else if (!lowering.allowWider(id, "the host is reachable on ports that "
                                    "another rule allows"))
    isPlannable(pattern);
}

Ports NetworkLowering::portsOf(ActionId action) {
  Ports ports;
  for (ir::RuleId id : rulesOn(lowering.policy(), ir::Effect::Allow, action)) {
    lowering.carry(id, ir::Mechanism::Landlock);
    lowering.carry(id, ir::Mechanism::Seccomp);
    for (const ir::Pattern &pattern : lowering.rule(id).patterns)
      allow(id, pattern, ports);
  }
  for (ir::RuleId id : rulesOn(lowering.policy(), ir::Effect::Deny, action)) {
    lowering.carry(id, ir::Mechanism::Landlock);
    lowering.carry(id, ir::Mechanism::Seccomp);
    for (const ir::Pattern &pattern : lowering.rule(id).patterns)
      deny(id, pattern, ports);
  }
  return ports;
}

/// The rule that a port came from: the one of the last range that began
/// before it.
static ir::RuleId ruleOf(const Ports &ports, unsigned port) {
  auto after = ports.rules.upper_bound(port);
  return after == ports.rules.begin() ? *ports.first : std::prev(after)->second;
}

void NetworkLowering::plan(ActionId action, uint64_t right,
                           const Ports &ports) {
  if (ports.set.none() || ports.set.all())
    return;
  if (lowering.abi() < kernel::leastAbi(0, right, 0))
    return reportAbi(lowering, lowering.rule(*ports.first).range,
                     ir::spelling(action), kernel::leastAbi(0, right, 0),
                     ("allow " + ir::spelling(action) + " \"*:*\";").str());
  if (ports.set.count() > kMaxPorts) {
    lowering.diags.report(lowering.rule(*ports.first).range,
                          diag::TooManyPorts, unsigned(ports.set.count()),
                          kMaxPorts);
    return;
  }
  for (unsigned port = 0; port < ports.set.size(); ++port)
    if (ports.set[port])
      lowering.plan.ports.push_back(
          {uint16_t(port), right, ruleOf(ports, port)});
}

/// listen(2) on a socket that was never bound takes a port by itself, which
/// Landlock does not see (net/ipv4/af_inet.c:inet_listen, v6.12).
void NetworkLowering::checkListening(const Ports &ports) {
  lowering.open.listening = ports.set.any();
  if (ports.set.none() || ports.set[0])
    return;
  if (lowering.allowWider(*ports.first, "listening on a free port stays open"))
    return;
  reportNotSeparable(lowering, *ports.first, "bind", "bind to a free port (0)")
      .hint("allow it: add \"*:0\"");
}

void NetworkLowering::run() {
  Ports connect = portsOf(ActionId::Connect);
  Ports bind = portsOf(ActionId::Bind);
  portsOf(ActionId::Send); // UDP's: reports what cannot be planned yet
  checkListening(bind);
  plan(ActionId::Connect, kernel::kNetConnectTcp, connect);
  plan(ActionId::Bind, kernel::kNetBindTcp, bind);
  lowering.open.internet = connect.set.any() || bind.set.any();
  // Without any TCP socket there is nothing for these rights to restrict.
  uint64_t known = kernel::netRightsOf(lowering.abi());
  if (lowering.open.internet && !connect.set.all())
    lowering.plan.handledNet |= kernel::kNetConnectTcp & known;
  if (lowering.open.internet && !bind.set.all())
    lowering.plan.handledNet |= kernel::kNetBindTcp & known;
  if (lowering.open.internet && connect.set.none() && known == 0)
    reportAbi(lowering, lowering.rule(*bind.first).range, "connect", 4,
              "allow connect \"*:*\";");
  if (lowering.open.internet && bind.set.none() && known == 0)
    reportAbi(lowering, lowering.rule(*connect.first).range, "bind", 4,
              "allow bind \"*:*\";");
  llvm::sort(lowering.plan.ports, [](const auto &a, const auto &b) {
    return std::tie(a.port, a.rights) < std::tie(b.port, b.rights);
  });
}

void lowerNetwork(Lowering &lowering) { NetworkLowering(lowering).run(); }

} // namespace srt
