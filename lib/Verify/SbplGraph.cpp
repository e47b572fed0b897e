// lib/Verify/SbplGraph.cpp: policy and profile over all words, side by side.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/SbplGraph.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace srt::verify {

using automata::Grammar;

SbplGraph::SbplGraph(const Grammar &grammar, automata::Subsets &said,
                     sim::SbplWords &words)
    : grammar(grammar), said(said), words(words) {
  cutBytes();
}

/// One byte, the most readable, of each class that somebody tells apart.
void SbplGraph::cutBytes() {
  std::set<std::tuple<uint8_t, uint8_t, int>> seen;
  for (uint8_t byte : automata::readableOrder()) {
    int special = grammar.special[byte] ? byte : -1;
    if (seen.insert({said.byteClasses().classOf[byte],
                     words.byteClasses()[byte], special})
            .second)
      samples.push_back(byte);
  }
}

uint32_t SbplGraph::meet(SbplNode node) {
  uint64_t pair = uint64_t(node.said.value) << 32 | node.profile;
  auto [it, isNew] =
      known.try_emplace({pair, node.grammar}, uint32_t(nodes.size()));
  if (isNew)
    nodes.push_back(node);
  return it->second;
}

bool SbplGraph::build(automata::SubsetId start) {
  meet({start, sim::SbplWords::kStart, grammar.start});
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes.size() > kMostNodes)
      return false;
    SbplNode here = nodes[i];
    llvm::ArrayRef<automata::SubsetId> saidRow = said.row(here.said);
    llvm::ArrayRef<uint32_t> profileRow = words.row(here.profile);
    for (uint8_t byte : samples) {
      Grammar::State next = grammar.step(here.grammar, byte);
      edges.push_back(
          next == Grammar::kDead
              ? kNone
              : meet({saidRow[said.byteClasses().classOf[byte]],
                      profileRow[words.byteClasses()[byte]], next, byte, i}));
    }
  }
  return true;
}

std::string SbplGraph::word(uint32_t node) const {
  std::string text;
  for (; node != 0; node = nodes[node].parent)
    text += char(nodes[node].byte);
  std::reverse(text.begin(), text.end());
  return text;
}

} // namespace srt::verify
