// runtime/loader/Arena.h: memory that is taken and never given back.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: zeroed, aligned to 16, valid until exec. The first 16 KiB need no
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

  /// Takes an array of `count` zeroed elements.
  template <typename Element> Element *array(uint64_t count) {
    return static_cast<Element *>(take(count * sizeof(Element)));
  }

  /// Copies a text and adds a NUL.
  Text copy(Text text);

private:
  /// Goes on in a new chunk of at least `size` bytes.
  void takeChunk(uint64_t size);

  static constexpr uint64_t kFirst = 16384;
  static constexpr uint64_t kChunk = 1 << 20;
  alignas(16) char first[kFirst];
  char *chunk = nullptr; // null: `first`
  uint64_t used = 0;     // bytes of the chunk, or of `first`
  uint64_t room = 0;     // bytes the chunk has
};

} // namespace srt::load

#endif
