// lib/Verify/VerifyPorts.cpp: the ports of a bundle against the policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/Verify.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/EndpointCells.h"
#include "lib/Analysis/Meanings.h"
#include "lib/Kernel/Landlock.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::verify {

using namespace kernel;

/// More combinations of hosts and ports are not looked at.
static constexpr size_t kMostEvents = 1'000'000;

namespace {
class PortVerifier {
public:
  PortVerifier(const ir::Plan &plan, const sim::Bundle &bundle)
      : plan(plan), bundle(bundle), policy(withoutAccepted(plan)) {}
  Result run();

private:
  std::vector<EndpointEvent> events(bool &isComplete) const;
  Outcome says(const EndpointEvent &event, std::optional<ir::Exactness> &noted) const;
  std::optional<Counterexample> check(const EndpointEvent &event) const;

  const ir::Plan &plan;
  const sim::Bundle &bundle;
  ir::Policy policy;
};
} // namespace

namespace {
struct NetRight {
  ir::Transport transport;
  ir::ActionId leaf;
  uint64_t right;
};
/// What each right permits; connect and send over UDP are one.
constexpr NetRight kNetRights[] = {
    {ir::Transport::Tcp, ir::ActionId::Connect, kNetConnectTcp},
    {ir::Transport::Tcp, ir::ActionId::Bind, kNetBindTcp},
    {ir::Transport::Udp, ir::ActionId::Connect, kNetConnectSendUdp},
    {ir::Transport::Udp, ir::ActionId::Send, kNetConnectSendUdp},
    {ir::Transport::Udp, ir::ActionId::Bind, kNetBindUdp},
};
} // namespace

static const ir::EndpointPattern *endpointOf(const ir::Pattern &pattern) {
  return std::get_if<ir::EndpointPattern>(&pattern.value);
}

/// Every combination that the policy's patterns and the bundle's ports tell
/// apart; a port of the bundle counts as a pattern of its own.
std::vector<EndpointEvent> PortVerifier::events(bool &isComplete) const {
  std::vector<ir::EndpointPattern> ports;
  for (uint32_t i = 0; i < bundle.view().port_count; ++i) {
    uint16_t port = uint16_t(bundle.view().ports[i].port);
    ir::EndpointPattern pattern;
    pattern.ports.push_back({port, port});
    for (ir::Transport transport : {ir::Transport::Tcp, ir::Transport::Udp}) {
      pattern.transport = transport;
      ports.push_back(pattern);
    }
  }
  std::vector<const ir::EndpointPattern *> all;
  for (const ir::EndpointPattern &port : ports)
    all.push_back(&port);
  for (const ir::Rule &rule : policy.rules)
    for (const auto *list : {&rule.patterns, &rule.excepts})
      for (const ir::Pattern &pattern : *list)
        if (const ir::EndpointPattern *endpoint = endpointOf(pattern))
          all.push_back(endpoint);
  auto found = endpointEvents(all, kMostEvents);
  isComplete = found.has_value();
  return found.value_or(std::vector<EndpointEvent>());
}

/// `noted`: what the plan's own words say of a rule that matches, if that is not
/// exact: narrower, or wider as the person accepted.
Outcome PortVerifier::says(const EndpointEvent &event,
                           std::optional<ir::Exactness> &noted) const {
  auto isIt = [&](const ir::Pattern &pattern) {
    const ir::EndpointPattern *endpoint = endpointOf(pattern);
    return endpoint && matches(*endpoint, event);
  };
  Outcome outcome;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (!llvm::any_of(rule.patterns, isIt) || llvm::any_of(rule.excepts, isIt))
      continue;
    addEffect(outcome, rule.effect, actionBits(rule));
    if (plan.decisions[i].exactness != ir::Exactness::Exact)
      noted = std::max(noted.value_or(ir::Exactness::Exact),
                       plan.decisions[i].exactness);
  }
  return outcome;
}

std::optional<Counterexample>
PortVerifier::check(const EndpointEvent &event) const {
  std::optional<ir::Exactness> noted;
  uint64_t allowed = says(event, noted).permitted();
  uint64_t granted = 0;
  for (uint32_t i = 0; i < bundle.view().port_count; ++i)
    if (bundle.view().ports[i].port == event.port)
      granted |= bundle.view().ports[i].rights;
  for (const NetRight &row : kNetRights) {
    if (row.transport != event.transport ||
        !(bundle.view().ruleset->handled_net & row.right))
      continue;
    bool isGranted = granted & row.right;
    std::string text =
        ir::spelling(row.leaf).str() + " " + wordOf(event);
    if (isGranted && !(allowed & bitOf(row.leaf)) &&
        noted != ir::Exactness::Wider)
      return Counterexample{Counterexample::Kind::Wider, text,
                            "the policy denies it, and the ruleset grants the port"};
    if ((allowed & bitOf(row.leaf)) && !isGranted &&
        noted != ir::Exactness::Narrower)
      return Counterexample{Counterexample::Kind::Narrower, text,
                            "a rule allows it, and the ruleset does not grant the port"};
  }
  return std::nullopt;
}

Result PortVerifier::run() {
  Result result;
  // Where Landlock judges no port, the broker does: VerifyEndpoints.cpp.
  if (!bundle.view().ruleset || bundle.view().ruleset->handled_net == 0)
    return result;
  for (const EndpointEvent &event : events(result.isComplete)) {
    if (event.transport == ir::Transport::Unix)
      continue;
    result.counterexample = check(event);
    if (result.counterexample)
      return result;
  }
  return result;
}

Result verifyPorts(const ir::Plan &plan, const sim::Bundle &bundle) {
  return PortVerifier(plan, bundle).run();
}

} // namespace srt::verify
