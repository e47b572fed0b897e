// tools/srt-dump/Endpoints.cpp: an endpoint of a bundle in words.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-dump/Endpoints.h"

#include "llvm/ADT/SmallVector.h"

#include <arpa/inet.h>

namespace srt::dump {

std::string endpointText(const srt_endpoint &record,
                                llvm::StringRef name) {
  static constexpr llvm::StringLiteral kTransports[] = {"", "tcp:", "udp:", "unix:"};
  std::string text = kTransports[record.transport].str();
  llvm::SmallVector<char, 46> address(46);
  switch (record.host) {
  case SRT_HOST_ANY:
    text += "*";
    break;
  case SRT_HOST_SUFFIX:
    text += "*.";
    text += name;
    break;
  case SRT_HOST_NAME:
    text += name;
    break;
  case SRT_HOST_ABSTRACT:
  case SRT_HOST_ABSTRACT_PREFIX:
    text += "@" + name.str();
    return record.host == SRT_HOST_ABSTRACT ? text : text + "*";
  case SRT_HOST_ADDRESS:
    inet_ntop(record.is_v6 ? AF_INET6 : AF_INET, record.address, address.data(),
              socklen_t(address.size()));
    text += record.is_v6 ? "[" : "";
    text += address.data();
    text += record.is_v6 ? "]/" : "/";
    text += std::to_string(record.prefix);
    break;
  }
  text += ":" + std::to_string(record.first_port);
  return record.first_port == record.last_port
             ? text
             : text + "-" + std::to_string(record.last_port);
}

std::string netActsText(uint32_t actions) {
  std::string text;
  for (auto [bit, name] : {std::pair(SRT_NET_CONNECT, "connect"),
                           std::pair(SRT_NET_BIND, "bind"),
                           std::pair(SRT_NET_SEND, "send")})
    if (actions & bit)
      text += (text.empty() ? "" : "|") + std::string(name);
  return text;
}

} // namespace srt::dump
