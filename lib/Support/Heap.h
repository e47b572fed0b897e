// lib/Support/Heap.h: memory in large pages, for programs that fill much of it.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SUPPORT_HEAP_H
#define SRT_LIB_SUPPORT_HEAP_H

namespace srt {

/// Asks for the first 512 MiB of the heap in pages of 2 MiB. A policy of ten
/// thousand rules touches 30 MiB, which is eight thousand page faults otherwise
/// and half of the time that it takes to read. Nothing happens where the system
/// has no such pages, or where address space is limited (ulimit -v). Call it first in main(), before any thread.
/// Source: madvise(2), MADV_HUGEPAGE; mallopt(3), M_TOP_PAD.
void preferLargePages();

} // namespace srt

#endif
