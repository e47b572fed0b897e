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

PathPattern *pathOf(Pattern &pattern) {
  if (auto *path = std::get_if<PathPattern>(&pattern.value))
    return path;
  if (auto *command = std::get_if<CommandPattern>(&pattern.value))
    return std::get_if<PathPattern>(&command->program);
  if (auto *endpoint = std::get_if<EndpointPattern>(&pattern.value))
    return endpoint->path ? &*endpoint->path : nullptr;
  return nullptr;
}

const PathPattern *pathOf(const Pattern &pattern) {
  return pathOf(const_cast<Pattern &>(pattern)); // which only looks
}

} // namespace srt::ir
