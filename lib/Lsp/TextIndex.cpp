// lib/Lsp/TextIndex.cpp: places in a text as the protocol counts them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/TextIndex.h"

#include "lib/Support/Utf16.h"

#include <algorithm>

namespace srt::lsp {

TextIndex::TextIndex(llvm::StringRef text) : text(text), starts{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    bool isPair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if ((text[i] == '\n' || text[i] == '\r') && !isPair)
      starts.push_back(i + 1);
  }
}

/// The line without what ends it.
llvm::StringRef TextIndex::line(size_t number) const {
  size_t begin = starts[number];
  size_t end = number + 1 < starts.size() ? starts[number + 1] : text.size();
  llvm::StringRef whole = text.slice(begin, end);
  if (number + 1 == starts.size())
    return whole;
  whole = whole.drop_back();
  return whole.ends_with("\r") ? whole.drop_back() : whole;
}

size_t TextIndex::offset(llvm::lsp::Position position) const {
  if (position.line < 0)
    return 0;
  if (size_t(position.line) >= starts.size())
    return text.size();
  llvm::StringRef rest = line(size_t(position.line));
  size_t offset = starts[size_t(position.line)];
  size_t left = size_t(std::max(position.character, 0));
  while (!rest.empty()) {
    Utf16Character next = firstCharacter(rest);
    if (next.units > left)
      break;
    left -= next.units;
    offset += next.bytes;
    rest = rest.drop_front(next.bytes);
  }
  return offset;
}

llvm::lsp::Position TextIndex::position(size_t offset) const {
  offset = std::min(offset, text.size());
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  size_t number = size_t(after - starts.begin()) - 1;
  llvm::StringRef rest = line(number);
  size_t at = starts[number], units = 0;
  while (!rest.empty()) {
    Utf16Character next = firstCharacter(rest);
    if (at + next.bytes > offset)
      break;
    at += next.bytes;
    units += next.units;
    rest = rest.drop_front(next.bytes);
  }
  return {int(number), int(units)};
}

} // namespace srt::lsp
