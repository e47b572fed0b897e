// lib/Analysis/Places.cpp: prefixes of component lists.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Places.h"

#include <algorithm>
#include <cassert>

namespace srt {

static bool isWholeTree(const ir::Place &place) {
  return !place.base && place.components.empty();
}

Relation relate(const ir::Place &a, const ir::Place &b) {
  if (a == b)
    return Relation::Equal;
  // Whatever a param is, it lies in the root directory's tree.
  if (isWholeTree(a))
    return Relation::Contains;
  if (isWholeTree(b))
    return Relation::Inside;
  if (a.base != b.base)
    return Relation::Unknown;
  size_t shared = std::min(a.components.size(), b.components.size());
  if (!std::equal(a.components.begin(), a.components.begin() + shared,
                  b.components.begin()))
    return Relation::Disjoint;
  return a.components.size() > b.components.size() ? Relation::Inside
                                                   : Relation::Contains;
}

bool surelyWithin(const ir::Place &inner, const ir::Place &outer) {
  Relation relation = relate(inner, outer);
  return relation == Relation::Equal || relation == Relation::Inside;
}

ir::Place placeOf(const ir::PathPattern &pattern) {
  assert(pattern.isLiteral());
  ir::Place place{pattern.base, {}};
  for (const ir::Segment &segment : pattern.segments)
    place.components.push_back(segment.name.literal());
  return place;
}

ir::Place literalPrefix(const ir::PathPattern &pattern) {
  ir::Place place{pattern.base, {}};
  for (const ir::Segment &segment : pattern.segments) {
    if (segment.kind == ir::Segment::Kind::AnyDepth ||
        !segment.name.isLiteral())
      break;
    place.components.push_back(segment.name.literal());
  }
  return place;
}

Relation relate(const ir::PathPattern &pattern, const ir::Place &place) {
  ir::Place prefix = literalPrefix(pattern);
  Relation relation = relate(prefix, place);
  if (pattern.isLiteral() || relation == Relation::Disjoint ||
      relation == Relation::Unknown)
    return relation;
  // A wildcard follows the prefix: where that may lead is not looked into, so
  // that some of the tree must be taken to be covered, and not all of it.
  return Relation::Inside;
}

std::string textOf(const ir::Place &place, llvm::ArrayRef<ir::Param> params) {
  std::string text;
  if (place.base)
    text = "${" + params[place.base->value].name + "}";
  for (const std::string &component : place.components)
    text += "/" + component;
  return text.empty() ? "/" : text;
}

} // namespace srt
