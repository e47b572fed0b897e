// fuzz/GuardedBytes.h: bytes that end where the readable memory does.
// SPDX-License-Identifier: Apache-2.0
//
// A step over the end is then a signal in every build, not only where a
// sanitizer looks.
#ifndef SRT_FUZZ_GUARDEDBYTES_H
#define SRT_FUZZ_GUARDEDBYTES_H

#include <cstddef>
#include <cstdint>

namespace srt::fuzz {

class GuardedBytes {
public:
  /// Copies the bytes to an address that 8 divides. Up to 7 bytes lie between
  /// the end of the copy and the memory that nobody can read.
  GuardedBytes(const uint8_t *bytes, size_t size);
  ~GuardedBytes();
  GuardedBytes(const GuardedBytes &) = delete;
  GuardedBytes &operator=(const GuardedBytes &) = delete;

  const uint8_t *data() const { return first; }

private:
  uint8_t *mapping = nullptr;
  size_t mapped = 0;
  uint8_t *first = nullptr;
};

} // namespace srt::fuzz

#endif
