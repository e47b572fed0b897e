// runtime/loader/Path.cpp: the memory of paths.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: see Text.h. A long path takes one of few blocks and gives it back
// at its end, so that no number of long paths makes the loader grow.
#include "Fail.h"

namespace srt::load {

/// More than paths that exist at one time, since nothing here calls itself: of
/// the loader at most five, two of them in a Walk; of the broker less than
/// twenty, in a rename through /proc. Static and zero: a block that nobody takes
/// is no page.
static constexpr unsigned kBlocks = 32;
static char blocks[kBlocks][Path::kCapacity];
static bool isTaken[kBlocks];

static char *takeBlock() {
  for (unsigned i = 0; i < kBlocks; ++i)
    if (!isTaken[i]) {
      isTaken[i] = true;
      return blocks[i];
    }
  refuse("memory", Message() << "too many long paths at one time");
}

Path::~Path() {
  if (bytes != few)
    isTaken[(bytes - blocks[0]) / kCapacity] = false;
}

char *Path::room(uint64_t count) {
  if (count > kShort && bytes == few) {
    char *block = takeBlock();
    __builtin_memcpy(block, few, size + 1);
    bytes = block;
  }
  return const_cast<char *>(bytes);
}

bool Path::append(Text more) {
  if (more.size >= kCapacity - size)
    return false;
  char *to = room(size + more.size + 1);
  if (more.size != 0) // else it may have no address, which memcpy(3) needs
    __builtin_memcpy(to + size, more.data, more.size);
  cut(size + more.size);
  return true;
}

void Path::cut(uint64_t count) {
  size = count;
  const_cast<char *>(bytes)[size] = 0;
}

} // namespace srt::load
