// test/Tools/srt-algebra-check/Globs.cpp: a small world, all of it.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/Check.h"

#include "lib/Analysis/PatternTrie.h"
#include "lib/Automata/Pack.h"
#include "lib/IR/PatternText.h"
#include "lib/Sim/Match.h"

#include "llvm/Support/raw_ostream.h"

namespace srt::check {

using namespace automata;

/// Every text of up to `most` bytes that begins with a slash.
static std::vector<std::string> textsOver(llvm::StringRef alphabet,
                                          unsigned most) {
  std::vector<std::string> texts{"/"};
  for (size_t i = 0; i < texts.size(); ++i)
    if (texts[i].size() < most)
      for (char byte : alphabet)
        texts.push_back(texts[i] + byte);
  return texts;
}

static bool isCanonicalPath(llvm::StringRef path) {
  return path == "/" || (!path.contains("//") && !path.ends_with("/"));
}

static std::vector<ir::PathPattern> patternsUpTo(unsigned most) {
  std::vector<ir::PathPattern> patterns;
  for (const std::string &text : textsOver("ab/*?", most)) {
    ir::TextError error;
    if (std::optional<ir::PathPattern> path = ir::readPath(text, {}, error))
      patterns.push_back(*path);
  }
  return patterns;
}

namespace {
/// One pattern in each form, and how they match.
class OnePattern {
public:
  explicit OnePattern(const ir::PathPattern &pattern) : pattern(pattern) {
    AtomSetId atom = sets.of({0});
    PatternItems makers(items);
    PatternTrie trie;
    trie.add("", pattern, makers.tree(atom), 0);
    Entry entry = trie.entries(items).front();
    // All of the pattern as items, its literal beginning too.
    ItemId item = entry.rest;
    for (char byte : llvm::reverse(entry.prefix))
      item = items.byte(only(uint8_t(byte)), item);
    subsets.emplace(items, budget);
    start = subsets->of({item});
    dfa = buildDfa(*subsets, {start},
                   [](AtomSetId set) { return uint32_t(set != AtomSets::empty()); },
                   budget);
    small = minimised(dfa);
    packed = pack(small);
  }
  /// The names of the forms that do not agree with lib/Sim, joined.
  std::string dissenters(const std::string &path);
  uint32_t states() const { return small.states(); }

private:
  bool packedMatches(llvm::StringRef word) const {
    uint32_t state = packed.starts[0];
    for (char byte : word)
      state = packed.step(state, uint8_t(byte));
    return packed.rows[state].label != 0;
  }
  const ir::PathPattern &pattern;
  AtomSets sets;
  Items items{sets};
  Budget budget;
  std::optional<Subsets> subsets;
  SubsetId start;
  Dfa dfa, small;
  Packed packed;
};
} // namespace

std::string OnePattern::dissenters(const std::string &path) {
  std::string word = asWord(path);
  bool wanted = sim::matchesPath(pattern, {}, path);
  SubsetId subset = start;
  for (char byte : word)
    subset = subsets->step(subset, uint8_t(byte));
  std::string found;
  if (((*subsets)[subset].label != AtomSets::empty()) != wanted)
    found += " subsets";
  if ((dfa.run(dfa.starts[0], word) != 0) != wanted)
    found += " dfa";
  if ((small.run(small.starts[0], word) != 0) != wanted)
    found += " minimised";
  if (packedMatches(word) != wanted)
    found += " packed";
  return found;
}

size_t checkGlobs(unsigned patternSize, unsigned pathSize) {
  std::vector<std::string> paths = textsOver("ab/", pathSize);
  llvm::erase_if(paths, [](const std::string &path) { return !isCanonicalPath(path); });
  std::vector<ir::PathPattern> patterns = patternsUpTo(patternSize);
  size_t failed = 0;
  uint32_t largest = 0;
  for (const ir::PathPattern &pattern : patterns) {
    OnePattern one(pattern);
    largest = std::max(largest, one.states());
    for (const std::string &path : paths) {
      std::string who = one.dissenters(path);
      if (who.empty())
        continue;
      ++failed;
      llvm::outs() << ir::text(pattern, {}) << " on " << path << ":" << who
                   << " differ\n";
    }
  }
  llvm::outs() << patterns.size() << " patterns, " << paths.size()
               << " paths, at most " << largest << " states; " << failed
               << " differ\n";
  return failed;
}

} // namespace srt::check
