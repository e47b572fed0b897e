// lib/Support/Suggest.h: "did you mean".
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SUPPORT_SUGGEST_H
#define SRT_LIB_SUPPORT_SUGGEST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace srt {

/// The candidate that differs least from `word`, if it is near enough to be a
/// slip of the finger (at most a third of its letters); the first of equals.
std::optional<llvm::StringRef> nearest(llvm::StringRef word,
                                       llvm::ArrayRef<llvm::StringRef> known);

} // namespace srt

#endif
