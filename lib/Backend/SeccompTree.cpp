// lib/Backend/SeccompTree.cpp: the decision by number alone, as a search tree.
// SPDX-License-Identifier: Apache-2.0
//
// The kernel walks a filter for every number when it is loaded, to learn which
// are always allowed. A search over intervals with shared ends loads several
// times faster than a list of comparisons (docs/adr/0005-front-tree-chains.md).
#include "lib/Backend/SeccompTree.h"

#include "lib/Backend/SeccompShape.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt::backend {

namespace {
/// Numbers from `first` to where the next interval begins.
struct Interval {
  uint32_t first;
  uint32_t action;
};

/// `jge #first(middle), right, left`. A child is a node or, if it is a single
/// interval, that interval's action.
struct Node {
  size_t begin, end; // intervals [begin, end), at least two
  size_t middle;     // the right child begins here
};

/// Distances that fit into the 8 bits of a conditional jump.
constexpr size_t kFarthest = 255;
} // namespace

/// Ensures: the first begins at 0, neighbours differ in their action.
static std::vector<Interval> intervalsOf(llvm::ArrayRef<SeccompRule> rules,
                                         uint32_t otherwise) {
  std::map<uint32_t, uint32_t> actions;
  for (const SeccompRule &rule : rules)
    actions[rule.number] = rule.action;
  std::vector<Interval> intervals{{0, otherwise}};
  auto add = [&](uint32_t first, uint32_t action) {
    if (intervals.back().first == first)
      intervals.pop_back();
    if (intervals.empty() || intervals.back().action != action)
      intervals.push_back({first, action});
  };
  for (auto [number, action] : actions) {
    add(number, action);
    if (!actions.count(number + 1))
      add(number + 1, otherwise);
  }
  return intervals;
}

/// The nodes in the order in which they are emitted: a left child follows its
/// parent at once.
static std::vector<Node> nodesOf(size_t count) {
  std::vector<Node> nodes;
  std::vector<std::pair<size_t, size_t>> waiting{{0, count}};
  while (!waiting.empty()) {
    auto [begin, end] = waiting.back();
    waiting.pop_back();
    if (end - begin < 2)
      continue;
    size_t middle = begin + (end - begin) / 2;
    nodes.push_back({begin, end, middle});
    waiting.push_back({middle, end});
    waiting.push_back({begin, middle});
  }
  return nodes;
}

namespace {
/// Where each child lies: nodes by the interval they begin with and their
/// size, actions behind all nodes.
class Layout {
public:
  Layout(llvm::ArrayRef<Interval> intervals, llvm::ArrayRef<Node> nodes,
         uint32_t goOn)
      : intervals(intervals) {
    for (size_t i = 0; i < nodes.size(); ++i)
      places[{nodes[i].begin, nodes[i].end}] = i;
    size_t next = nodes.size();
    for (const Interval &interval : intervals)
      if (interval.action != goOn && !actions.count(interval.action)) {
        order.push_back(interval.action);
        actions[interval.action] = next++;
      }
    actions[goOn] = next; // behind the last instruction
  }

  size_t childAt(size_t begin, size_t end) const {
    if (end - begin == 1)
      return actions.at(intervals[begin].action);
    return places.at({begin, end});
  }
  llvm::ArrayRef<uint32_t> ends() const { return order; }

private:
  llvm::ArrayRef<Interval> intervals;
  std::map<std::pair<size_t, size_t>, size_t> places;
  std::map<uint32_t, size_t> actions;
  std::vector<uint32_t> order; // actions that return, as laid out
};
} // namespace

std::optional<std::vector<Instruction>>
searchTree(llvm::ArrayRef<SeccompRule> rules, uint32_t otherwise,
           uint32_t goOn) {
  std::vector<Interval> intervals = intervalsOf(rules, otherwise);
  std::vector<Node> nodes = nodesOf(intervals.size());
  if (nodes.empty()) // one action for every number: nothing to search
    return std::nullopt;
  Layout layout(intervals, nodes, goOn);
  std::vector<Instruction> program;
  for (size_t i = 0; i < nodes.size(); ++i) {
    const Node &node = nodes[i];
    size_t right = layout.childAt(node.middle, node.end) - i - 1;
    size_t left = layout.childAt(node.begin, node.middle) - i - 1;
    if (right > kFarthest || left > kFarthest)
      return std::nullopt;
    program.push_back({kJge, uint8_t(right), uint8_t(left),
                       intervals[node.middle].first});
  }
  for (uint32_t action : layout.ends())
    program.push_back({kReturn, 0, 0, action});
  return program;
}

} // namespace srt::backend
