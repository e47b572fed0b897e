// lib/IR/EndpointText.cpp: endpoints as text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/AddressText.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <tuple>

namespace srt::ir {

static std::string hostText(const HostPattern &host) {
  switch (host.kind) {
  case HostPattern::Kind::Any:
    return "*";
  case HostPattern::Kind::Name:
    return host.name;
  case HostPattern::Kind::Suffix:
    return "*." + host.name;
  case HostPattern::Kind::Address:
    return addressText(host);
  }
  llvm_unreachable("unknown kind of host");
}

static std::string portText(PortRange range) {
  if (range == PortRange{})
    return "*";
  std::string first = std::to_string(range.first);
  return range.first == range.last ? first
                                   : first + "-" + std::to_string(range.last);
}

static std::string portsText(llvm::ArrayRef<PortRange> ports) {
  std::string out;
  for (PortRange range : ports)
    out += (out.empty() ? "" : ",") + portText(range);
  return out;
}

static std::string unixText(const EndpointPattern &endpoint,
                            llvm::ArrayRef<Param> params) {
  std::string out = "unix:";
  if (endpoint.path)
    out += text(*endpoint.path, params);
  if (endpoint.abstract)
    out += "@" + text(*endpoint.abstract, GlobPlace::Whole);
  return out;
}

std::string text(const EndpointPattern &endpoint,
                 llvm::ArrayRef<Param> params) {
  std::string inet = hostText(endpoint.host) + ":" + portsText(endpoint.ports);
  switch (endpoint.transport) {
  case Transport::Tcp:
    return "tcp:" + inet;
  case Transport::Udp:
    return "udp:" + inet;
  case Transport::Unix:
    return unixText(endpoint, params);
  }
  llvm_unreachable("unknown transport");
}

static bool isHostByte(char c) {
  return llvm::isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

/// True for dot-separated labels whose last one is not a number: a name that
/// ends in a number would be taken for an address.
static bool isHostName(llvm::StringRef name) {
  llvm::StringRef rest = name, label;
  if (name.empty() || name.size() > 253 || name.ends_with("."))
    return false;
  while (!rest.empty()) {
    std::tie(label, rest) = rest.split('.');
    if (label.empty() || label.size() > 63 || !llvm::all_of(label, isHostByte))
      return false;
  }
  return !llvm::all_of(label, llvm::isDigit);
}

static std::optional<HostPattern> readNamedHost(TextScan &scan) {
  HostPattern host;
  bool isSuffix = scan.accept("*.");
  host.kind = isSuffix ? HostPattern::Kind::Suffix : HostPattern::Kind::Name;
  host.name = scan.rest().take_until([](char c) { return c == ':'; }).str();
  if (!isHostName(host.name))
    return scan.fail("a host name in lower case");
  scan.skip(host.name.size());
  return host;
}

static std::optional<HostPattern> readHost(TextScan &scan) {
  if (scan.rest().starts_with("*:")) {
    scan.skip(1);
    return HostPattern{};
  }
  if (scan.accept("["))
    return readIpv6(scan);
  llvm::StringRef host =
      scan.rest().take_until([](char c) { return c == ':'; });
  if (!host.empty() && host.find_first_not_of("0123456789./") == host.npos)
    return readIpv4(scan);
  return readNamedHost(scan);
}

static std::optional<PortRange> readPortRange(TextScan &scan) {
  if (scan.accept("*"))
    return PortRange{};
  size_t start = scan.place();
  std::optional<uint64_t> first = scan.decimal(65535);
  std::optional<uint64_t> last = first;
  if (first && scan.accept("-"))
    last = scan.decimal(65535);
  if (!last)
    return std::nullopt;
  if (*last < *first)
    return scan.failAt(start, "a range whose end is not below its start");
  return PortRange{uint16_t(*first), uint16_t(*last)};
}

/// Reads ranges joined by ',' to the end of the text.
static bool readPorts(TextScan &scan, std::vector<PortRange> &ports) {
  do {
    size_t start = scan.place();
    std::optional<PortRange> range = readPortRange(scan);
    if (!range)
      return false;
    if (!ports.empty() && range->first <= ports.back().last + 1) {
      scan.failAt(start, "ports above those before, not touching them");
      return false;
    }
    ports.push_back(*range);
  } while (scan.accept(","));
  if (!scan.atEnd())
    scan.fail("`,` or the end of the endpoint");
  return scan.atEnd();
}

/// Reads `HOST:PORTS` into `endpoint`.
static bool readInet(TextScan &scan, EndpointPattern &endpoint) {
  std::optional<HostPattern> host = readHost(scan);
  if (!host)
    return false;
  endpoint.host = *host;
  if (scan.accept(":"))
    return readPorts(scan, endpoint.ports);
  scan.fail("`:` and ports");
  return false;
}

/// Reads a path or `@NAME` into `endpoint`.
static bool readUnix(TextScan &scan, llvm::ArrayRef<Param> params,
                     EndpointPattern &endpoint) {
  if (scan.accept("@")) {
    endpoint.abstract = readGlob(scan, GlobPlace::Whole);
    return endpoint.abstract.has_value();
  }
  endpoint.path = readPathPart(scan, params, GlobPlace::Segment);
  return endpoint.path.has_value();
}

static bool readTransport(TextScan &scan, EndpointPattern &endpoint) {
  if (scan.accept("tcp:"))
    endpoint.transport = Transport::Tcp;
  else if (scan.accept("udp:"))
    endpoint.transport = Transport::Udp;
  else if (scan.accept("unix:"))
    endpoint.transport = Transport::Unix;
  else
    scan.fail("`tcp:`, `udp:` or `unix:`");
  return scan.place() > 0;
}

std::optional<EndpointPattern> readEndpoint(llvm::StringRef text,
                                            llvm::ArrayRef<Param> params,
                                            TextError &error) {
  TextScan scan(text, error);
  EndpointPattern endpoint;
  if (!readTransport(scan, endpoint))
    return std::nullopt;
  bool ok = endpoint.transport == Transport::Unix
                ? readUnix(scan, params, endpoint)
                : readInet(scan, endpoint);
  if (!ok || !isCanonical(scan, ir::text(endpoint, params)))
    return std::nullopt;
  return endpoint;
}

} // namespace srt::ir
