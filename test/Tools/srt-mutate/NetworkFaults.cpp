// test/Tools/srt-mutate/NetworkFaults.cpp: mistakes in the table of endpoints.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-mutate/Faults.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::mutate {

using ir::EndpointPattern;
using ir::HostPattern;

using Change = std::function<bool(EndpointPattern &)>;

/// A change to the first endpoint of TCP or UDP that it can be made to.
static std::function<bool(ir::Plan &)> onEndpoint(Change change) {
  return [=](ir::Plan &plan) {
    for (ir::Rule &rule : plan.policy.rules)
      for (ir::Pattern &pattern : rule.patterns)
        if (auto *endpoint = std::get_if<EndpointPattern>(&pattern.value);
            plan.network && endpoint && !endpoint->ports.empty() &&
            change(*endpoint))
          return true;
    return false;
  };
}

static Change onHost(HostPattern::Kind kind,
                     std::function<void(HostPattern &)> change) {
  return [=](EndpointPattern &endpoint) {
    bool isIt = endpoint.host.kind == kind;
    if (isIt)
      change(endpoint.host);
    return isIt;
  };
}

static bool widenPorts(EndpointPattern &endpoint) {
  ir::PortRange &last = endpoint.ports.back();
  if (last.last == 65535)
    return false;
  ++last.last;
  return true;
}

static bool swapTransport(EndpointPattern &endpoint) {
  endpoint.transport = endpoint.transport == ir::Transport::Tcp
                           ? ir::Transport::Udp
                           : ir::Transport::Tcp;
  return true;
}

/// Changes of what the broker is told to judge at all.
static void addUses(std::vector<Fault> &faults) {
  faults.push_back({"answers-for-no-name", [](ir::Plan &plan) {
                      bool had = plan.network && plan.network->names;
                      if (had)
                        plan.network->names = false;
                      return had;
                    }});
  faults.push_back({"judges-no-unix-socket", [](ir::Plan &plan) {
                      bool had = plan.network && plan.network->unixes;
                      if (had)
                        plan.network->unixes = false;
                      return had;
                    }});
  faults.push_back({"judges-no-socket", [](ir::Plan &plan) {
                      bool had = plan.network.has_value();
                      plan.network.reset();
                      return had;
                    }});
}

std::vector<Fault> networkFaults() {
  using Kind = HostPattern::Kind;
  std::vector<Fault> faults = {
      {"endpoint-port-wider", onEndpoint(widenPorts)},
      {"endpoint-other-transport", onEndpoint(swapTransport)},
      {"endpoint-name-as-suffix", onEndpoint(onHost(Kind::Name, [](HostPattern &host) {
         host.kind = Kind::Suffix;
       }))},
      {"endpoint-suffix-as-name", onEndpoint(onHost(Kind::Suffix, [](HostPattern &host) {
         host.kind = Kind::Name;
       }))},
      {"endpoint-any-host", onEndpoint(onHost(Kind::Name, [](HostPattern &host) {
         host = HostPattern();
       }))},
      {"endpoint-address-bit", onEndpoint(onHost(Kind::Address, [](HostPattern &host) {
         host.address[0] ^= 0x80;
       }))},
      {"endpoint-shorter-prefix", onEndpoint(onHost(Kind::Address, [](HostPattern &host) {
         --host.prefix;
         host.address[host.prefix / 8] &= uint8_t(~(0x80 >> host.prefix % 8));
       }))},
      {"endpoint-other-name", onEndpoint(onHost(Kind::Name, [](HostPattern &host) {
         host.name = "x" + host.name;
       }))}};
  addUses(faults);
  return faults;
}

} // namespace srt::mutate
