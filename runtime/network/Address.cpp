// runtime/network/Address.cpp: kinds of addresses, and their text.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what isSpecial says is what the simulator says.
#include "Address.h"

namespace srt::network {

static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
static constexpr uint8_t kNat64[12] = {0, 0x64, 0xff, 0x9b};

static bool beginsWith(const Address &address, const uint8_t *prefix) {
  return address.isV6 && __builtin_memcmp(address.bytes, prefix, 12) == 0;
}

Address unmapped(const Address &address) {
  if (!beginsWith(address, kMapped) && !beginsWith(address, kNat64))
    return address;
  Address plain = {};
  __builtin_memcpy(plain.bytes, address.bytes + 12, 4);
  return plain;
}

Address mapped(const Address &address) {
  if (address.isV6)
    return address;
  Address wide = {{}, true};
  __builtin_memcpy(wide.bytes, kMapped, 12);
  __builtin_memcpy(wide.bytes + 12, address.bytes, 4);
  return wide;
}

Address loopback(bool isV6) {
  Address address = {{}, isV6};
  address.bytes[isV6 ? 15 : 0] = isV6 ? 1 : 127;
  if (!isV6)
    address.bytes[3] = 1;
  return address;
}

bool isUnspecified(const Address &address) {
  Address plain = beginsWith(address, kMapped) ? unmapped(address) : address;
  Address none = {{}, plain.isV6};
  return plain == none;
}

static bool isSpecialV6(const uint8_t *b) {
  bool isLow = b[15] <= 1; // :: and ::1
  for (unsigned i = 0; i < 15; ++i)
    isLow = isLow && b[i] == 0;
  return isLow || (b[0] & 0xfe) == 0xfc || b[0] == 0xff ||
         (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
}

bool isSpecial(const Address &address) {
  Address plain = unmapped(address);
  const uint8_t *b = plain.bytes;
  if (plain.isV6)
    return isSpecialV6(b);
  return b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224 ||
         (b[0] == 172 && (b[1] & 0xf0) == 16) || (b[0] == 192 && b[1] == 168) ||
         (b[0] == 169 && b[1] == 254) || (b[0] == 100 && (b[1] & 0xc0) == 64);
}

/// Writes digits without leading zeros.
static unsigned addNumber(unsigned number, unsigned base, char *to) {
  unsigned top = 1, size = 0;
  while (number / top >= base)
    top *= base;
  for (; top != 0; top /= base)
    to[size++] = "0123456789abcdef"[number / top % base];
  return size;
}

static unsigned spellV4(const uint8_t *bytes, char *to) {
  unsigned size = 0;
  for (unsigned i = 0; i < 4; ++i) {
    if (i != 0)
      to[size++] = '.';
    size += addNumber(bytes[i], 10, to + size);
  }
  return size;
}

static unsigned groupAt(const Address &address, unsigned i) {
  return unsigned(address.bytes[2 * i] << 8 | address.bytes[2 * i + 1]);
}

/// Zero groups from `i` on.
static unsigned zerosAt(const Address &address, unsigned i) {
  unsigned count = 0;
  while (i + count < 8 && groupAt(address, i + count) == 0)
    ++count;
  return count;
}

/// The first of the longest runs of zero groups; 8 if none has two.
static unsigned longestRun(const Address &address) {
  unsigned best = 8, most = 1;
  for (unsigned i = 0; i < 8; ++i)
    if (zerosAt(address, i) > most) {
      most = zerosAt(address, i);
      best = i;
    }
  return best;
}

/// Reads digits, at most `most` of them; returns how many, 0 if there are none.
static unsigned readNumber(const char *text, unsigned size, unsigned base,
                           unsigned most, unsigned &number) {
  unsigned at = 0;
  number = 0;
  for (; at < size && at < most; ++at) {
    char byte = text[at];
    unsigned digit = byte >= '0' && byte <= '9'   ? unsigned(byte - '0')
                     : byte >= 'a' && byte <= 'f' ? unsigned(byte - 'a' + 10)
                     : byte >= 'A' && byte <= 'F' ? unsigned(byte - 'A' + 10)
                                                  : base;
    if (digit >= base)
      break;
    number = number * base + digit;
  }
  return at;
}

static bool readV4(const char *text, unsigned size, Address &address) {
  unsigned at = 0;
  for (unsigned i = 0; i < 4; ++i) {
    unsigned number, digits;
    if (i != 0 && (at == size || text[at] != '.'))
      return false;
    at += i != 0;
    digits = readNumber(text + at, size - at, 10, 3, number);
    if (digits == 0 || number > 255)
      return false;
    address.bytes[i] = uint8_t(number);
    at += digits;
  }
  return at == size;
}

/// Groups until the end or "::"; returns how many, 9 if it is no address.
static unsigned readGroups(const char *text, unsigned size, unsigned &at,
                           uint8_t *to) {
  unsigned count = 0;
  while (at < size && text[at] != ':') {
    unsigned number, digits = readNumber(text + at, size - at, 16, 4, number);
    if (digits == 0 || count == 8)
      return 9;
    to[2 * count] = uint8_t(number >> 8);
    to[2 * count++ + 1] = uint8_t(number);
    at += digits;
    bool isMore = at + 1 < size && text[at] == ':' && text[at + 1] != ':';
    at += isMore;
    if (!isMore && at < size && text[at] != ':')
      return 9;
  }
  return count;
}

static bool readV6(const char *text, unsigned size, Address &address) {
  uint8_t tail[16] = {};
  unsigned at = 0, head = readGroups(text, size, at, address.bytes), rest = 0;
  address.isV6 = true;
  if (at == size)
    return head == 8;
  if (head > 8 || at + 1 >= size || text[at + 1] != ':')
    return false;
  at += 2;
  rest = readGroups(text, size, at, tail);
  if (at != size || head + rest > 7)
    return false;
  __builtin_memcpy(address.bytes + 16 - 2 * rest, tail, 2 * rest);
  return true;
}

bool read(const char *text, unsigned size, Address &address) {
  address = {};
  for (unsigned i = 0; i < size; ++i)
    if (text[i] == ':')
      return readV6(text, size, address);
  return readV4(text, size, address);
}

unsigned spell(const Address &address, char *to) {
  if (!address.isV6)
    return spellV4(address.bytes, to);
  unsigned run = longestRun(address), size = 0;
  for (unsigned i = 0; i < 8;) {
    if (i == run) {
      to[size++] = ':';
      to[size++] = ':';
      i += zerosAt(address, i);
      continue;
    }
    if (size != 0 && to[size - 1] != ':')
      to[size++] = ':';
    if (i == 6 && beginsWith(address, kMapped))
      return size + spellV4(address.bytes + 12, to + size);
    size += addNumber(groupAt(address, i++), 16, to + size);
  }
  return size;
}

} // namespace srt::network
