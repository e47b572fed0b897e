// lib/Sim/MatchOther.cpp: endpoints, subjects and syscalls.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/Match.h"

#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <algorithm>

namespace srt::sim {

/// Where packets to this address really go: an IPv4 address written as an IPv6
/// one (::ffff:a.b.c.d, RFC 4291 section 2.5.5.2; 64:ff9b::a.b.c.d, RFC 6052)
/// is that IPv4 address.
static Address unmapped(const Address &address) {
  static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0,    0,
                                          0, 0, 0, 0, 0xff, 0xff};
  static constexpr uint8_t kNat64[12] = {0, 0x64, 0xff, 0x9b};
  const uint8_t *bytes = address.bytes.data();
  bool isMapped = std::equal(kMapped, kMapped + 12, bytes) ||
                  std::equal(kNat64, kNat64 + 12, bytes);
  if (!address.isV6 || !isMapped)
    return address;
  Address plain;
  std::copy_n(bytes + 12, 4, plain.bytes.begin());
  return plain;
}

static bool isInNetwork(const ir::HostPattern &host, const Address &address) {
  if (host.isV6 != address.isV6)
    return false;
  for (unsigned bit = 0; bit < host.prefix; ++bit) {
    uint8_t mask = uint8_t(0x80 >> (bit % 8));
    if ((host.address[bit / 8] & mask) != (address.bytes[bit / 8] & mask))
      return false;
  }
  return true;
}

/// Loopback, private, link-local, multicast and "this network" addresses: a
/// name must not lead there (docs/Language.md, "Endpoints").
static bool isSpecial(const Address &address) {
  const std::array<uint8_t, 16> &b = address.bytes;
  if (address.isV6) {
    bool isLow = llvm::all_of(llvm::ArrayRef(b).take_front(15),
                              [](uint8_t byte) { return byte == 0; }) &&
                 b[15] <= 1; // :: and ::1
    return isLow || (b[0] & 0xfe) == 0xfc || b[0] == 0xff ||
           (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
  }
  return b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224 ||
         (b[0] == 172 && (b[1] & 0xf0) == 16) || (b[0] == 192 && b[1] == 168) ||
         (b[0] == 169 && b[1] == 254) || (b[0] == 100 && (b[1] & 0xc0) == 64);
}

static bool matchesHost(const ir::HostPattern &host, const Endpoint &endpoint) {
  bool nameMayDecide =
      !endpoint.address || !isSpecial(unmapped(*endpoint.address));
  std::string name = llvm::StringRef(endpoint.name).lower();
  switch (host.kind) {
  case ir::HostPattern::Kind::Any:
    return true;
  case ir::HostPattern::Kind::Name:
    return nameMayDecide && name == host.name;
  case ir::HostPattern::Kind::Suffix:
    return nameMayDecide && llvm::StringRef(name).ends_with("." + host.name) &&
           name.size() > host.name.size() + 1;
  case ir::HostPattern::Kind::Address:
    // As written, or as where it leads: a deny of either must hold.
    return endpoint.address &&
           (isInNetwork(host, *endpoint.address) ||
            isInNetwork(host, unmapped(*endpoint.address)));
  }
  llvm_unreachable("unknown host pattern");
}

bool matchesEndpoint(const ir::EndpointPattern &pattern,
                     const Bindings &bindings, const Endpoint &endpoint) {
  if (pattern.transport != endpoint.transport)
    return false;
  if (pattern.path)
    return !endpoint.path.empty() &&
           matchesPath(*pattern.path, bindings, endpoint.path);
  if (pattern.abstract)
    return endpoint.path.empty() &&
           matchesGlob(*pattern.abstract, endpoint.abstract, Slash::Ordinary);
  return matchesHost(pattern.host, endpoint) &&
         llvm::any_of(pattern.ports, [&](ir::PortRange range) {
           return range.first <= endpoint.port && endpoint.port <= range.last;
         });
}

bool matchesSubject(ir::SubjectPattern pattern, ir::SubjectPattern subject) {
  // The wider a pattern, the higher its number: self < sandbox < all.
  return pattern >= subject;
}

static bool holds(const ir::ArgTest &test, const SyscallCall &call) {
  uint64_t value = call.args[test.index] & test.mask;
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return value == test.operand;
  case ir::ArgTest::Op::Ne:
    return value != test.operand;
  case ir::ArgTest::Op::Lt:
    return value < test.operand;
  case ir::ArgTest::Op::Le:
    return value <= test.operand;
  case ir::ArgTest::Op::Gt:
    return value > test.operand;
  case ir::ArgTest::Op::Ge:
    return value >= test.operand;
  }
  llvm_unreachable("unknown test");
}

bool matchesSyscall(const ir::SyscallPattern &pattern,
                    const SyscallCall &call) {
  switch (pattern.kind) {
  case ir::SyscallPattern::Kind::All:
    return kernel::isSyscall(call.name);
  case ir::SyscallPattern::Kind::Group:
    return kernel::isInGroup(call.name, pattern.name);
  case ir::SyscallPattern::Kind::Name:
    return call.name == pattern.name &&
           llvm::all_of(pattern.tests, [&](const ir::ArgTest &test) {
             return holds(test, call);
           });
  }
  llvm_unreachable("unknown syscall pattern");
}

} // namespace srt::sim
