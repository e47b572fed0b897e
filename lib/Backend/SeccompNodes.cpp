// lib/Backend/SeccompNodes.cpp: makes nodes, each only once.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompNodes.h"

#include <cassert>

namespace srt::backend {

bool isTest(uint16_t code) {
  return code == kJeq || code == kJgt || code == kJge || code == kJset;
}

NodeId NodePool::intern(const Node &node) {
  auto [at, isNew] = known.try_emplace(node, NodeId{uint32_t(nodes.size())});
  if (isNew)
    nodes.push_back(node);
  return at->second;
}

bool NodePool::looksAtA(NodeId id) const {
  uint16_t code = nodes[id.value].code;
  return code != kReturn && code != kLoad;
}

NodeId NodePool::load(uint32_t offset, NodeId next) {
  return looksAtA(next) ? intern({kLoad, offset, next, {}}) : next;
}

NodeId NodePool::mask(uint32_t bits, NodeId next) {
  bool isIdle = bits == ~uint32_t(0) || !looksAtA(next);
  return isIdle ? next : intern({kAnd, bits, next, {}});
}

NodeId NodePool::test(uint16_t code, uint32_t k, NodeId yes, NodeId no) {
  assert(isTest(code));
  if (yes == no)
    return yes;
  return intern({code, k, yes, no});
}

size_t NodePool::reach(NodeId root) const {
  std::vector<bool> isSeen(nodes.size());
  std::vector<NodeId> open{root};
  size_t count = 0;
  while (!open.empty()) {
    NodeId id = open.back();
    open.pop_back();
    if (isSeen[id.value])
      continue;
    isSeen[id.value] = true;
    ++count;
    const Node &node = nodes[id.value];
    if (node.code != kReturn)
      open.push_back(node.yes);
    if (isTest(node.code))
      open.push_back(node.no);
  }
  return count;
}

} // namespace srt::backend
