// lib/Support/Utf16.cpp: how long a text is for those who count in UTF-16.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Support/Utf16.h"

#include "llvm/Support/ConvertUTF.h"

namespace srt {

Utf16Character firstCharacter(llvm::StringRef text) {
  auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.data());
  size_t bytes = llvm::getNumBytesForUTF8(*begin);
  bool isWhole = bytes <= text.size() &&
                 llvm::isLegalUTF8Sequence(begin, begin + bytes);
  if (!isWhole)
    return {};
  return {bytes, bytes == 4 ? size_t(2) : size_t(1)};
}

size_t utf16Length(llvm::StringRef text) {
  size_t units = 0;
  while (!text.empty()) {
    Utf16Character next = firstCharacter(text);
    units += next.units;
    text = text.drop_front(next.bytes);
  }
  return units;
}

} // namespace srt
