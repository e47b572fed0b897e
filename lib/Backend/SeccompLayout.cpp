// lib/Backend/SeccompLayout.cpp: puts the nodes of a filter in a row.
// SPDX-License-Identifier: Apache-2.0
//
// The program is built from its end: wherever an instruction is put, all that
// it jumps to already lies behind it, so each distance is known when it is
// written and none is ever patched.
#include "lib/Backend/SeccompLayout.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>

namespace srt::backend {

namespace {
class Layout {
public:
  explicit Layout(const NodePool &pool)
      : pool(pool), homes(pool.size(), kNowhere), nearest(homes) {}
  std::vector<Instruction> run(NodeId root);

private:
  static constexpr size_t kNowhere = ~size_t(0);
  static constexpr size_t kFarthest = 255; // struct sock_filter: jt, jf

  void place(NodeId id);
  void placeTest(const Node &node);
  void bringNear(NodeId id);
  /// Instructions between the next one to be written and the node.
  size_t distance(NodeId id) const {
    return program.size() - 1 - nearest[id.value];
  }
  bool isPlaced(NodeId id) const { return homes[id.value] != kNowhere; }

  const NodePool &pool;
  std::vector<Instruction> program; // last instruction first
  std::vector<size_t> homes;        // by node: where it is in `program`
  std::vector<size_t> nearest;      // by node: it, a copy, or a `ja` to it
};
} // namespace

/// Puts a way to the node next to what is written next. A copy of a return
/// takes no more room than a jump to it, and saves the jump.
void Layout::bringNear(NodeId id) {
  const Node &node = pool[id];
  if (node.code == kReturn)
    program.push_back({kReturn, 0, 0, node.k});
  else
    program.push_back(
        {kJump, 0, 0, uint32_t(program.size() - 1 - homes[id.value])});
  nearest[id.value] = program.size() - 1;
}

/// Bringing one way near moves the other one away by an instruction; after
/// both, neither is further than 1.
void Layout::placeTest(const Node &node) {
  while (distance(node.yes) > kFarthest || distance(node.no) > kFarthest)
    bringNear(distance(node.yes) > kFarthest ? node.yes : node.no);
  program.push_back({node.code, uint8_t(distance(node.yes)),
                     uint8_t(distance(node.no)), node.k});
}

void Layout::place(NodeId id) {
  const Node &node = pool[id];
  if (isTest(node.code)) {
    placeTest(node);
  } else {
    if (node.code != kReturn && distance(node.yes) != 0)
      bringNear(node.yes);
    program.push_back({node.code, 0, 0, node.k});
  }
  homes[id.value] = nearest[id.value] = program.size() - 1;
}

/// What stands behind a node first. The way of a test that does not hold is
/// written last, so that it comes right behind the test.
std::vector<Instruction> Layout::run(NodeId root) {
  std::vector<NodeId> open{root};
  while (!open.empty()) {
    NodeId id = open.back();
    const Node &node = pool[id];
    bool hasNext = node.code != kReturn;
    if (isPlaced(id)) {
      open.pop_back();
    } else if (hasNext && !isPlaced(node.yes)) {
      open.push_back(node.yes);
    } else if (isTest(node.code) && !isPlaced(node.no)) {
      open.push_back(node.no);
    } else {
      open.pop_back();
      place(id);
    }
  }
  assert(homes[root.value] == program.size() - 1);
  return {program.rbegin(), program.rend()};
}

std::vector<Instruction> layOut(const NodePool &pool, NodeId root) {
  return Layout(pool).run(root);
}

} // namespace srt::backend
