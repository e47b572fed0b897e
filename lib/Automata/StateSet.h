// lib/Automata/StateSet.h: records of one width, each kept once.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_AUTOMATA_STATESET_H
#define SRT_LIB_AUTOMATA_STATESET_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace srt::automata {

/// Numbers records in the order in which they were first seen. They lie side by
/// side, without an allocation of their own: a search makes millions.
class StateSet {
public:
  /// `width`: 32-bit words in a record, at least 1.
  explicit StateSet(unsigned width) : width(width), slots(kFewest) {}

  /// Returns false if the record is known. Requires: record.size() == width.
  /// Ensures: a new one has the index size() - 1.
  bool insert(llvm::ArrayRef<uint32_t> record);
  /// Valid until the next insert().
  llvm::ArrayRef<uint32_t> operator[](uint32_t index) const {
    return llvm::ArrayRef(words).slice(size_t(index) * width, width);
  }
  uint32_t size() const { return count; }

private:
  static constexpr size_t kFewest = 64; // a power of two, as every size

  /// Where the record is, or where it would go.
  size_t slotOf(llvm::ArrayRef<uint32_t> record) const;
  void grow();

  unsigned width;
  uint32_t count = 0;
  std::vector<uint32_t> words;
  std::vector<uint32_t> slots; // index + 1; 0: free. At most half are taken.
};

} // namespace srt::automata

#endif
