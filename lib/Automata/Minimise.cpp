// lib/Automata/Minimise.cpp: Hopcroft's partition refinement.
// SPDX-License-Identifier: Apache-2.0
//
// States start out parted by label. A block and a byte class "split" every
// block of which some states lead into that block and some do not. Of the two
// halves the smaller one goes on the worklist: each state is looked at
// log(states) times for each class (Hopcroft 1971; Gries 1973 for the proof).
#include "lib/Automata/Dfa.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace srt::automata {

namespace {
/// A partition of 0..n-1 into blocks that only ever split. Blocks are stretches
/// of `order`; marked states are swapped to the front of theirs.
class Partition {
public:
  explicit Partition(llvm::ArrayRef<uint32_t> labels);

  uint32_t blocks() const { return first.size(); }
  uint32_t blockOf(uint32_t state) const { return block[state]; }
  llvm::ArrayRef<uint32_t> states(uint32_t b) const {
    return llvm::ArrayRef(order).slice(first[b], size[b]);
  }
  void mark(uint32_t state, std::vector<uint32_t> &touched);
  /// Parts the marked states of a block from the others. The new block is the
  /// smaller half; nothing if all or none were marked.
  std::optional<uint32_t> split(uint32_t b);

private:
  std::vector<uint32_t> order, place, block; // place[order[i]] == i
  std::vector<uint32_t> first, size, marked; // by block
};
} // namespace

Partition::Partition(llvm::ArrayRef<uint32_t> labels)
    : order(labels.size()), place(labels.size()), block(labels.size()) {
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return labels[a] < labels[b];
  });
  for (uint32_t i = 0; i < order.size(); ++i) {
    if (i == 0 || labels[order[i]] != labels[order[i - 1]]) {
      first.push_back(i);
      size.push_back(0);
      marked.push_back(0);
    }
    ++size.back();
    place[order[i]] = i;
    block[order[i]] = first.size() - 1;
  }
}

void Partition::mark(uint32_t state, std::vector<uint32_t> &touched) {
  uint32_t b = block[state], to = first[b] + marked[b];
  if (place[state] < to)
    return; // marked before
  if (marked[b] == 0)
    touched.push_back(b);
  std::swap(order[place[state]], order[to]);
  place[order[place[state]]] = place[state];
  place[state] = to;
  ++marked[b];
}

std::optional<uint32_t> Partition::split(uint32_t b) {
  uint32_t count = std::exchange(marked[b], 0);
  if (count == 0 || count == size[b])
    return std::nullopt;
  uint32_t fresh = first.size();
  bool isFrontSmaller = count <= size[b] - count;
  first.push_back(isFrontSmaller ? first[b] : first[b] + count);
  size.push_back(isFrontSmaller ? count : size[b] - count);
  marked.push_back(0);
  if (isFrontSmaller)
    first[b] += count;
  size[b] -= size[fresh];
  for (uint32_t state : states(fresh))
    block[state] = fresh;
  return fresh;
}

namespace {
/// Who leads to a state on a class: a stretch of `sources` for each pair.
struct Inverse {
  explicit Inverse(const Dfa &dfa);
  llvm::ArrayRef<uint32_t> into(uint32_t state, unsigned cls) const {
    size_t at = size_t(state) * classes + cls;
    return llvm::ArrayRef(sources).slice(begin[at], begin[at + 1] - begin[at]);
  }
  unsigned classes;
  std::vector<uint32_t> begin, sources;
};
} // namespace

Inverse::Inverse(const Dfa &dfa)
    : classes(dfa.classes), begin(dfa.next.size() + 1),
      sources(dfa.next.size()) {
  auto slot = [&](size_t i) {
    return size_t(dfa.next[i]) * classes + i % classes;
  };
  for (size_t i = 0; i < dfa.next.size(); ++i)
    ++begin[slot(i) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<uint32_t> fill(begin.begin(), begin.end() - 1);
  for (size_t i = 0; i < dfa.next.size(); ++i)
    sources[fill[slot(i)]++] = uint32_t(i / classes);
}

static Partition refined(const Dfa &dfa) {
  Partition partition(dfa.labels);
  Inverse inverse(dfa);
  std::vector<uint32_t> work(partition.blocks());
  std::iota(work.begin(), work.end(), 0);
  std::vector<uint32_t> splitter, touched;
  while (!work.empty()) {
    uint32_t by = work.back();
    work.pop_back();
    // A copy: splitting the block by itself must not change what splits.
    splitter = partition.states(by);
    for (unsigned cls = 0; cls < dfa.classes; ++cls) {
      touched.clear();
      for (uint32_t state : splitter)
        for (uint32_t source : inverse.into(state, cls))
          partition.mark(source, touched);
      for (uint32_t b : touched)
        // The smaller half is always put on the list. If b itself was still on
        // it, both halves are now; if not, the smaller one is enough.
        if (std::optional<uint32_t> fresh = partition.split(b))
          work.push_back(*fresh);
    }
  }
  return partition;
}

/// Numbers the blocks by breadth from the dead state and the starts.
static std::vector<uint32_t> numbered(const Dfa &dfa, const Partition &partition,
                                      std::vector<uint32_t> &order) {
  constexpr uint32_t kNone = ~uint32_t(0);
  std::vector<uint32_t> number(partition.blocks(), kNone);
  auto meet = [&](uint32_t state) {
    uint32_t b = partition.blockOf(state);
    if (number[b] != kNone)
      return;
    number[b] = order.size();
    order.push_back(b);
  };
  meet(0);
  for (StateId start : dfa.starts)
    meet(start.value);
  for (size_t i = 0; i < order.size(); ++i) {
    uint32_t state = partition.states(order[i]).front();
    for (unsigned cls = 0; cls < dfa.classes; ++cls)
      meet(dfa.next[size_t(state) * dfa.classes + cls]);
  }
  return number;
}

/// Joins classes that no state tells apart.
static Dfa withFewestClasses(const Dfa &dfa) {
  std::map<std::vector<uint32_t>, uint8_t> columns;
  std::vector<uint8_t> renamed(dfa.classes);
  std::vector<unsigned> kept;
  for (unsigned cls = 0; cls < dfa.classes; ++cls) {
    std::vector<uint32_t> column;
    for (uint32_t state = 0; state < dfa.states(); ++state)
      column.push_back(dfa.next[size_t(state) * dfa.classes + cls]);
    auto [it, isNew] = columns.try_emplace(std::move(column), kept.size());
    if (isNew)
      kept.push_back(cls);
    renamed[cls] = it->second;
  }
  Dfa small{{}, unsigned(kept.size()), {}, dfa.labels, dfa.starts};
  for (unsigned byte = 0; byte < 256; ++byte)
    small.classOf[byte] = renamed[dfa.classOf[byte]];
  for (uint32_t state = 0; state < dfa.states(); ++state)
    for (unsigned cls : kept)
      small.next.push_back(dfa.next[size_t(state) * dfa.classes + cls]);
  return small;
}

Dfa minimised(const Dfa &dfa) {
  Partition partition = refined(dfa);
  std::vector<uint32_t> order;
  std::vector<uint32_t> number = numbered(dfa, partition, order);
  Dfa small{dfa.classOf, dfa.classes, {}, {}, {}};
  for (uint32_t b : order) {
    uint32_t state = partition.states(b).front();
    small.labels.push_back(dfa.labels[state]);
    for (unsigned cls = 0; cls < dfa.classes; ++cls)
      small.next.push_back(number[partition.blockOf(
          dfa.next[size_t(state) * dfa.classes + cls])]);
  }
  for (StateId start : dfa.starts)
    small.starts.push_back({number[partition.blockOf(start.value)]});
  return withFewestClasses(small);
}

} // namespace srt::automata
