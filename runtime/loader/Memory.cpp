// runtime/loader/Memory.cpp: the four functions a compiler may call on its own.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the contracts of string.h. GCC and clang emit calls to these even
// in freestanding code (GCC manual, "Standards"); the loader copies little, so
// short code is better here than fast code.
#include <stddef.h>

extern "C" {

/// Copies upwards. The empty asm keeps the compiler from recognising the loop
/// as memcpy and calling this function from inside itself.
void *memcpy(void *to, const void *from, size_t size) {
  auto *out = static_cast<unsigned char *>(to);
  auto *in = static_cast<const unsigned char *>(from);
  for (size_t i = 0; i < size; ++i) {
    out[i] = in[i];
    asm volatile("" ::: "memory");
  }
  return to;
}

void *memmove(void *to, const void *from, size_t size) {
  auto *out = static_cast<unsigned char *>(to);
  auto *in = static_cast<const unsigned char *>(from);
  if (out <= in)
    return memcpy(to, from, size);
  for (size_t i = size; i > 0; --i) {
    out[i - 1] = in[i - 1];
    asm volatile("" ::: "memory");
  }
  return to;
}

void *memset(void *to, int byte, size_t size) {
  auto *out = static_cast<unsigned char *>(to);
  for (size_t i = 0; i < size; ++i) {
    out[i] = static_cast<unsigned char>(byte);
    asm volatile("" ::: "memory");
  }
  return to;
}

int memcmp(const void *left, const void *right, size_t size) {
  auto *a = static_cast<const unsigned char *>(left);
  auto *b = static_cast<const unsigned char *>(right);
  for (size_t i = 0; i < size; ++i)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  return 0;
}
}
