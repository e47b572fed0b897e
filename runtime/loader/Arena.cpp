// runtime/loader/Arena.cpp: takes memory from the first block, then from mmap.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: see Arena.h. Sizes come from counts that the bundle check bounds
// (65536 records) or from the kernel's own bounds on arguments, so sums of them
// do not overflow 64 bits.
#include "Arena.h"
#include "Fail.h"
#include "Kernel.h"

namespace srt::load {

void *Arena::take(uint64_t size) {
  size = (size + 15) & ~uint64_t(15);
  if (size > (chunk ? room : kFirst) - used)
    takeChunk(size);
  char *taken = (chunk ? chunk : first) + used;
  used += size;
  return taken;
}

void Arena::expect(uint64_t size) {
  if (!hasRoom(size))
    return;
  constexpr uint64_t kPage = 4096; // a larger one, and the kernel declines
  char *next = first + used;
  char *page = next - reinterpret_cast<uintptr_t>(next) % kPage;
  uint64_t pages = (uint64_t(next - page) + size + kPage - 1) / kPage;
  (void)sys::populate(page, pages * kPage);
}

void Arena::takeChunk(uint64_t size) {
  room = size > kChunk ? size : kChunk;
  long mapped = sys::mapMemory(room, 0);
  if (mapped < 0 && mapped > -4096)
    refuse("memory",
           Message() << "cannot map " << room << " bytes: " << Errno{mapped});
  chunk = reinterpret_cast<char *>(mapped);
  used = 0;
}

Text Arena::copy(Text text) {
  char *to = array<char>(text.size + 1);
  if (text.size != 0) // else it may have no address, which memcpy(3) needs
    __builtin_memcpy(to, text.data, text.size);
  return {to, text.size};
}

} // namespace srt::load
