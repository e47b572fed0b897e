// lib/Analysis/EndpointCells.cpp: names, networks and ports, cut apart.
// SPDX-License-Identifier: Apache-2.0
//
// Two networks are apart or one holds the other, and so it is with `*.suffix`:
// what lies in one and in none that is smaller is one cell. Ports are cut where
// a range begins or ends.
#include "lib/Analysis/EndpointCells.h"

#include "lib/IR/AddressText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/ErrorHandling.h"

#include <algorithm>
#include <map>
#include <set>

namespace srt {

using Wide = unsigned __int128;

namespace {
/// All addresses from first to last.
struct Network {
  bool isV6;
  Wide first, last;
  friend auto operator<=>(const Network &, const Network &) = default;
};
} // namespace

static Network networkOf(bool isV6, Wide value, unsigned prefix) {
  unsigned bits = isV6 ? 128 : 32;
  Wide all = isV6 ? ~Wide(0) : Wide(0xffffffff);
  Wide host = prefix == 0 ? all : prefix >= bits ? 0 : all >> prefix;
  return {isV6, value & ~host, value | host};
}

static Network networkOf(const ir::HostPattern &host) {
  Wide value = 0;
  for (unsigned i = 0; i < (host.isV6 ? 16u : 4u); ++i)
    value = value << 8 | host.address[i];
  return networkOf(host.isV6, value, host.prefix);
}

static bool isIn(const Network &network, const AddressValue &address) {
  return network.isV6 == address.isV6 && network.first <= address.value &&
         address.value <= network.last;
}

/// ::ffff:a.b.c.d (RFC 4291, 2.5.5.2) and 64:ff9b::a.b.c.d (RFC 6052, 2.1).
static const Wide kMapped = Wide(0xffff) << 32;
static const Wide kNat64 = (Wide(0x64) << 112) | (Wide(0xff9b) << 96);

/// Where packets to this address really go.
static AddressValue unmapped(const AddressValue &address) {
  Wide high = address.value >> 32 << 32;
  if (address.isV6 && (high == kMapped || high == kNat64))
    return {false, address.value & 0xffffffff};
  return address;
}

/// Loopback, private, link-local, multicast and "this network" addresses, where
/// a name must not lead (docs/Language.md, "Endpoints").
static llvm::ArrayRef<Network> specialNetworks() {
  static const Network networks[] = {
      networkOf(false, 0, 8),
      networkOf(false, 10u << 24, 8),
      networkOf(false, 100u << 24 | 64u << 16, 10),
      networkOf(false, 127u << 24, 8),
      networkOf(false, 169u << 24 | 254u << 16, 16),
      networkOf(false, 172u << 24 | 16u << 16, 12),
      networkOf(false, 192u << 24 | 168u << 16, 16),
      networkOf(false, 224u << 24, 3),
      networkOf(true, 0, 127),
      networkOf(true, Wide(0xfc00) << 112, 7),
      networkOf(true, Wide(0xfe80) << 112, 10),
      networkOf(true, Wide(0xff00) << 112, 8),
  };
  return networks;
}

static bool isSpecial(const AddressValue &address) {
  AddressValue plain = unmapped(address);
  return llvm::any_of(specialNetworks(), [&](const Network &network) {
    return isIn(network, plain);
  });
}

static bool matchesHost(const ir::HostPattern &host,
                        const EndpointEvent &event) {
  bool nameMayDecide = !event.address || !isSpecial(*event.address);
  switch (host.kind) {
  case ir::HostPattern::Kind::Any:
    return true;
  case ir::HostPattern::Kind::Name:
    return nameMayDecide && event.name == host.name;
  case ir::HostPattern::Kind::Suffix:
    return nameMayDecide && llvm::StringRef(event.name).ends_with("." + host.name);
  case ir::HostPattern::Kind::Address: {
    Network network = networkOf(host);
    return event.address && (isIn(network, *event.address) ||
                             isIn(network, unmapped(*event.address)));
  }
  }
  llvm_unreachable("unknown host pattern");
}

bool matches(const ir::EndpointPattern &pattern, const EndpointEvent &event) {
  return pattern.transport == event.transport &&
         matchesHost(pattern.host, event) &&
         llvm::any_of(pattern.ports, [&](ir::PortRange range) {
           return range.first <= event.port && event.port <= range.last;
         });
}

/// Some address of a network that lies in none of the smaller ones.
static std::optional<AddressValue> own(const Network &network,
                                       const std::set<Network> &all) {
  Wide at = network.first;
  while (at <= network.last) {
    // The largest smaller network that holds `at`; networks never overlap
    // otherwise, so all of it can be stepped over.
    const Network *inner = nullptr;
    for (const Network &each : all)
      if (each != network && each.isV6 == network.isV6 && each.first <= at &&
          at <= each.last && each.first >= network.first &&
          each.last <= network.last && (!inner || each.last > inner->last))
        inner = &each;
    if (!inner)
      return AddressValue{network.isV6, at};
    if (inner->last == network.last)
      return std::nullopt;
    at = inner->last + 1;
  }
  return std::nullopt;
}

static std::vector<std::optional<AddressValue>>
addressesApart(llvm::ArrayRef<const ir::EndpointPattern *> patterns) {
  std::set<Network> all{networkOf(false, 0, 0), networkOf(true, 0, 0)};
  all.insert(specialNetworks().begin(), specialNetworks().end());
  for (const ir::EndpointPattern *pattern : patterns)
    if (pattern->host.kind == ir::HostPattern::Kind::Address)
      all.insert(networkOf(pattern->host));
  // Each IPv4 network is also a part of two IPv6 ones.
  for (const Network &network : std::set<Network>(all))
    if (!network.isV6)
      for (Wide base : {kMapped, kNat64})
        all.insert({true, base | network.first, base | network.last});
  std::vector<std::optional<AddressValue>> found{std::nullopt};
  for (const Network &network : all)
    if (std::optional<AddressValue> address = own(network, all))
      found.push_back(address);
  return found;
}

/// Some name under `suffix` that no pattern names more exactly.
static std::string nameUnder(const std::string &suffix,
                             const std::set<std::string> &exact,
                             const std::set<std::string> &suffixes) {
  std::string label = "x";
  while (exact.count(label + suffix) || suffixes.count("." + label + suffix))
    label += 'x';
  return label + suffix;
}

static std::vector<std::string>
namesApart(llvm::ArrayRef<const ir::EndpointPattern *> patterns) {
  std::set<std::string> exact, suffixes;
  for (const ir::EndpointPattern *pattern : patterns) {
    if (pattern->host.kind == ir::HostPattern::Kind::Name)
      exact.insert(pattern->host.name);
    if (pattern->host.kind == ir::HostPattern::Kind::Suffix)
      suffixes.insert("." + pattern->host.name);
  }
  std::vector<std::string> names{""};
  names.insert(names.end(), exact.begin(), exact.end());
  for (const std::string &suffix : suffixes)
    names.push_back(nameUnder(suffix, exact, suffixes));
  if (names.size() > 1)
    names.push_back(nameUnder("", exact, suffixes));
  return names;
}

/// One port of each stretch that the same patterns hold.
static std::vector<uint16_t>
portsApart(llvm::ArrayRef<const ir::EndpointPattern *> patterns) {
  std::set<unsigned> starts{0};
  for (const ir::EndpointPattern *pattern : patterns)
    for (ir::PortRange range : pattern->ports) {
      starts.insert(range.first);
      starts.insert(range.last + 1u);
    }
  std::map<std::vector<bool>, uint16_t> found; // by who holds it
  for (unsigned port : starts) {
    std::vector<bool> holders;
    for (const ir::EndpointPattern *pattern : patterns)
      holders.push_back(llvm::any_of(pattern->ports, [&](ir::PortRange range) {
        return range.first <= port && port <= range.last;
      }));
    if (port <= 65535)
      found.try_emplace(std::move(holders), uint16_t(port));
  }
  std::vector<uint16_t> ports;
  for (const auto &[holders, port] : found)
    ports.push_back(port);
  llvm::sort(ports);
  return ports;
}

static bool addEvents(ir::Transport transport,
                      llvm::ArrayRef<const ir::EndpointPattern *> patterns,
                      size_t most, std::vector<EndpointEvent> &events) {
  std::vector<const ir::EndpointPattern *> ours;
  for (const ir::EndpointPattern *pattern : patterns)
    if (pattern->transport == transport)
      ours.push_back(pattern);
  auto names = namesApart(ours);
  auto addresses = addressesApart(ours);
  auto ports = portsApart(ours);
  if (names.size() * addresses.size() * ports.size() + events.size() > most)
    return false;
  for (uint16_t port : ports)
    for (const std::string &name : names)
      for (const std::optional<AddressValue> &address : addresses)
        events.push_back({transport, name, address, port});
  return true;
}

std::optional<std::vector<EndpointEvent>>
endpointEvents(llvm::ArrayRef<const ir::EndpointPattern *> patterns,
               size_t most) {
  std::vector<EndpointEvent> events;
  if (!addEvents(ir::Transport::Tcp, patterns, most, events) ||
      !addEvents(ir::Transport::Udp, patterns, most, events))
    return std::nullopt;
  return events;
}

static std::string textOf(const AddressValue &address) {
  ir::HostPattern host;
  host.kind = ir::HostPattern::Kind::Address;
  host.isV6 = address.isV6;
  host.prefix = address.isV6 ? 128 : 32;
  unsigned bytes = address.isV6 ? 16 : 4;
  for (unsigned i = 0; i < bytes; ++i)
    host.address[i] = uint8_t(address.value >> 8 * (bytes - 1 - i));
  return ir::addressText(host);
}

std::string wordOf(const EndpointEvent &event) {
  std::string text = event.transport == ir::Transport::Tcp ? "tcp:" : "udp:";
  text += event.name;
  if (event.address)
    text += (event.name.empty() ? "" : "=") + textOf(*event.address);
  else if (event.name.empty())
    text += "no-name.invalid"; // an address that no rule is about
  return text + ":" + std::to_string(event.port);
}

} // namespace srt
