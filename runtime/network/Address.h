// runtime/network/Address.h: addresses of the Internet, and how they are
// spelled. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one value for one address, whatever structure it came in.
// Compiles freestanding (the broker) and hosted (srt-resolve, tests).
#ifndef SRT_RUNTIME_NETWORK_ADDRESS_H
#define SRT_RUNTIME_NETWORK_ADDRESS_H

#include <stdint.h>

namespace srt::network {

/// An address in network byte order; an IPv4 one has four bytes, then zeros.
struct Address {
  uint8_t bytes[16];
  bool isV6;
};
inline bool operator==(const Address &one, const Address &other) {
  return one.isV6 == other.isV6 &&
         __builtin_memcmp(one.bytes, other.bytes, 16) == 0;
}

/// The IPv4 address within an IPv6 one (::ffff:a.b.c.d, RFC 4291 section
/// 2.5.5.2; 64:ff9b::a.b.c.d, RFC 6052), to which its packets really go; any
/// other address as it is.
Address unmapped(const Address &address);
/// The IPv4 address as ::ffff:a.b.c.d; an IPv6 one as it is.
Address mapped(const Address &address);
/// Whether it is 0.0.0.0, :: or ::ffff:0.0.0.0.
bool isUnspecified(const Address &address);
/// Whether it is loopback, private, link-local, multicast or of "this network":
/// no name leads there (bundle.h, srt_endpoint). The list of
/// lib/Sim/MatchOther.cpp. Of the unmapped address.
bool isSpecial(const Address &address);
Address loopback(bool isV6);

/// Bytes that any address needs as text: INET6_ADDRSTRLEN without its NUL.
inline constexpr unsigned kAddressText = 45;
/// Spells an address as RFC 5952 does; returns the number of bytes.
unsigned spell(const Address &address, char *to);

/// Reads an address as inet_pton(3) does, but for IPv4 within IPv6; false if it
/// is none.
bool read(const char *text, unsigned size, Address &address);

} // namespace srt::network

#endif
