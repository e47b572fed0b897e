// lib/Backend/EndpointTables.cpp: endpoints as records of bundle.h.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/EndpointTables.h"

#include "lib/Analysis/Clauses.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

using ir::EndpointPattern;
using ir::HostPattern;

static uint8_t hostOf(HostPattern::Kind kind) {
  switch (kind) {
  case HostPattern::Kind::Any:
    return SRT_HOST_ANY;
  case HostPattern::Kind::Name:
    return SRT_HOST_NAME;
  case HostPattern::Kind::Suffix:
    return SRT_HOST_SUFFIX;
  case HostPattern::Kind::Address:
    return SRT_HOST_ADDRESS;
  }
  llvm_unreachable("unknown host pattern");
}

static uint8_t transportOf(ir::Transport transport) {
  switch (transport) {
  case ir::Transport::Tcp:
    return SRT_TRANSPORT_TCP;
  case ir::Transport::Udp:
    return SRT_TRANSPORT_UDP;
  case ir::Transport::Unix:
    return SRT_TRANSPORT_UNIX;
  }
  llvm_unreachable("unknown transport");
}

/// SRT_NET_* of a set of ir::ActionId bits.
static uint8_t netActionsOf(uint64_t actions) {
  uint8_t net = 0;
  if (actions & bitOf(ir::ActionId::Connect))
    net |= SRT_NET_CONNECT;
  if (actions & bitOf(ir::ActionId::Bind))
    net |= SRT_NET_BIND;
  if (actions & bitOf(ir::ActionId::Send))
    net |= SRT_NET_SEND;
  return net;
}

namespace {
class EndpointFiller {
public:
  EndpointFiller(BrokerTables &out, BundleStrings &strings,
                 const ir::NetworkUse &use)
      : out(out), strings(strings), use(use) {}
  void add(ir::RuleId id, const ir::Rule &rule);

private:
  void add(const srt_endpoint &rule, const ir::Pattern &pattern);
  void addName(srt_endpoint record, const ir::Glob &name);

  BrokerTables &out;
  BundleStrings &strings;
  const ir::NetworkUse &use;
};
} // namespace

/// An abstract name, or the beginning of some.
void EndpointFiller::addName(srt_endpoint record, const ir::Glob &name) {
  ir::Glob beginning = name;
  bool isOne = name.isLiteral();
  if (!isOne)
    beginning.items.pop_back();
  record.host = isOne ? SRT_HOST_ABSTRACT : SRT_HOST_ABSTRACT_PREFIX;
  record.name = strings.add(beginning.literal());
  out.endpoints.push_back(record);
}

/// One record for each range of ports. Paths are in other tables.
void EndpointFiller::add(const srt_endpoint &rule, const ir::Pattern &pattern) {
  auto &endpoint = std::get<EndpointPattern>(pattern.value);
  srt_endpoint record = rule;
  record.transport = transportOf(endpoint.transport);
  if (endpoint.abstract && use.unixes)
    addName(record, *endpoint.abstract);
  if (endpoint.transport == ir::Transport::Unix)
    return;
  record.host = hostOf(endpoint.host.kind);
  record.is_v6 = endpoint.host.isV6;
  record.prefix = endpoint.host.prefix;
  llvm::copy(endpoint.host.address, record.address);
  record.name = strings.add(endpoint.host.name);
  for (ir::PortRange range : endpoint.ports) {
    record.first_port = range.first;
    record.last_port = range.last;
    out.endpoints.push_back(record);
  }
}

void EndpointFiller::add(ir::RuleId id, const ir::Rule &rule) {
  srt_endpoint record{};
  record.rule = id.value;
  record.effect = effectOf(rule.effect);
  record.actions = netActionsOf(actionBits(rule));
  size_t before = out.endpoints.size();
  for (const ir::Pattern &pattern : rule.patterns)
    add(record, pattern);
  if (out.endpoints.size() == before)
    return; // it speaks of paths only
  record.is_except = 1;
  for (const ir::Pattern &except : rule.excepts)
    add(record, except);
}

llvm::Error fillEndpoints(BrokerTables &out, const ir::Plan &plan,
                          BundleStrings &strings) {
  const ir::NetworkUse &use = *plan.network;
  out.network.push_back({(use.names ? SRT_NETWORK_NAMES : 0) |
                             (use.unixes ? SRT_NETWORK_UNIX : 0),
                         0});
  EndpointFiller filler(out, strings, use);
  for (uint32_t i = 0; i < plan.policy.rules.size(); ++i) {
    const ir::Rule &rule = plan.policy.rules[i];
    bool isEndpoint =
        ir::resource(rule.actions.front()) == ir::Resource::Endpoint;
    if (isEndpoint && !isGivenUp(plan, {i}))
      filler.add({i}, rule);
    if (out.endpoints.size() > SRT_MAX_ENDPOINTS)
      return llvm::make_error<TablesTooLarge>(TablesTooLarge::What::Endpoints,
                                              ir::RuleId{i});
  }
  return llvm::Error::success();
}

} // namespace srt::backend
