// tools/srt/bare/Memory.cpp: memory, bytes and strings.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the contracts of string.h. Memory is taken from the front of one
// block; what is given back in the opposite order, as temporary strings are, is
// used again, the rest when the process has become another.
#include "tools/srt/bare/Bare.h"

#include <new>

namespace srt::bare {

static constexpr size_t kFirst = 256 * 1024, kChunk = 1 << 20;
static constexpr size_t kAlign = 16;
alignas(kAlign) static char first[kFirst];
static char *next = first, *limit = first + kFirst;

static size_t rounded(size_t size) { return (size + kAlign - 1) & ~(kAlign - 1); }

static void takeChunk(size_t size) {
  size_t wanted = size > kChunk ? (size + 4095) & ~size_t(4095) : kChunk;
  long memory = sys::mapMemory(wanted, 0);
  if (memory < 0)
    giveUp("no memory");
  next = reinterpret_cast<char *>(memory);
  limit = next + wanted;
}

} // namespace srt::bare

using namespace srt::bare;

void *operator new(size_t size) {
  if (size > (size_t(1) << 40))
    giveUp("no memory");
  size = rounded(size);
  if (size > size_t(limit - next))
    takeChunk(size);
  void *taken = next;
  next += size;
  return taken;
}

void *operator new[](size_t size) { return operator new(size); }
void operator delete(void *) noexcept {}
void operator delete[](void *) noexcept {}
void operator delete(void *memory, size_t size) noexcept {
  if (static_cast<char *>(memory) + rounded(size) == next)
    next = static_cast<char *>(memory);
}
void operator delete[](void *memory, size_t size) noexcept {
  operator delete(memory, size);
}

extern "C" {

// The compiler must not take these loops for the functions that they are:
// -fno-tree-loop-distribute-patterns, in CMakeLists.txt.

static void *copyUp(void *to, const void *from, size_t size) {
  auto *out = static_cast<char *>(to);
  auto *in = static_cast<const char *>(from);
  for (; size >= 8; size -= 8, in += 8, out += 8)
    __builtin_memcpy(out, in, 8);
  for (; size != 0; --size)
    *out++ = *in++;
  return to;
}

void *memcpy(void *to, const void *from, size_t size) {
  return copyUp(to, from, size);
}

void *memmove(void *to, const void *from, size_t size) {
  auto *out = static_cast<char *>(to);
  auto *in = static_cast<const char *>(from);
  if (out <= in || out >= in + size) {
    // Eight at a time would read what it has just written.
    if (out >= in + size || out + 8 <= in)
      return copyUp(to, from, size);
    for (size_t i = 0; i < size; ++i)
      out[i] = in[i];
    return to;
  }
  for (size_t i = size; i > 0; --i)
    out[i - 1] = in[i - 1];
  return to;
}

void *memset(void *to, int byte, size_t size) {
  auto *out = static_cast<unsigned char *>(to);
  uint64_t eight = uint64_t(static_cast<unsigned char>(byte)) * 0x0101010101010101u;
  for (; size >= 8; size -= 8, out += 8)
    __builtin_memcpy(out, &eight, 8);
  for (; size != 0; --size)
    *out++ = static_cast<unsigned char>(byte);
  return to;
}

int memcmp(const void *one, const void *other, size_t size) {
  auto *left = static_cast<const unsigned char *>(one);
  auto *right = static_cast<const unsigned char *>(other);
  for (size_t i = 0; i < size; ++i)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return 0;
}

void *memchr(const void *in, int byte, size_t size) {
  auto *bytes = static_cast<const unsigned char *>(in);
  for (size_t i = 0; i < size; ++i)
    if (bytes[i] == static_cast<unsigned char>(byte))
      return const_cast<unsigned char *>(bytes + i);
  return nullptr;
}

size_t strlen(const char *text) {
  size_t size = 0;
  while (text[size] != 0)
    ++size;
  return size;
}

int strncmp(const char *one, const char *other, size_t most) {
  for (size_t i = 0; i < most; ++i) {
    auto left = static_cast<unsigned char>(one[i]);
    auto right = static_cast<unsigned char>(other[i]);
    if (left != right)
      return left < right ? -1 : 1;
    if (left == 0)
      return 0;
  }
  return 0;
}

int strcmp(const char *one, const char *other) {
  return strncmp(one, other, ~size_t(0));
}

char *strrchr(const char *text, int byte) {
  const char *found = nullptr;
  for (;; ++text) {
    if (*text == char(byte))
      found = text;
    if (*text == 0)
      return const_cast<char *>(found);
  }
}

} // extern "C"
