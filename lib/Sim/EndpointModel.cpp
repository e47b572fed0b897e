// lib/Sim/EndpointModel.cpp: the broker's endpoints, slowly.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/BrokerModel.h"

#include "lib/Sim/Match.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

static ir::Transport transportOf(uint8_t transport) {
  if (transport == SRT_TRANSPORT_UDP)
    return ir::Transport::Udp;
  return transport == SRT_TRANSPORT_TCP ? ir::Transport::Tcp
                                        : ir::Transport::Unix;
}

static ir::HostPattern::Kind kindOf(uint8_t host) {
  using Kind = ir::HostPattern::Kind;
  switch (host) {
  case SRT_HOST_ANY:
    return Kind::Any;
  case SRT_HOST_NAME:
    return Kind::Name;
  case SRT_HOST_SUFFIX:
    return Kind::Suffix;
  case SRT_HOST_ADDRESS:
    return Kind::Address;
  }
  llvm_unreachable("no host of TCP or UDP: the reader refuses it");
}

ir::EndpointPattern endpointOf(const Bundle &bundle,
                               const srt_endpoint &record) {
  ir::EndpointPattern pattern;
  pattern.transport = transportOf(record.transport);
  if (pattern.transport == ir::Transport::Unix) {
    ir::Glob &name = pattern.abstract.emplace(
        ir::Glob::ofLiteral(bundle.text(record.name)));
    if (record.host == SRT_HOST_ABSTRACT_PREFIX)
      name.items.push_back({ir::GlobItem::Kind::AnyRun, 0, {}});
    return pattern;
  }
  pattern.host.kind = kindOf(record.host);
  pattern.host.name = bundle.text(record.name).str();
  pattern.host.isV6 = record.is_v6;
  pattern.host.prefix = record.prefix;
  std::copy_n(record.address, 16, pattern.host.address.begin());
  pattern.ports = {{record.first_port, record.last_port}};
  return pattern;
}

uint32_t netActOf(ir::ActionId leaf) {
  if (leaf == ir::ActionId::Connect)
    return SRT_NET_CONNECT;
  if (leaf == ir::ActionId::Bind)
    return SRT_NET_BIND;
  return leaf == ir::ActionId::Send ? SRT_NET_SEND : 0;
}

namespace {
/// What the records of one rule say together.
struct RuleMatch {
  bool isMatched = false, isCut = false;
};
} // namespace

bool brokerPermits(const Bundle &bundle, ir::ActionId leaf,
                   const Endpoint &endpoint) {
  const srt_view &view = bundle.view();
  bool isIp = endpoint.transport != ir::Transport::Unix;
  if (!view.network)
    return false;
  if (!isIp && !(view.network->flags & SRT_NETWORK_UNIX))
    return true;
  if (!endpoint.path.empty())
    return true; // the tables on paths say what is to be said
  std::map<uint32_t, RuleMatch> rules;
  bool isAllowed = false, isDenied = false;
  for (uint32_t i = 0; i < view.endpoint_count; ++i) {
    const srt_endpoint &record = view.endpoints[i];
    if (matchesEndpoint(endpointOf(bundle, record), Bindings(), endpoint))
      (record.is_except ? rules[record.rule].isCut
                        : rules[record.rule].isMatched) = true;
  }
  for (uint32_t i = 0; i < view.endpoint_count; ++i) {
    const srt_endpoint &record = view.endpoints[i];
    const RuleMatch &match = rules[record.rule];
    if (match.isMatched && !match.isCut && (record.actions & netActOf(leaf)))
      (record.effect == SRT_EFFECT_ALLOW ? isAllowed : isDenied) = true;
  }
  return isAllowed && !isDenied;
}

} // namespace srt::sim
