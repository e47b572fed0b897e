// lib/Support/Heap.cpp: tells glibc and the kernel how the heap will grow.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Support/Heap.h"

#include <climits>
#include <cstdint>
#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace srt {

#if defined(__GLIBC__)
static constexpr uintptr_t kPage = 2 << 20;
static constexpr int kAhead = 512 << 20;
static constexpr int kUsualPad = 128 << 10;
static constexpr int kLongest = 32 << 20; // what mallopt(3) takes at most
static constexpr size_t kBlock = 100 << 10;

static uintptr_t heapEnd() { return reinterpret_cast<uintptr_t>(sbrk(0)); }

static bool isLimited() {
  rlimit limit;
  return getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY;
}

/// Makes the heap grow by kAhead now. Two blocks exceed together what it has;
/// volatile, or the compiler sees that nobody uses them and leaves them out.
static void growHeap() {
  mallopt(M_TOP_PAD, kAhead);
  void *volatile one = malloc(kBlock);
  void *volatile two = malloc(kBlock);
  free(two);
  free(one);
  mallopt(M_TOP_PAD, kUsualPad);
}

void preferLargePages() {
  if (isLimited())
    return; // address space is not free there
  mallopt(M_TRIM_THRESHOLD, INT_MAX);  // or free() gives all of it back
  mallopt(M_MMAP_THRESHOLD, kLongest); // long tables lie in the heap as well
  uintptr_t begin = heapEnd();
  growHeap();
  uintptr_t first = (begin + kPage - 1) & ~(kPage - 1);
  uintptr_t last = heapEnd() & ~(kPage - 1);
  if (first < last)
    madvise(reinterpret_cast<void *>(first), last - first, MADV_HUGEPAGE);
}
#else
void preferLargePages() {}
#endif

} // namespace srt
