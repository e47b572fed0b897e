// lib/Verify/SbplGraph.h: policy and profile over all words, side by side.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_VERIFY_SBPLGRAPH_H
#define SRT_LIB_VERIFY_SBPLGRAPH_H

#include "lib/Automata/Grammar.h"
#include "lib/Automata/Subsets.h"
#include "lib/Sim/SbplWords.h"

namespace srt::verify {

/// One pair of states. Words that lead to one node are the same to both.
struct SbplNode {
  automata::SubsetId said; // the policy
  uint32_t profile;        // sim::SbplWords
  automata::Grammar::State grammar;
  uint8_t byte = 0; // that led here first
  uint32_t parent = 0;
};

class SbplGraph {
public:
  SbplGraph(const automata::Grammar &grammar, automata::Subsets &said,
            sim::SbplWords &words);

  /// Makes all nodes, by breadth; node 0 is the empty word. False if there are
  /// more than kMostNodes.
  bool build(automata::SubsetId start);

  static constexpr uint32_t kMostNodes = 400'000;
  static constexpr uint32_t kNone = ~0u;

  uint32_t size() const { return uint32_t(nodes.size()); }
  const SbplNode &operator[](uint32_t node) const { return nodes[node]; }
  bool isWord(uint32_t node) const { return grammar.isWord(nodes[node].grammar); }
  /// Successors by class of bytes (the same classes for all nodes); kNone
  /// where no word goes on so.
  llvm::ArrayRef<uint32_t> row(uint32_t node) const {
    return llvm::ArrayRef(edges).slice(size_t(node) * samples.size(),
                                       samples.size());
  }
  uint8_t sample(size_t byteClass) const { return samples[byteClass]; }
  /// A shortest word that leads to a node.
  std::string word(uint32_t node) const;

private:
  void cutBytes();
  uint32_t meet(SbplNode node);

  const automata::Grammar &grammar;
  automata::Subsets &said;
  sim::SbplWords &words;
  std::vector<uint8_t> samples; // a byte of each class
  std::vector<SbplNode> nodes;
  std::vector<uint32_t> edges; // rows, one after the other
  llvm::DenseMap<std::pair<uint64_t, uint32_t>, uint32_t> known;
};

} // namespace srt::verify

#endif
