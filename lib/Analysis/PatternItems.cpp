// lib/Analysis/PatternItems.cpp: built from the end of a pattern to its front.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/PatternItems.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using automata::allBut;
using automata::AtomSetId;
using automata::ByteSet;
using automata::ItemId;
using automata::only;

ItemId PatternItems::tree(AtomSetId atoms) {
  return items.either(
      items.end(atoms),
      items.byte(only('/') | only(0), items.everything(atoms)));
}

ItemId PatternItems::file(AtomSetId atoms) {
  return items.either(items.end(atoms),
                      items.byte(only(0), items.everything(atoms)));
}

ItemId PatternItems::words(const ir::CommandPattern &command, AtomSetId atoms) {
  ItemId next = command.anyRest ? file(atoms) : items.end(atoms);
  for (const ir::Glob &word : llvm::reverse(*command.words))
    next = items.byte(only(0), glob(word, allBut({0}), next));
  return next;
}

ItemId PatternItems::tree(const ir::CommandPattern &command, AtomSetId atoms) {
  ItemId rest = words(command, atoms);
  return items.either(rest,
                      items.byte(only('/'), items.run(allBut({0}), rest)));
}

ItemId PatternItems::file(const ir::CommandPattern &command, AtomSetId atoms) {
  return words(command, atoms);
}

ItemId PatternItems::glob(const ir::Glob &glob, const ByteSet &any,
                          ItemId next) {
  for (const ir::GlobItem &item : llvm::reverse(glob.items)) {
    switch (item.kind) {
    case ir::GlobItem::Kind::Byte:
      next = items.byte(only(item.byte), next);
      break;
    case ir::GlobItem::Kind::AnyOne:
      next = items.byte(any, next);
      break;
    case ir::GlobItem::Kind::AnyRun:
      next = items.run(any, next);
      break;
    case ir::GlobItem::Kind::Class:
      next = items.byte(item.accept & any, next);
      break;
    }
  }
  return next;
}

static bool isLiteral(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::Name && segment.name.isLiteral();
}

/// No component, or any number of them. What follows begins with a slash and
/// words are canonical, so "any components" is a slash and then any bytes.
ItemId PatternItems::anyDepth(ItemId next) {
  return items.either(next,
                      items.byte(only('/'), items.run(allBut({0}), next)));
}

automata::Entry PatternItems::path(const ir::PathPattern &pattern,
                                   ItemId tail) {
  auto wild = llvm::find_if_not(pattern.segments, isLiteral);
  automata::Entry entry;
  for (const ir::Segment &segment :
       llvm::make_range(pattern.segments.begin(), wild))
    entry.prefix += "/" + segment.name.literal();
  for (const ir::Segment &segment :
       llvm::reverse(llvm::make_range(wild, pattern.segments.end()))) {
    if (segment.kind == ir::Segment::Kind::AnyDepth)
      tail = anyDepth(tail);
    else
      tail = items.byte(only('/'),
                        glob(segment.name, allBut({0, '/'}), tail));
  }
  entry.rest = tail;
  return entry;
}

std::string asWord(llvm::StringRef path) { return path == "/" ? "" : path.str(); }

} // namespace srt
