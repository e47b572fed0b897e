// lib/Analysis/MatchPath.cpp: where in the pattern each component may lead.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/MatchPath.h"

#include "llvm/ADT/SmallVector.h"

namespace srt {

static bool takes(const ir::GlobItem &item, uint8_t byte) {
  switch (item.kind) {
  case ir::GlobItem::Kind::Byte:
    return item.byte == byte;
  case ir::GlobItem::Kind::AnyOne:
    return true;
  case ir::GlobItem::Kind::AnyRun:
    return false; // takes runs, not bytes
  case ir::GlobItem::Kind::Class:
    return item.accept[byte];
  }
  return false;
}

/// Where a run stands, only the last one need be made longer: what an earlier
/// one could give, the last one takes as well.
static bool matches(const ir::Glob &glob, llvm::StringRef name) {
  size_t at = 0, item = 0;
  std::optional<size_t> run; // the last one met, as an item
  size_t runEnd = 0;         // in the name
  while (at < name.size() || item < glob.items.size()) {
    bool isRun = item < glob.items.size() &&
                 glob.items[item].kind == ir::GlobItem::Kind::AnyRun;
    if (isRun) {
      run = item++;
      runEnd = at;
    } else if (item < glob.items.size() && at < name.size() &&
               takes(glob.items[item], uint8_t(name[at]))) {
      ++item, ++at;
    } else if (run && runEnd < name.size()) {
      at = ++runEnd;
      item = *run + 1;
    } else {
      return false;
    }
  }
  return true;
}

/// Segments that may come next, as a set; `**` may also be none at all.
static void add(llvm::SmallVectorImpl<bool> &next, const ir::PathPattern &pattern,
                size_t segment) {
  next[segment] = true;
  while (segment < pattern.segments.size() &&
         pattern.segments[segment].kind == ir::Segment::Kind::AnyDepth)
    next[++segment] = true;
}

bool coversPath(const ir::PathPattern &pattern, llvm::StringRef path) {
  if (!path.empty() && !path.starts_with("/"))
    return false; // the base is only the beginning of a name here
  size_t end = pattern.segments.size();
  llvm::SmallVector<bool, 16> here(end + 1), next(end + 1);
  add(here, pattern, 0);
  while (!here[end] && path.consume_front("/")) {
    llvm::StringRef name = path.take_until([](char byte) { return byte == '/'; });
    path = path.drop_front(name.size());
    next.assign(end + 1, false);
    for (size_t i = 0; i < end; ++i) {
      const ir::Segment &segment = pattern.segments[i];
      bool isAny = segment.kind == ir::Segment::Kind::AnyDepth;
      if (here[i] && isAny)
        add(next, pattern, i);
      else if (here[i] && matches(segment.name, name))
        add(next, pattern, i + 1);
    }
    here.swap(next);
  }
  return here[end];
}

} // namespace srt
