// runtime/loader/Text.h: byte strings with a length, and the paths made of
// them. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: nothing here looks past a length, and only a Path owns memory.
// Paths are bytes, no encoding is assumed.
#ifndef SRT_RUNTIME_LOADER_TEXT_H
#define SRT_RUNTIME_LOADER_TEXT_H

#include <stdint.h>

namespace srt::load {

/// `size` bytes at `data`; a NUL behind them only where a comment says so.
struct Text {
  const char *data = nullptr;
  uint64_t size = 0;

  constexpr Text() = default;
  constexpr Text(const char *first, uint64_t count)
      : data(first), size(count) {}
  /// The bytes of a NUL-terminated string.
  constexpr Text(const char *text) : data(text) {
    while (text[size] != 0)
      ++size;
  }

  Text prefix(uint64_t count) const { return {data, count}; }
  Text suffix(uint64_t from) const { return {data + from, size - from}; }
};

/// A number as decimal digits.
class Decimal {
public:
  explicit Decimal(uint64_t number) {
    do {
      digits[--first] = char('0' + number % 10);
      number /= 10;
    } while (number != 0);
  }
  Text text() const { return {digits + first, sizeof digits - first}; }

private:
  char digits[20]; // of the largest
  unsigned first = sizeof digits;
};

inline bool operator==(Text left, Text right) {
  return left.size == right.size &&
         __builtin_memcmp(left.data, right.data, left.size) == 0;
}

inline bool startsWith(Text text, Text prefix) {
  return text.size >= prefix.size && text.prefix(prefix.size) == prefix;
}

/// The index of the first `byte`, or the size.
inline uint64_t find(Text text, char byte) {
  uint64_t at = 0;
  while (at < text.size && text.data[at] != byte)
    ++at;
  return at;
}

/// Whether a path is `outer` or lies below it, component by component.
/// Requires: absolute, no trailing slash but in "/".
inline bool isWithin(Text path, Text outer) {
  if (!startsWith(path, outer))
    return false;
  return outer.size == 1 || path.size == outer.size ||
         path.data[outer.size] == '/';
}

/// A path being put together for the kernel: at most PATH_MAX bytes with its
/// NUL, which is always there. Nearly all are short and stay in the object: on
/// the stack, each of 4 KiB would cost a page fault.
class Path {
public:
  static constexpr uint64_t kCapacity = 4096;
  /// Bytes that need no memory outside of the object.
  static constexpr uint64_t kShort = 240;
  const char *bytes = few;
  uint64_t size = 0;

  Path() { few[0] = 0; }
  ~Path();
  Path(const Path &) = delete;

  Text text() const { return {bytes, size}; }

  /// Appends the bytes; returns false, changing nothing, if they do not fit.
  [[nodiscard]] bool append(Text more);
  /// Keeps the first `count` bytes.
  void cut(uint64_t count);
  /// Memory for `count` bytes, at most kCapacity, that a system call may fill;
  /// the path is still in it. The caller cuts to what came.
  char *room(uint64_t count);

private:
  char few[kShort];
};

} // namespace srt::load

#endif
