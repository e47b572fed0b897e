// runtime/loader/Arena.h: memory that is taken and never given back.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: zeroed, aligned to 16, valid until exec. The first 64 KiB need no
// system call, and few bundles use more. All-zero is the empty state, so that
// an arena stands in .bss and costs no bytes in the executable.
#ifndef SRT_RUNTIME_LOADER_ARENA_H
#define SRT_RUNTIME_LOADER_ARENA_H

#include "Text.h"

namespace srt::load {

class Arena {
public:
  /// Takes `size` bytes; ends the process if the kernel has none left.
  void *take(uint64_t size);

  /// Whether `size` bytes can be had from the first block.
  bool hasRoom(uint64_t size) const { return !chunk && size <= kFirst - used; }

  /// Says that `size` bytes are going to be taken, so that their pages can be
  /// had at once, at half the price of a page fault for each. Only a hint.
  void expect(uint64_t size);

  /// Takes an array of `count` zeroed elements.
  template <typename Element> Element *array(uint64_t count) {
    return static_cast<Element *>(take(count * sizeof(Element)));
  }

  /// Copies a text and adds a NUL.
  Text copy(Text text);

private:
  /// Goes on in a new chunk of at least `size` bytes.
  void takeChunk(uint64_t size);

  static constexpr uint64_t kFirst = 65536;
  static constexpr uint64_t kChunk = 1 << 20;
  char *chunk = nullptr; // null: `first`
  uint64_t used = 0;     // bytes of the chunk, or of `first`
  uint64_t room = 0;     // bytes the chunk has
  // Last, so that the pages that are touched are next to each other.
  alignas(16) char first[kFirst] = {};
};

/// A growing array in an arena; what it held before it grew stays there.
template <typename Element> struct List {
  Element *data = nullptr;
  uint64_t size = 0;
  uint64_t room = 0;

  Element &add(Arena &arena, const Element &element) {
    if (size == room)
      reserve(arena, room * 2 + 4);
    return data[size++] = element;
  }
  /// Makes room for `count` elements in all; worth it where that is known.
  void reserve(Arena &arena, uint64_t count) {
    auto *moved = arena.array<Element>(count);
    for (uint64_t i = 0; i < size; ++i)
      moved[i] = data[i];
    data = moved;
    room = count;
  }
  const Element *begin() const { return data; }
  const Element *end() const { return data + size; }
  Element *begin() { return data; }
  Element *end() { return data + size; }
};

} // namespace srt::load

#endif
