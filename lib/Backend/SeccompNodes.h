// lib/Backend/SeccompNodes.h: a filter as a graph of decisions.
// SPDX-License-Identifier: Apache-2.0
//
// A node is one instruction with what follows it, so it means the same wherever
// it is jumped to with the same accumulator; equal nodes are one node. What is
// shared therefore never depends on how it was reached, except for the
// accumulator, which a Load settles.
#ifndef SRT_LIB_BACKEND_SECCOMPNODES_H
#define SRT_LIB_BACKEND_SECCOMPNODES_H

#include "lib/Backend/SeccompShape.h"

#include "lib/Support/Id.h"

#include <map>
#include <tuple>
#include <vector>

namespace srt::backend {

using NodeId = Id<struct NodeTag>;

/// An instruction of SeccompShape.h, except jumps without a test.
struct Node {
  uint16_t code = kReturn;
  uint32_t k = 0;
  NodeId yes; // next, or where the test holds; unused by kReturn
  NodeId no;  // where it does not hold; unused otherwise
  friend auto operator<=>(const Node &, const Node &) = default;
};

/// True for the instructions with two ways on.
bool isTest(uint16_t code);

/// All nodes of a program. A node's ways on have smaller ids.
class NodePool {
public:
  NodeId ret(uint32_t value) { return intern({kReturn, value, {}, {}}); }
  /// A = data[offset], then `next`. Requires: offset is a multiple of 4.
  NodeId load(uint32_t offset, NodeId next);
  /// A &= bits, then `next`.
  NodeId mask(uint32_t bits, NodeId next);
  /// Requires: `code` is kJeq, kJgt, kJge or kJset.
  NodeId test(uint16_t code, uint32_t k, NodeId yes, NodeId no);

  const Node &operator[](NodeId id) const { return nodes[id.value]; }
  size_t size() const { return nodes.size(); }

  /// The number of nodes that a program from `root` on has. O(size()).
  size_t reach(NodeId root) const;

private:
  NodeId intern(const Node &node);
  bool looksAtA(NodeId id) const;

  std::vector<Node> nodes;
  std::map<Node, NodeId> known;
};

} // namespace srt::backend

#endif
