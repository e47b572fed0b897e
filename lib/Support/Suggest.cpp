// lib/Support/Suggest.cpp: "did you mean".
// SPDX-License-Identifier: Apache-2.0
#include "lib/Support/Suggest.h"

namespace srt {

/// Longer words are nobody's slip, and edit distance is quadratic.
static constexpr size_t kLongestWord = 64;

std::optional<llvm::StringRef> nearest(llvm::StringRef word,
                                       llvm::ArrayRef<llvm::StringRef> known) {
  if (word.size() > kLongestWord)
    return std::nullopt;
  unsigned best = word.size() / 3 + 1;
  std::optional<llvm::StringRef> found;
  for (llvm::StringRef candidate : known) {
    unsigned distance = word.edit_distance(candidate, true, best);
    if (distance > best || (found && distance == best))
      continue;
    best = distance;
    found = candidate;
  }
  return found;
}

} // namespace srt
