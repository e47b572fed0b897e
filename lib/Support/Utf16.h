// lib/Support/Utf16.h: how long a text is for those who count in UTF-16.
// SPDX-License-Identifier: Apache-2.0
//
// Editors and SARIF do; we count bytes. A byte that is not UTF-8 is one unit.
#ifndef SRT_LIB_SUPPORT_UTF16_H
#define SRT_LIB_SUPPORT_UTF16_H

#include "llvm/ADT/StringRef.h"

namespace srt {

/// A character: how many bytes it takes in UTF-8, and how many UTF-16 units.
struct Utf16Character {
  size_t bytes = 1;
  size_t units = 1;
};

/// Requires: `text` is not empty.
Utf16Character firstCharacter(llvm::StringRef text);

/// UTF-16 units of a text. A character that is cut counts by its bytes.
size_t utf16Length(llvm::StringRef text);

} // namespace srt

#endif
