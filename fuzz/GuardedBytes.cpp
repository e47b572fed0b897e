// fuzz/GuardedBytes.cpp: pages, the last of which is out of bounds.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/GuardedBytes.h"

#include "fuzz/Target.h"

#include <cstring>
#include <sys/mman.h>

namespace srt::fuzz {

static constexpr size_t kPage = 4096;

static size_t roundedUp(size_t size, size_t to) {
  return (size + to - 1) / to * to;
}

GuardedBytes::GuardedBytes(const uint8_t *bytes, size_t size) {
  size_t readable = roundedUp(size, kPage);
  mapped = readable + kPage;
  void *pages = mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  require(pages != MAP_FAILED, "no memory");
  mapping = static_cast<uint8_t *>(pages);
  require(mprotect(mapping + readable, kPage, PROT_NONE) == 0, "no guard");
  first = mapping + readable - roundedUp(size, 8);
  if (size != 0)
    std::memcpy(first, bytes, size);
}

GuardedBytes::~GuardedBytes() { munmap(mapping, mapped); }

} // namespace srt::fuzz
