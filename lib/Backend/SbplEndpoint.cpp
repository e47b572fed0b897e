// lib/Backend/SbplEndpoint.cpp: endpoints as Seatbelt filters.
// SPDX-License-Identifier: Apache-2.0
//
// Seatbelt knows two hosts, `*` and `localhost`; a profile with any other does
// not compile. What needs more is refused here, for the broker's proxy to do.
#include "lib/Backend/SbplPatterns.h"

#include "lib/Backend/SbplPath.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

bool isLoopback(const ir::HostPattern &host) {
  if (host.kind != ir::HostPattern::Kind::Address)
    return false;
  if (!host.isV6)
    return host.prefix == 32 && host.address[0] == 127 &&
           host.address[1] == 0 && host.address[2] == 0 && host.address[3] == 1;
  return host.prefix == 128 && host.address[15] == 1 &&
         llvm::all_of(llvm::ArrayRef(host.address).drop_back(),
                      [](uint8_t byte) { return byte == 0; });
}

/// The transport that `channel` is about, or nothing.
static std::optional<ir::Transport> transportOf(Channel channel) {
  switch (channel) {
  case Channel::RemoteTcp:
  case Channel::LocalTcp:
    return ir::Transport::Tcp;
  case Channel::RemoteUdp:
  case Channel::LocalUdp:
    return ir::Transport::Udp;
  case Channel::RemoteUnix:
  case Channel::LocalUnix:
    return ir::Transport::Unix;
  case Channel::Path:
  case Channel::Program:
  case Channel::Subject:
  case Channel::MachName:
  case Channel::SysctlName:
  case Channel::IokitClass:
    return std::nullopt;
  }
  llvm_unreachable("unknown channel");
}

/// `tcp "*:` or `udp4 "localhost:`: all of the filter up to the port.
static std::optional<std::string> hostPart(const ir::EndpointPattern &endpoint,
                                           std::string &why) {
  std::string protocol =
      endpoint.transport == ir::Transport::Tcp ? "tcp" : "udp";
  switch (endpoint.host.kind) {
  case ir::HostPattern::Kind::Any:
    return protocol + " \"*:";
  case ir::HostPattern::Kind::Name:
  case ir::HostPattern::Kind::Suffix:
    why = "it names a host, and a profile can only say `*`, 127.0.0.1 or ::1; "
          "a proxy could judge it";
    return std::nullopt;
  case ir::HostPattern::Kind::Address:
    if (!isLoopback(endpoint.host)) {
      why = "of all addresses a profile can say 127.0.0.1 and ::1 only";
      return std::nullopt;
    }
    // `localhost` alone would take in both families.
    return protocol + (endpoint.host.isV6 ? "6" : "4") + " \"localhost:";
  }
  llvm_unreachable("unknown host");
}

static bool appendPorts(const ir::EndpointPattern &endpoint,
                        llvm::StringRef before,
                        std::vector<std::string> &filters, std::string &why) {
  unsigned single = 0;
  for (ir::PortRange range : endpoint.ports) {
    if (range == ir::PortRange{}) {
      filters.push_back((before + "*\")").str());
      continue;
    }
    single += range.last - range.first + 1u;
    if (single > kMaxSbplPorts) {
      why = "a profile lists ports one by one, and a rule may list " +
            std::to_string(kMaxSbplPorts) + " here";
      return false;
    }
    for (unsigned port = range.first; port <= range.last; ++port)
      filters.push_back((before + std::to_string(port) + "\")").str());
  }
  return true;
}

bool appendEndpointFilters(const ir::Policy &policy,
                           const ir::EndpointPattern &endpoint, Channel channel,
                           std::vector<std::string> &filters,
                           std::string &why) {
  if (transportOf(channel) != endpoint.transport)
    return true;
  if (endpoint.path)
    return appendPathFilters(policy, *endpoint.path, filters, why);
  if (endpoint.abstract || endpoint.transport == ir::Transport::Unix) {
    why = "macOS has no abstract sockets";
    return false;
  }
  std::optional<std::string> host = hostPart(endpoint, why);
  if (!host)
    return false;
  bool isLocal = channel == Channel::LocalTcp || channel == Channel::LocalUdp;
  return appendPorts(endpoint, (isLocal ? "(local " : "(remote ") + *host,
                     filters, why);
}

} // namespace srt::backend
