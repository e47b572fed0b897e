// runtime/bundle/network.cpp: the endpoints that the broker judges sockets by.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: an endpoint says what its fields say and nothing else: what a
// kind of host does not use is zero, so one pattern has one spelling.
#include "parts.h"

namespace srt::bundle {

static bool isUnix(const srt_endpoint &endpoint) {
  return endpoint.transport == SRT_TRANSPORT_UNIX;
}

static srt_reason checkTransport(const srt_endpoint &endpoint) {
  SRT_DEMAND(endpoint.transport >= SRT_TRANSPORT_TCP &&
                 endpoint.transport <= SRT_TRANSPORT_UNIX,
             SRT_BAD_ENDPOINT_TRANSPORT);
  bool hasPorts = endpoint.first_port != 0 || endpoint.last_port != 0;
  SRT_DEMAND(!isUnix(endpoint) || !hasPorts, SRT_BAD_ENDPOINT_TRANSPORT);
  SRT_DEMAND(endpoint.first_port <= endpoint.last_port, SRT_BAD_ENDPOINT_PORTS);
  return SRT_OK;
}

static bool isNameByte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
         byte == '-' || byte == '_' || byte == '.';
}

/// RFC 1035 section 2.3.4: 255 bytes on the wire, which is 253 of text.
static srt_reason checkHostName(const srt_view &view, srt_string name) {
  const char *first = view.strings + name.offset;
  SRT_DEMAND(name.size >= 1 && name.size <= 253 && first[0] != '.' &&
                 first[name.size - 1] != '.',
             SRT_BAD_ENDPOINT_NAME);
  for (uint32_t i = 0; i < name.size; ++i)
    SRT_DEMAND(isNameByte(first[i]) && (first[i] != '.' || first[i - 1] != '.'),
               SRT_BAD_ENDPOINT_NAME);
  return SRT_OK;
}

/// Bytes and bits behind the prefix are zero.
static srt_reason checkAddress(const srt_endpoint &endpoint) {
  unsigned most = endpoint.is_v6 ? 128 : 32;
  bool isAddress = endpoint.host == SRT_HOST_ADDRESS;
  SRT_DEMAND(endpoint.is_v6 <= (isAddress ? 1 : 0) &&
                 endpoint.prefix <= (isAddress ? most : 0),
             SRT_BAD_ENDPOINT_ADDRESS);
  for (unsigned bit = endpoint.prefix; bit < 128; ++bit)
    SRT_DEMAND((endpoint.address[bit / 8] & (0x80 >> (bit % 8))) == 0,
               SRT_BAD_ENDPOINT_ADDRESS);
  return SRT_OK;
}

static srt_reason checkHost(const srt_view &view,
                            const srt_endpoint &endpoint) {
  SRT_CHECK(checkString(view, endpoint.name));
  SRT_CHECK(checkAddress(endpoint));
  bool isAbstract = endpoint.host == SRT_HOST_ABSTRACT ||
                    endpoint.host == SRT_HOST_ABSTRACT_PREFIX;
  SRT_DEMAND(isAbstract == isUnix(endpoint), SRT_BAD_ENDPOINT_HOST);
  switch (endpoint.host) {
  case SRT_HOST_ANY:
  case SRT_HOST_ADDRESS:
    SRT_DEMAND(endpoint.name.size == 0, SRT_BAD_ENDPOINT_NAME);
    return SRT_OK;
  case SRT_HOST_NAME:
  case SRT_HOST_SUFFIX:
    return checkHostName(view, endpoint.name);
  case SRT_HOST_ABSTRACT:
  case SRT_HOST_ABSTRACT_PREFIX:
    // sun_path has 108 bytes, the first of which is zero (unix(7)).
    SRT_DEMAND(endpoint.name.size <= 107, SRT_BAD_ENDPOINT_NAME);
    return SRT_OK;
  }
  return SRT_BAD_ENDPOINT_HOST;
}

/// Checks an endpoint against the one before it.
static srt_reason checkOrder(const srt_view &view,
                             const srt_endpoint &endpoint) {
  bool isFirst = &endpoint == view.endpoints;
  const srt_endpoint &before = isFirst ? endpoint : *(&endpoint - 1);
  if (isFirst || before.rule != endpoint.rule) {
    SRT_DEMAND(endpoint.is_except == 0, SRT_BAD_ENDPOINT_ORDER);
    SRT_DEMAND(isFirst || before.rule < endpoint.rule, SRT_BAD_ENDPOINT_ORDER);
    return SRT_OK;
  }
  SRT_DEMAND(before.is_except <= endpoint.is_except && endpoint.is_except <= 1,
             SRT_BAD_ENDPOINT_ORDER);
  SRT_DEMAND(before.effect == endpoint.effect &&
                 before.actions == endpoint.actions,
             SRT_BAD_ENDPOINT_RULE);
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_endpoint &endpoint) {
  SRT_DEMAND(endpoint.rule < view.rule_count, SRT_BAD_RULE);
  SRT_DEMAND(endpoint.effect >= SRT_EFFECT_ALLOW &&
                 endpoint.effect <= SRT_EFFECT_DENY,
             SRT_BAD_PAIR_EFFECT);
  SRT_DEMAND(endpoint.actions != 0 && (endpoint.actions & ~SRT_NET_KNOWN) == 0,
             SRT_BAD_ENDPOINT_ACTIONS);
  SRT_DEMAND(endpoint.reserved == 0, SRT_BAD_RESERVED);
  SRT_CHECK(checkOrder(view, endpoint));
  SRT_CHECK(checkTransport(endpoint));
  return checkHost(view, endpoint);
}

srt_reason checkNetwork(const srt_view &view) {
  if (!view.network) {
    SRT_DEMAND(!view.endpoints, SRT_BAD_ENDPOINTS);
    return SRT_OK;
  }
  SRT_DEMAND(view.mediation, SRT_BAD_NETWORK);
  SRT_DEMAND((view.network->flags & ~SRT_NETWORK_FLAGS) == 0,
             SRT_BAD_NETWORK_FLAG);
  SRT_DEMAND(view.network->reserved == 0, SRT_BAD_RESERVED);
  for (uint32_t i = 0; i < view.endpoint_count; ++i)
    SRT_CHECK(check(view, view.endpoints[i]));
  return SRT_OK;
}

} // namespace srt::bundle
