// lib/IR/PlaceText.cpp: a place as the path pattern without wildcards.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlaceText.h"

#include "lib/IR/PatternText.h"

namespace srt::ir {

std::string placeText(const Place &place, llvm::ArrayRef<Param> params) {
  PathPattern path{place.base, {}};
  for (const std::string &component : place.components)
    path.segments.push_back({Segment::Kind::Name, Glob::ofLiteral(component)});
  return text(path, params);
}

std::optional<Place> readPlace(llvm::StringRef text,
                               llvm::ArrayRef<Param> params, TextError &error) {
  std::optional<PathPattern> path = readPath(text, params, error);
  if (!path)
    return std::nullopt;
  if (!path->isLiteral()) {
    error = {0, "a path without wildcards"};
    return std::nullopt;
  }
  Place place{path->base, {}};
  for (const Segment &segment : path->segments)
    place.components.push_back(segment.name.literal());
  return place;
}

} // namespace srt::ir
