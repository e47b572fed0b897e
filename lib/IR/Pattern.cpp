// lib/IR/Pattern.cpp: small questions about patterns.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Pattern.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>

namespace srt::ir {

bool Glob::isLiteral() const {
  return llvm::all_of(items, [](const GlobItem &item) {
    return item.kind == GlobItem::Kind::Byte;
  });
}

std::string Glob::literal() const {
  assert(isLiteral());
  std::string text;
  for (const GlobItem &item : items)
    text += char(item.byte);
  return text;
}

Glob Glob::ofLiteral(llvm::StringRef text) {
  Glob glob;
  for (char c : text) {
    GlobItem item;
    item.byte = uint8_t(c);
    glob.items.push_back(item);
  }
  return glob;
}

bool PathPattern::isLiteral() const {
  return llvm::all_of(segments, [](const Segment &segment) {
    return segment.kind == Segment::Kind::Name && segment.name.isLiteral();
  });
}

} // namespace srt::ir
