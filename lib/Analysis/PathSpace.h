// lib/Analysis/PathSpace.h: the tracks of a search over paths or commands.
// SPDX-License-Identifier: Apache-2.0
//
// Collects clauses of one or more policies (and of models of what was emitted),
// then opens searches over them. Params become markers: two params with one
// source are one marker, whatever they are called; a literal one is its value.
#ifndef SRT_LIB_ANALYSIS_PATHSPACE_H
#define SRT_LIB_ANALYSIS_PATHSPACE_H

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/PatternTrie.h"
#include "lib/Automata/Explorer.h"

#include <memory>
#include <set>

namespace srt {

class PathSpace {
public:
  PathSpace(Space space, automata::Budget &budget);

  /// Whether a place itself counts, or only what lies beneath it.
  enum class Reach : uint8_t { Tree, Beneath };

  /// Adds one clause to a group (see automata::Track) for some views.
  /// `owner` names who said it, for searches without that one.
  void add(const Clause &clause, uint32_t views, unsigned group,
           uint32_t owner = 0, Reach reach = Reach::Tree);
  /// Adds a pattern with a meaning of its own. Patterns and policies outlive
  /// close().
  void add(const ir::Pattern &pattern, llvm::ArrayRef<ir::Param> params,
           const Meaning &meaning, unsigned group, uint32_t owner = 0,
           Reach reach = Reach::Tree);
  /// The same for a file by its name on PATH.
  void addHit(llvm::StringRef name, const Meaning &meaning, unsigned group);

  /// Ends the adding. Everything below needs it.
  void close();

  /// Whose entries of a group count in a search; a group without one: all.
  using Filters = std::map<unsigned, automata::OwnerFilter>;

  /// A search over all groups in `groups` (as bits), which may look at as many
  /// states as `steps` has units. It answers questions about two verdicts and
  /// `extra` patterns: each verdict hangs on one rule that matches, or on none,
  /// so words in which more params lie on one path show nothing new. Only an
  /// `except` can keep a rule from matching, so their params count too.
  automata::Explorer explorer(uint32_t groups, automata::Budget &steps,
                              std::optional<automata::Focus> focus = {},
                              const Filters &filters = {}, unsigned extra = 0);

  Meanings &meanings() { return *meaning; }
  automata::AtomSets &atomSets() { return atoms; }
  automata::Subsets &subsets() { return *subsetTable; }
  Outcome outcome(automata::AtomSetId set, unsigned view) {
    return meaning->outcome(set, view);
  }
  /// True if more params stand in the clauses than a search can tell apart.
  bool hasTooManyParams() const { return tooMany; }

  /// "with ${home} = /a" for the markers of a word.
  std::string bindingText(const automata::Word &word) const;
  /// The directories that a word takes to be on PATH.
  std::vector<std::string> searchPathOf(const automata::Word &word) const;
  /// The value that a word gives to a param; where it has no marker for it, a
  /// place that the word does not pass.
  std::string valueOf(const ir::Param &param, const automata::Word &word) const;

private:
  struct Source {
    automata::Track::Kind kind;
    std::string name; // of the param that was met first
  };
  /// Entries by marker (or kWhole) and group.
  using TrackKey = std::pair<int, unsigned>;
  static constexpr int kWhole = -1;

  automata::AtomSetId atomsOf(const Clause &clause, uint32_t views);
  int markerOf(const ir::Param &param);
  int searchPath();
  void addPattern(const ir::Pattern &pattern, llvm::ArrayRef<ir::Param> params,
                  automata::AtomSetId set, unsigned group, uint32_t owner,
                  Reach reach);
  void addEntry(const ir::PathPattern &path, llvm::ArrayRef<ir::Param> params,
                automata::ItemId tail, unsigned group, uint32_t owner);
  int markerFor(const std::string &key, Source source);

  Space space;
  automata::Budget &budget;
  automata::AtomSets atoms;
  automata::Items items{atoms};
  PatternItems patterns{items};
  std::unique_ptr<Meanings> meaning;
  std::map<std::string, uint32_t> pairs;
  std::map<std::string, int> markers; // by source and value
  std::vector<Source> sources;        // by marker
  bool tooMany = false;
  std::set<int> exceptMarkers; // those that stand in an `except`
  std::map<TrackKey, PatternTrie> tries;
  std::map<TrackKey, std::vector<automata::Entry>> hits;
  std::map<TrackKey, automata::Prefixes> prefixes;
  std::unique_ptr<automata::Subsets> subsetTable;
};

} // namespace srt

#endif
