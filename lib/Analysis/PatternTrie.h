// lib/Analysis/PatternTrie.h: many path patterns as few entries.
// SPDX-License-Identifier: Apache-2.0
//
// Patterns that begin alike share what they begin with, segment by segment: a
// thousand `**/name` are one `**` and a thousand names. Without that, every
// subset would hold a thousand items that all say "any depth".
#ifndef SRT_LIB_ANALYSIS_PATTERNTRIE_H
#define SRT_LIB_ANALYSIS_PATTERNTRIE_H

#include "lib/Analysis/PatternItems.h"

namespace srt {

class PatternTrie {
public:
  /// Adds a pattern without its base: literal components in front of it, then
  /// its own segments, then `tail`.
  void add(llvm::StringRef front, const ir::PathPattern &pattern,
           automata::ItemId tail, uint32_t owner);

  /// One entry for each literal beginning and owner; sorted.
  std::vector<automata::Entry> entries(automata::Items &items) const;

private:
  /// What follows one beginning. Children stand behind their parents.
  struct Node {
    std::map<std::string, uint32_t> children; // by the text of the segment
    const ir::Segment *segment = nullptr;     // that led here; null: a root
    std::vector<automata::ItemId> tails;
  };
  uint32_t child(uint32_t node, const ir::Segment &segment);
  std::vector<automata::ItemId>
  restsBehind(const Node &node, const std::vector<automata::ItemId> &made,
              automata::Items &items) const;

  std::map<std::pair<std::string, uint32_t>, uint32_t> roots;
  std::vector<Node> nodes;
};

} // namespace srt

#endif
