// lib/Backend/SbplSiblings.cpp: excepts that a directory could be moved into.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SbplSiblings.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

static bool isAnyDepth(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::AnyDepth;
}

/// `${base}/**/NAME`.
static bool isNameAnywhere(const ir::PathPattern &path) {
  return path.segments.size() == 2 && isAnyDepth(path.segments[0]) &&
         !isAnyDepth(path.segments[1]);
}

static bool isOfSiblings(const ir::Rule &rule) {
  const ir::PathPattern *first = pathOf(rule.patterns.front());
  auto isSibling = [&](const ir::Pattern &pattern) {
    const ir::PathPattern *path = pathOf(pattern);
    return path && isNameAnywhere(*path) && path->base == first->base;
  };
  return first && llvm::all_of(rule.patterns, isSibling) &&
         llvm::all_of(rule.excepts, isSibling);
}

static bool cutsFromDeny(const ir::Rule &rule) {
  return rule.effect == ir::Effect::Deny && !rule.patterns.empty() &&
         !rule.excepts.empty();
}

std::vector<ir::PathPattern> siblingsBelow(const ir::Rule &rule) {
  std::vector<ir::PathPattern> below;
  if (!cutsFromDeny(rule) || !isOfSiblings(rule))
    return below;
  for (const ir::Pattern &except : rule.excepts)
    for (const ir::Pattern &pattern : rule.patterns) {
      ir::PathPattern path = *pathOf(except);
      llvm::append_range(path.segments, pathOf(pattern)->segments);
      below.push_back(std::move(path));
    }
  return below;
}

bool sparesMovedDirectories(const ir::Rule &rule) {
  return cutsFromDeny(rule) && !isOfSiblings(rule) &&
         llvm::any_of(rule.patterns, [](const ir::Pattern &pattern) {
           const ir::PathPattern *path = pathOf(pattern);
           return path && llvm::any_of(path->segments, isAnyDepth);
         });
}

} // namespace srt::backend
