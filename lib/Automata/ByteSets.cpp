// lib/Automata/ByteSets.cpp: interning, and refining a partition.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/ByteSets.h"

#include "llvm/ADT/StringRef.h"

#include <map>

namespace srt::automata {

ByteSet allBut(llvm::ArrayRef<uint8_t> bytes) {
  ByteSet set;
  set.set();
  for (uint8_t byte : bytes)
    set.reset(byte);
  return set;
}

ByteSet only(uint8_t byte) { return ByteSet().set(byte); }

static std::array<uint8_t, 256> makeReadableOrder() {
  std::array<uint8_t, 256> order{};
  ByteSet seen;
  unsigned count = 0;
  auto add = [&](uint8_t byte) {
    if (!seen[byte])
      order[count++] = byte;
    seen.set(byte);
  };
  for (char byte : llvm::StringRef("abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."))
    add(uint8_t(byte));
  for (unsigned byte = 0x21; byte < 0x7f; ++byte)
    add(uint8_t(byte));
  for (unsigned byte = 0; byte < 256; ++byte)
    add(uint8_t(byte));
  return order;
}

const std::array<uint8_t, 256> &readableOrder() {
  static const std::array<uint8_t, 256> order = makeReadableOrder();
  return order;
}

ByteSetId ByteSets::intern(const ByteSet &set) {
  auto [it, isNew] = known.try_emplace(set, uint32_t(sets.size()));
  if (isNew)
    sets.push_back(set);
  return {it->second};
}

/// Splits every class into what is in `set` and what is not.
static void refine(ByteClasses &classes, const ByteSet &set) {
  std::map<std::pair<uint8_t, bool>, uint8_t> renamed;
  for (unsigned byte = 0; byte < 256; ++byte) {
    uint8_t &own = classes.classOf[byte];
    own = renamed.try_emplace({own, set[byte]}, uint8_t(renamed.size()))
              .first->second;
  }
  classes.count = renamed.size();
}

ByteClasses ByteClasses::of(const ByteSets &sets) {
  ByteClasses classes;
  for (uint32_t i = 0; i < sets.size(); ++i)
    refine(classes, sets[{i}]);
  return classes;
}

std::vector<uint8_t> ByteClasses::classesIn(const ByteSet &set) const {
  ByteSet found;
  for (unsigned byte = 0; byte < 256; ++byte)
    if (set[byte])
      found.set(classOf[byte]);
  std::vector<uint8_t> classes;
  for (unsigned i = 0; i < count; ++i)
    if (found[i])
      classes.push_back(uint8_t(i));
  return classes;
}

} // namespace srt::automata
