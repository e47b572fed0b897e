// lib/IR/AddressText.cpp: IPv4 and IPv6 networks as text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/AddressText.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::ir {

static unsigned width(const HostPattern &host) { return host.isV6 ? 128 : 32; }

static std::string ipv4Text(const HostPattern &host) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i)
    out += (i == 0 ? "" : ".") + std::to_string(host.address[i]);
  return out;
}

static unsigned group(const HostPattern &host, unsigned index) {
  return host.address[2 * index] << 8 | host.address[2 * index + 1];
}

/// A run of zero groups: [first, first + length).
struct ZeroRun {
  unsigned first = 8;
  unsigned length = 0;
};

static ZeroRun longestZeroRun(const HostPattern &host) {
  ZeroRun best;
  unsigned length = 0;
  for (unsigned i = 0; i < 8; ++i) {
    length = group(host, i) == 0 ? length + 1 : 0;
    if (length > best.length)
      best = {i + 1 - length, length};
  }
  return best.length < 2 ? ZeroRun{} : best;
}

static std::string ipv6Text(const HostPattern &host) {
  ZeroRun run = longestZeroRun(host);
  std::string out;
  for (unsigned i = 0; i < 8; ++i) {
    if (i == run.first) {
      out += "::";
      i += run.length - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':')
      out += ':';
    out += llvm::utohexstr(group(host, i), /*LowerCase=*/true);
  }
  return "[" + out + "]";
}

std::string addressText(const HostPattern &host) {
  std::string out = host.isV6 ? ipv6Text(host) : ipv4Text(host);
  if (host.prefix != width(host))
    out += "/" + std::to_string(host.prefix);
  return out;
}

static bool isMasked(const HostPattern &host) {
  for (unsigned bit = host.prefix; bit < 128; ++bit)
    if (host.address[bit / 8] & 0x80 >> bit % 8)
      return false;
  return true;
}

/// Reads `/PREFIX`, if any, and holds the address against it.
static std::optional<HostPattern> readPrefix(TextScan &scan, HostPattern host) {
  host.kind = HostPattern::Kind::Address;
  host.prefix = width(host);
  size_t start = scan.place();
  if (scan.accept("/")) {
    std::optional<uint64_t> prefix = scan.decimal(width(host));
    if (!prefix)
      return std::nullopt;
    host.prefix = *prefix;
  }
  if (!isMasked(host))
    return scan.failAt(start, "an address without bits past its prefix");
  return host;
}

std::optional<HostPattern> readIpv4(TextScan &scan) {
  HostPattern host;
  for (unsigned i = 0; i < 4; ++i) {
    if (i > 0 && !scan.accept("."))
      return scan.fail("`.`");
    std::optional<uint64_t> byte = scan.decimal(255);
    if (!byte)
      return std::nullopt;
    host.address[i] = *byte;
  }
  return readPrefix(scan, host);
}

static std::optional<unsigned> readGroup(TextScan &scan) {
  llvm::StringRef digits = scan.rest().take_while(llvm::isHexDigit);
  unsigned value = 0;
  if (digits.size() > 4 || digits.getAsInteger(16, value))
    return scan.fail("up to four hexadecimal digits");
  scan.skip(digits.size());
  return value;
}

/// The groups before and behind `::`; `hasGap` tells whether it was there.
struct Groups {
  llvm::SmallVector<unsigned, 8> before, behind;
  bool hasGap = false;

  size_t count() const { return before.size() + behind.size(); }
  void add(unsigned group) { (hasGap ? behind : before).push_back(group); }
};

/// Reads up to eight groups and the `]`.
static std::optional<Groups> readGroups(TextScan &scan) {
  Groups groups;
  while (!scan.accept("]")) {
    if (!groups.hasGap && scan.accept("::")) {
      groups.hasGap = true;
      continue;
    }
    bool separated =
        groups.hasGap ? !groups.behind.empty() : groups.count() > 0;
    if (separated && !scan.accept(":"))
      return scan.fail("`:` or `]`");
    if (groups.count() == 8)
      return scan.fail("`]` after eight groups");
    std::optional<unsigned> value = readGroup(scan);
    if (!value)
      return std::nullopt;
    groups.add(*value);
  }
  return groups;
}

static void setGroup(HostPattern &host, size_t index, unsigned value) {
  host.address[2 * index] = value >> 8;
  host.address[2 * index + 1] = value & 0xff;
}

std::optional<HostPattern> readIpv6(TextScan &scan) {
  size_t start = scan.place();
  std::optional<Groups> groups = readGroups(scan);
  if (!groups)
    return std::nullopt;
  if (groups->hasGap ? groups->count() > 6 : groups->count() != 8)
    return scan.failAt(start, "eight groups, or fewer with `::`");
  HostPattern host;
  host.isV6 = true;
  for (size_t i = 0; i < groups->before.size(); ++i)
    setGroup(host, i, groups->before[i]);
  for (size_t i = 0; i < groups->behind.size(); ++i)
    setGroup(host, 8 - groups->behind.size() + i, groups->behind[i]);
  return readPrefix(scan, host);
}

} // namespace srt::ir
