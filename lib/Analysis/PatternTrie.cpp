// lib/Analysis/PatternTrie.cpp: built forwards, made into items backwards.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/PatternTrie.h"

#include "lib/IR/GlobText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using automata::ItemId;

static bool isLiteral(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::Name && segment.name.isLiteral();
}

static std::string keyOf(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::AnyDepth
             ? "**"
             : ir::text(segment.name, ir::GlobPlace::Segment);
}

uint32_t PatternTrie::child(uint32_t node, const ir::Segment &segment) {
  auto [it, isNew] =
      nodes[node].children.try_emplace(keyOf(segment), uint32_t(nodes.size()));
  uint32_t found = it->second;
  if (isNew)
    nodes.push_back({{}, &segment, {}});
  return found;
}

void PatternTrie::add(llvm::StringRef front, const ir::PathPattern &pattern,
                      ItemId tail, uint32_t owner) {
  auto wild = llvm::find_if_not(pattern.segments, isLiteral);
  std::string prefix = front.str();
  for (const ir::Segment &segment :
       llvm::make_range(pattern.segments.begin(), wild))
    prefix += "/" + segment.name.literal();
  auto [it, isNew] =
      roots.try_emplace({std::move(prefix), owner}, uint32_t(nodes.size()));
  if (isNew)
    nodes.emplace_back();
  uint32_t node = it->second;
  for (const ir::Segment &segment :
       llvm::make_range(wild, pattern.segments.end()))
    node = child(node, segment);
  nodes[node].tails.push_back(tail);
}

/// What follows a node by one of its children. Names of which the same may come
/// stay together: apart from the others, they can be absorbed.
std::vector<ItemId>
PatternTrie::restsBehind(const Node &node, const std::vector<ItemId> &made,
                         automata::Items &items) const {
  PatternItems patterns(items);
  std::vector<ItemId> rests = node.tails;
  std::map<automata::AtomSetId, std::vector<NamedItem>> names;
  for (const auto &[key, child] : node.children) {
    const ir::Segment &segment = *nodes[child].segment;
    if (segment.kind == ir::Segment::Kind::AnyDepth)
      rests.push_back(patterns.anyDepth(made[child]));
    else
      names[items[made[child]].reach].push_back(
          patterns.named(segment.name, made[child]));
  }
  for (const auto &[reach, group] : names)
    rests.push_back(patterns.components(group));
  return rests;
}

std::vector<automata::Entry>
PatternTrie::entries(automata::Items &items) const {
  std::vector<ItemId> made(nodes.size()); // what follows behind each node
  for (size_t i = nodes.size(); i-- > 0;)
    made[i] = items.anyOf(restsBehind(nodes[i], made, items));
  std::vector<automata::Entry> entries;
  for (const auto &[key, node] : roots)
    entries.push_back({key.first, made[node], key.second});
  return entries;
}

} // namespace srt
