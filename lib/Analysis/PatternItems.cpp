// lib/Analysis/PatternItems.cpp: built from the end of a pattern to its front.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/PatternItems.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

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

ItemId PatternItems::beneath(AtomSetId atoms) {
  return items.byte(only('/'), items.everything(atoms));
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

namespace {
/// What follows the first bytes of some names. Children stand behind parents.
struct NameNode {
  std::map<uint8_t, uint32_t> children;
  std::vector<ItemId> ends;
};
} // namespace

static std::vector<NameNode> trieOf(llvm::ArrayRef<NamedItem> names) {
  std::vector<NameNode> nodes(1);
  for (const NamedItem &each : names) {
    uint32_t node = 0;
    for (char byte : each.front) {
      auto [it, isNew] = nodes[node].children.try_emplace(uint8_t(byte),
                                                          uint32_t(nodes.size()));
      node = it->second;
      if (isNew)
        nodes.emplace_back();
    }
    nodes[node].ends.push_back(each.next);
  }
  return nodes;
}

NamedItem PatternItems::named(const ir::Glob &name, ItemId next) {
  NamedItem named;
  ir::Glob rest = name;
  auto wild = llvm::find_if(rest.items, [](const ir::GlobItem &item) {
    return item.kind != ir::GlobItem::Kind::Byte;
  });
  for (auto it = rest.items.begin(); it != wild; ++it)
    named.front += char(it->byte);
  rest.items.erase(rest.items.begin(), wild);
  named.next = glob(rest, allBut({0, '/'}), next);
  return named;
}

ItemId PatternItems::components(llvm::ArrayRef<NamedItem> names) {
  std::vector<NameNode> nodes = trieOf(names);
  std::vector<ItemId> made(nodes.size());
  for (size_t i = nodes.size(); i-- > 0;) {
    std::vector<ItemId> rests = std::move(nodes[i].ends);
    for (auto [byte, child] : nodes[i].children)
      rests.push_back(items.byte(only(byte), made[child]));
    made[i] = items.anyOf(rests);
  }
  return items.byte(only('/'), made[0]);
}

// What follows begins with a slash and words are canonical, so "any components"
// is a slash and then any bytes.
ItemId PatternItems::anyDepth(ItemId next) {
  return items.either(next,
                      items.byte(only('/'), items.run(allBut({0}), next)));
}

std::string asWord(llvm::StringRef path) { return path == "/" ? "" : path.str(); }

} // namespace srt
