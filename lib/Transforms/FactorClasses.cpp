// lib/Transforms/FactorClasses.cpp: `*.a`, `*.o` become `*.[ao]`. *Keeps*.
// SPDX-License-Identifier: Apache-2.0
//
// Patterns of one rule that differ in one byte become one with a class. Only
// wild patterns: literal places are worth more apart (Landlock roots).
#include "lib/IR/PatternText.h"
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt::transforms {

using Item = ir::GlobItem;

static std::bitset<256> bytesOf(const Item &item) {
  return item.kind == Item::Kind::Byte ? std::bitset<256>().set(item.byte)
                                       : item.accept;
}

static bool isByteOrClass(const Item &item) {
  return item.kind == Item::Kind::Byte || item.kind == Item::Kind::Class;
}

namespace {
/// A place in a pattern where a byte or a class stands.
struct Spot {
  size_t segment, item;
};
} // namespace

static std::vector<Spot> spotsOf(const ir::PathPattern &path) {
  std::vector<Spot> spots;
  for (size_t s = 0; s < path.segments.size(); ++s)
    for (size_t i = 0; i < path.segments[s].name.items.size(); ++i)
      if (isByteOrClass(path.segments[s].name.items[i]))
        spots.push_back({s, i});
  return spots;
}

static bool isWild(const ir::PathPattern &path) {
  return llvm::any_of(path.segments, [](const ir::Segment &segment) {
    return segment.kind == ir::Segment::Kind::AnyDepth ||
           llvm::any_of(segment.name.items, [](const Item &item) {
             return !isByteOrClass(item);
           });
  });
}

/// The text of the pattern with `?` in one spot, and which spot: equal for two
/// patterns that differ there at most.
static std::string keyWithout(ir::PathPattern path, Spot spot,
                              llvm::ArrayRef<ir::Param> params) {
  path.segments[spot.segment].name.items[spot.item] =
      Item{Item::Kind::AnyOne, 0, {}};
  return std::to_string(spot.segment) + "." + std::to_string(spot.item) + " " +
         ir::text(path, params);
}

/// Joins one pair, if there is one; returns false if not.
static bool joinPair(std::vector<ir::Pattern> &patterns,
                     llvm::ArrayRef<ir::Param> params) {
  std::map<std::string, std::pair<size_t, Spot>> seen;
  for (size_t i = 0; i < patterns.size(); ++i) {
    auto *path = std::get_if<ir::PathPattern>(&patterns[i].value);
    if (!path || !isWild(*path))
      continue;
    for (Spot spot : spotsOf(*path)) {
      auto [it, isNew] = seen.try_emplace(keyWithout(*path, spot, params), i, spot);
      if (isNew || it->second.first == i)
        continue;
      auto &first = std::get<ir::PathPattern>(patterns[it->second.first].value);
      Item &own = first.segments[spot.segment].name.items[spot.item];
      own = Item{Item::Kind::Class, 0,
                 bytesOf(own) |
                     bytesOf(path->segments[spot.segment].name.items[spot.item])};
      patterns.erase(patterns.begin() + i);
      return true;
    }
  }
  return false;
}

void factorClasses(ir::Policy &policy, DiagnosticEngine &) {
  // Each join makes one pattern less; rules with more are left as they are.
  constexpr size_t kMostPatterns = 256;
  for (ir::Rule &rule : policy.rules)
    for (auto *patterns : {&rule.patterns, &rule.excepts})
      while (patterns->size() <= kMostPatterns &&
             joinPair(*patterns, policy.params)) {
      }
}

} // namespace srt::transforms
