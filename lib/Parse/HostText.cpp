// lib/Parse/HostText.cpp: host names, wildcards, addresses and networks.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Texts.h"

#include "llvm/ADT/StringExtras.h"

namespace srt {

using HostKind = ir::HostPattern::Kind;

/// Reads four decimal numbers without leading zeros: other spellings of IPv4
/// (0x7f.1, 2130706433) mean different things to different programs.
static bool readV4(llvm::StringRef text, uint8_t *bytes) {
  llvm::SmallVector<llvm::StringRef, 4> parts;
  text.split(parts, '.');
  if (parts.size() != 4)
    return false;
  for (size_t i = 0; i < 4; ++i) {
    bool isPlain = !parts[i].empty() && llvm::all_of(parts[i], llvm::isDigit) &&
                   (parts[i].size() == 1 || parts[i][0] != '0');
    if (!isPlain || parts[i].getAsInteger(10, bytes[i]))
      return false;
  }
  return true;
}

/// Reads colon-separated groups, the last of which may be an IPv4 address.
/// Returns the number of bytes read into `bytes`, or nothing.
static std::optional<size_t> readGroups(llvm::StringRef text, uint8_t *bytes) {
  size_t size = 0;
  while (!text.empty()) {
    auto [group, rest] = text.split(':');
    bool isLast = group.size() == text.size();
    if (isLast && group.contains('.')) {
      if (size > 12 || !readV4(group, bytes + size))
        return std::nullopt;
      return size + 4;
    }
    uint16_t value = 0;
    bool isGroup = !group.empty() && group.size() <= 4 && size <= 14 &&
                   llvm::all_of(group, llvm::isHexDigit) &&
                   !group.getAsInteger(16, value) && (isLast || !rest.empty());
    if (!isGroup)
      return std::nullopt;
    bytes[size++] = uint8_t(value >> 8);
    bytes[size++] = uint8_t(value);
    text = rest;
  }
  return size;
}

/// RFC 4291, section 2.2: eight groups, or `::` for the missing ones.
static bool readV6(llvm::StringRef text, std::array<uint8_t, 16> &address) {
  size_t gap = text.find("::");
  if (gap == llvm::StringRef::npos) {
    std::optional<size_t> size = readGroups(text, address.data());
    return size && *size == 16;
  }
  uint8_t head[16] = {}, tail[16] = {};
  std::optional<size_t> before = readGroups(text.take_front(gap), head);
  std::optional<size_t> after = readGroups(text.drop_front(gap + 2), tail);
  if (!before || !after || *before + *after > 14)
    return false;
  std::copy_n(head, *before, address.begin());
  std::copy_n(tail, *after, address.end() - *after);
  return true;
}

static bool hasBitsPastMask(const ir::HostPattern &host) {
  unsigned bits = host.isV6 ? 128 : 32;
  for (unsigned bit = host.prefix; bit < bits; ++bit)
    if (host.address[bit / 8] & (0x80 >> (bit % 8)))
      return true;
  return false;
}

/// Reads the `/len` behind an address, if any.
static bool readPrefix(llvm::StringRef text, ir::HostPattern &host,
                       std::string &why) {
  unsigned bits = host.isV6 ? 128 : 32;
  unsigned length = bits;
  if (!text.empty() && (!text.consume_front("/") ||
                        !llvm::all_of(text, llvm::isDigit) ||
                        text.getAsInteger(10, length) || length > bits)) {
    why = "an address is followed by nothing or by /0 to /" +
          std::to_string(bits);
    return false;
  }
  host.prefix = uint8_t(length);
  if (!hasBitsPastMask(host))
    return true;
  why = "address has bits set past its /" + std::to_string(length) + " mask";
  return false;
}

/// RFC 1123, section 2.1, and RFC 5890 for A-labels; `_` as the DNS allows.
static bool isLabel(llvm::StringRef label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' &&
         label.back() != '-' && llvm::all_of(label, [](char c) {
           return llvm::isAlnum(c) || c == '-' || c == '_';
         });
}

static bool readHostName(llvm::StringRef text, std::string &name,
                         std::string &why) {
  text.consume_back(".");
  llvm::SmallVector<llvm::StringRef, 8> labels;
  text.split(labels, '.');
  if (text.size() > 253 || !llvm::all_of(labels, isLabel)) {
    why = "a host name is labels of letters, digits and `-` with dots between "
          "them (write international names as xn-- labels)";
    return false;
  }
  bool looksLikeAddress = llvm::all_of(labels.back(), llvm::isDigit) ||
                          labels.back().starts_with_insensitive("0x");
  if (looksLikeAddress) {
    why = "an IPv4 address is four numbers from 0 to 255, each without "
          "leading zeros";
    return false;
  }
  name = text.lower();
  return true;
}

static std::optional<ir::HostPattern>
readAddress(llvm::StringRef text, llvm::StringRef rest, ir::HostPattern host,
            std::string &why) {
  host.kind = HostKind::Address;
  bool isRead = host.isV6 ? readV6(text, host.address)
                          : readV4(text, host.address.data());
  if (!isRead) {
    why = host.isV6 ? "brackets hold an IPv6 address" : "not an IPv4 address";
    return std::nullopt;
  }
  if (!readPrefix(rest, host, why))
    return std::nullopt;
  return host;
}

std::optional<ir::HostPattern> readHost(llvm::StringRef text,
                                        std::string &why) {
  ir::HostPattern host;
  if (text == "*")
    return host;
  if (text.consume_front("[")) {
    auto [address, rest] = text.split(']');
    host.isV6 = true;
    return readAddress(address, rest, host, why);
  }
  size_t slash = text.find('/');
  uint8_t probe[4];
  if (slash != llvm::StringRef::npos || readV4(text, probe))
    return readAddress(text.take_front(slash),
                       slash == llvm::StringRef::npos ? "" : text.substr(slash),
                       host, why);
  if (text.contains(':')) {
    why = "an IPv6 address stands in brackets: [2001:db8::1]:443";
    return std::nullopt;
  }
  host.kind = text.consume_front("*.") ? HostKind::Suffix : HostKind::Name;
  if (!readHostName(text, host.name, why))
    return std::nullopt;
  return host;
}

} // namespace srt
