// lib/Transforms/NormalisePaths.cpp: one spelling for globs that mean the same.
// *Keeps*. SPDX-License-Identifier: Apache-2.0
//
//   [a]      is  a        [!/\0 and nothing else]  is  ?
//   *?*?     is  ??*      (the bytes that must be there come first)
//   /**/*    at the end is  /*  (what lies deeper is covered anyway)
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::transforms {

using Item = ir::GlobItem;

/// A class that names one byte, or every byte that a component may hold.
static void simplifyClass(Item &item) {
  if (item.kind != Item::Kind::Class)
    return;
  std::bitset<256> inName = item.accept;
  inName.reset('/');
  inName.reset(0);
  if (inName.count() == 254) {
    item = Item{Item::Kind::AnyOne, 0, {}};
    return;
  }
  if (inName.count() != 1)
    return;
  for (unsigned byte = 0; byte < 256; ++byte)
    if (inName[byte])
      item = Item{Item::Kind::Byte, uint8_t(byte), {}};
}

/// Puts each stretch of `*` and `?` in order: all `?`, then at most one `*`.
static void sortStretches(std::vector<Item> &items) {
  std::vector<Item> sorted;
  bool hasRun = false;
  auto close = [&] {
    if (hasRun)
      sorted.push_back(Item{Item::Kind::AnyRun, 0, {}});
    hasRun = false;
  };
  for (const Item &item : items) {
    if (item.kind == Item::Kind::AnyRun) {
      hasRun = true;
      continue;
    }
    if (item.kind != Item::Kind::AnyOne)
      close();
    sorted.push_back(item);
  }
  close();
  items = std::move(sorted);
}

static bool isStar(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::Name &&
         segment.name.items.size() == 1 &&
         segment.name.items[0].kind == Item::Kind::AnyRun;
}

static void normalise(ir::PathPattern &path) {
  for (ir::Segment &segment : path.segments) {
    llvm::for_each(segment.name.items, simplifyClass);
    sortStretches(segment.name.items);
  }
  std::vector<ir::Segment> &segments = path.segments;
  while (segments.size() > 1 && isStar(segments.back()) &&
         segments[segments.size() - 2].kind == ir::Segment::Kind::AnyDepth)
    segments.erase(segments.end() - 2);
}

void normalisePaths(ir::Policy &policy, DiagnosticEngine &) {
  for (ir::Rule &rule : policy.rules)
    for (auto *patterns : {&rule.patterns, &rule.excepts})
      for (ir::Pattern &pattern : *patterns)
        if (ir::PathPattern *path = ir::pathOf(pattern))
          normalise(*path);
}

} // namespace srt::transforms
