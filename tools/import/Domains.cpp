// tools/import/Domains.cpp: translates hosts with and without a port.
// SPDX-License-Identifier: Apache-2.0
#include "tools/import/Domains.h"

#include "lib/Parse/Texts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::import {

/// Why a host is none for those settings, or null.
static const char *whyWrong(llvm::StringRef host, Wildcards wildcards) {
  if (host.contains("//") || host.contains('/'))
    return "a host, not a URL or a path";
  if (host.empty() || host.contains(' '))
    return "empty, or with a space";
  if (!host.starts_with("[") && host.count(':') > 0)
    return "an IPv6 address stands in brackets";
  bool isAny = wildcards == Wildcards::Any;
  if (host == "*")
    return isAny ? nullptr : "`*` alone would open everything";
  llvm::StringRef rest = host;
  bool isWild = rest.consume_front("*.");
  if (rest.contains('*'))
    return "`*` stands only as the first label";
  if (isWild && !rest.contains('.') && !isAny)
    return "`*.` wants two labels behind it";
  bool isBare = !rest.contains('.') && !rest.starts_with("[") && rest != "localhost";
  return isBare && !isWild ? "a host has a dot in it" : nullptr;
}

/// Why it is none in a policy either; empty: it is one.
static std::string whyNoEndpoint(llvm::StringRef host, llvm::StringRef port) {
  std::string why;
  if (host != "*" && !readHost(host, why))
    return why;
  return readPorts(port) ? "" : "a port is a number from 0 to 65535";
}

std::optional<std::string> endpointFor(llvm::StringRef domain,
                                       llvm::StringRef where,
                                       Wildcards wildcards, Draft &draft) {
  llvm::StringRef host = domain, port = "*";
  size_t colon = domain.rfind(':');
  bool hasPort = colon != llvm::StringRef::npos &&
                 domain.find(']', colon) == llvm::StringRef::npos &&
                 llvm::all_of(domain.drop_front(colon + 1), llvm::isDigit) &&
                 (domain.starts_with("[") || domain.count(':') == 1);
  if (hasPort) {
    host = domain.take_front(colon);
    port = domain.drop_front(colon + 1);
  }
  port = port.empty() ? "*" : port;
  const char *wrong = whyWrong(host, wildcards);
  std::string why = wrong ? wrong : whyNoEndpoint(host, port);
  if (!why.empty()) {
    draft.wrong("`" + where.str() + "` has `" + domain.str() + "`: " + why);
    return std::nullopt;
  }
  return host.str() + ":" + port.str();
}

} // namespace srt::import
