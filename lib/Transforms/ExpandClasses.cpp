// lib/Transforms/ExpandClasses.cpp: `/usr/lib[46]` becomes two places. *Keeps*.
// SPDX-License-Identifier: Apache-2.0
//
// A pattern whose only wildcards are small classes names a few places, and
// Landlock can have a root for each. Patterns that stay wild anyway stay short.
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::transforms {

using Item = ir::GlobItem;

/// A pattern becomes at most so many.
static constexpr size_t kMost = 32;

/// The number of places that a path names, or 0 if it is wild otherwise.
static size_t placesIn(const ir::PathPattern &path) {
  size_t places = 1;
  for (const ir::Segment &segment : path.segments) {
    if (segment.kind != ir::Segment::Kind::Name)
      return 0;
    for (const Item &item : segment.name.items) {
      if (item.kind == Item::Kind::Byte)
        continue;
      size_t bytes = item.kind == Item::Kind::Class ? item.accept.count() : 0;
      if (bytes == 0 || bytes > kMost || places * bytes > kMost)
        return 0;
      places *= bytes;
    }
  }
  return places;
}

/// The first item that is a class.
static std::optional<std::pair<size_t, size_t>>
firstClass(const ir::PathPattern &path) {
  for (size_t s = 0; s < path.segments.size(); ++s)
    for (size_t i = 0; i < path.segments[s].name.items.size(); ++i)
      if (path.segments[s].name.items[i].kind == Item::Kind::Class)
        return std::pair(s, i);
  return std::nullopt;
}

/// A component that is `.` or `..` names nothing.
static bool isName(const ir::Segment &segment) {
  if (!segment.name.isLiteral())
    return true;
  std::string name = segment.name.literal();
  return name != "." && name != "..";
}

static std::vector<ir::PathPattern> expanded(const ir::PathPattern &path) {
  std::vector<ir::PathPattern> open{path}, done;
  while (!open.empty()) {
    ir::PathPattern next = std::move(open.back());
    open.pop_back();
    auto at = firstClass(next);
    if (!at) {
      if (llvm::all_of(next.segments, isName))
        done.push_back(std::move(next));
      continue;
    }
    std::bitset<256> accept = next.segments[at->first].name.items[at->second].accept;
    for (unsigned byte = 255; byte > 0; --byte) {
      if (!accept[byte] || byte == '/')
        continue;
      open.push_back(next);
      open.back().segments[at->first].name.items[at->second] =
          Item{Item::Kind::Byte, uint8_t(byte), {}};
    }
  }
  return done;
}

static ir::PathPattern *pathIn(ir::Pattern &pattern) {
  if (auto *path = std::get_if<ir::PathPattern>(&pattern.value))
    return path;
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  return command ? std::get_if<ir::PathPattern>(&command->program) : nullptr;
}

static void expand(std::vector<ir::Pattern> &patterns) {
  std::vector<ir::Pattern> result;
  for (ir::Pattern &pattern : patterns) {
    ir::PathPattern *path = pathIn(pattern);
    std::vector<ir::PathPattern> places;
    if (path && placesIn(*path) > 1)
      places = expanded(*path);
    if (places.empty()) {
      result.push_back(std::move(pattern));
      continue;
    }
    for (ir::PathPattern &place : places) {
      *path = std::move(place);
      result.push_back(pattern);
    }
  }
  patterns = std::move(result);
}

void expandClasses(ir::Policy &policy, DiagnosticEngine &) {
  for (ir::Rule &rule : policy.rules) {
    expand(rule.patterns);
    expand(rule.excepts);
  }
}

} // namespace srt::transforms
