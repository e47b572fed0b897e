// lib/Automata/StateSet.cpp: open addressing over a flat list of records.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/StateSet.h"

#include "llvm/Support/xxhash.h"

#include <cassert>

namespace srt::automata {

size_t StateSet::slotOf(llvm::ArrayRef<uint32_t> record) const {
  llvm::ArrayRef<uint8_t> bytes(
      reinterpret_cast<const uint8_t *>(record.data()), record.size() * 4);
  size_t mask = slots.size() - 1;
  size_t slot = llvm::xxh3_64bits(bytes) & mask;
  while (slots[slot] != 0 && (*this)[slots[slot] - 1] != record)
    slot = (slot + 1) & mask;
  return slot;
}

void StateSet::grow() {
  slots.assign(slots.size() * 2, 0);
  for (uint32_t i = 0; i < count; ++i)
    slots[slotOf((*this)[i])] = i + 1;
}

bool StateSet::insert(llvm::ArrayRef<uint32_t> record) {
  assert(record.size() == width);
  if (2 * size_t(count) >= slots.size())
    grow();
  size_t slot = slotOf(record);
  if (slots[slot] != 0)
    return false;
  words.insert(words.end(), record.begin(), record.end());
  slots[slot] = ++count;
  return true;
}

} // namespace srt::automata
