// lib/Automata/ByteSets.h: sets of bytes, and the classes they cut bytes into.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_AUTOMATA_BYTESETS_H
#define SRT_LIB_AUTOMATA_BYTESETS_H

#include "lib/Support/Id.h"

#include "llvm/ADT/ArrayRef.h"

#include <array>
#include <bitset>
#include <unordered_map>
#include <vector>

namespace srt::automata {

using ByteSet = std::bitset<256>;
using ByteSetId = Id<struct ByteSetTag>;

/// Every byte but these.
ByteSet allBut(llvm::ArrayRef<uint8_t> bytes);
ByteSet only(uint8_t byte);

/// Every byte, those that a person reads most easily first: letters, digits,
/// the punctuation of file names, all other printable bytes, the rest.
const std::array<uint8_t, 256> &readableOrder();

/// Interned sets: equal sets have equal ids, in order of first use.
class ByteSets {
public:
  ByteSetId intern(const ByteSet &set);
  const ByteSet &operator[](ByteSetId id) const { return sets[id.value]; }
  uint32_t size() const { return sets.size(); }

private:
  std::vector<ByteSet> sets;
  std::unordered_map<ByteSet, uint32_t> known;
};

/// A partition of the bytes such that each of some sets is a union of classes.
/// Numbered by the smallest byte of each.
struct ByteClasses {
  std::array<uint8_t, 256> classOf{};
  unsigned count = 1; // 1..256

  /// The coarsest partition for these sets.
  static ByteClasses of(const ByteSets &sets);
  /// The classes that make up a set. Requires: a union of classes.
  std::vector<uint8_t> classesIn(const ByteSet &set) const;
};

} // namespace srt::automata

#endif
