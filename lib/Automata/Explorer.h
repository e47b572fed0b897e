// lib/Automata/Explorer.h: searches all words for what their atoms may be.
// SPDX-License-Identifier: Apache-2.0
//
// Questions about languages (does one contain the other, where do two policies
// differ) are answered by a search over words, shortest first, that looks at
// each state once. Nothing is determinised that the search does not reach.
//
// Markers stand for what is unknown until the sandbox starts. A path below
// ${home} is below it because some prefix of the path *is* ${home}; which one,
// the search chooses by putting the marker there. So every arrangement of
// params that are equal, nested or apart is looked at, and no other.
#ifndef SRT_LIB_AUTOMATA_EXPLORER_H
#define SRT_LIB_AUTOMATA_EXPLORER_H

#include "lib/Automata/Grammar.h"
#include "lib/Automata/Prefixes.h"
#include "lib/Automata/StateSet.h"
#include "lib/Automata/Subsets.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace srt::automata {

/// Up to this many markers.
inline constexpr unsigned kMaxMarkers = 31;

/// Entries that count from the beginning of the word, or from a marker.
struct Track {
  enum class Kind : uint8_t {
    Whole, // from the beginning
    Once,  // from its marker, which stands at one place of a word or nowhere
    Often, // from its marker, which may stand at many places
  };
  Kind kind = Kind::Whole;
  unsigned marker = 0; // Once, Often: below kMaxMarkers
  unsigned group = 0;  // below 32: whatever the caller wants to tell apart
  const Prefixes *prefixes = nullptr; // outlives the explorer
  OwnerFilter counts;                 // whose entries count; empty: all
};

/// Looks only at words that some entry of `groups`, or an item whose atoms are
/// wanted, may still have something to say about.
struct Focus {
  uint32_t groups = 0; // as bits
  std::function<bool(AtomSetId reach)> isWanted;
};

/// A word and where the markers stand in it.
struct Word {
  std::string bytes;
  std::vector<std::pair<unsigned, size_t>> markers; // marker, bytes before it
};

/// One state of the search.
struct Visit {
  bool isWord;         // a word may end here
  AtomSetId label;     // the atoms of that word
  AtomSetId settled;   // the atoms of every word that goes on from here
  AtomSetId reach;     // atoms that items may add further on
  uint32_t liveGroups; // groups of which further entries may begin, as bits
  uint32_t index;      // for Explorer::word()
};

enum class Next : uint8_t { GoOn, LeaveOut, Stop };

class Explorer {
public:
  Explorer(const Grammar &grammar, std::vector<Track> tracks, Subsets &subsets,
           Budget &budget, std::optional<Focus> focus = std::nullopt);

  /// At most so many markers of kind Once stand in a word. Where a question is
  /// decided by few entries at a time, more of them show nothing new, and the
  /// states multiply with each.
  void limitMarkers(unsigned count) { mostMarkers = count; }

  /// Calls `visit` once for each state, by breadth. LeaveOut: do not go on from
  /// here. Returns false if the budget was spent first.
  bool search(llvm::function_ref<Next(const Visit &)> visit);

  /// A shortest word that leads to a state; readable bytes where any will do.
  Word word(uint32_t index) const;

private:
  /// A record of `states`: three words, then three for the place in each track.
  struct Node {
    SubsetId subset;
    uint32_t used; // markers, as bits
    Grammar::State grammar;
    llvm::SmallVector<TriePlace, 8> places; // by track
  };
  /// How a state was first reached.
  struct Step {
    uint32_t parent;
    uint16_t symbol; // a byte, or kMarker + marker
  };
  static constexpr uint16_t kMarker = 256;
  static constexpr unsigned kHead = 3; // words of a record before its places
  static constexpr unsigned kPlace = 3;

  Node node(uint32_t index) const;
  void add(const Node &node, Step step, llvm::ArrayRef<ItemId> begun);
  Visit visitOf(uint32_t index, const Node &node) const;
  bool isOpen(const Node &node, const Track &track) const;
  uint32_t openMarkers(const Node &node) const;
  void expand(uint32_t index, const Node &node);
  bool canFollowFocus(const Node &node) const;
  void expandFocus(uint32_t index, const Node &node);
  void takeByte(uint32_t index, const Node &node, uint8_t byte);
  void leaveEntries(uint32_t index, const Node &node, uint8_t byte);
  void takeMarker(uint32_t index, const Node &node, unsigned marker);
  /// The bytes that entries of these groups go on with.
  ByteSet entryBytes(const Node &node, uint32_t groups) const;

  const Grammar &grammar;
  std::vector<Track> tracks;
  Subsets &subsets;
  Budget &budget;
  std::optional<Focus> focus;
  uint32_t markers = 0; // in use, as bits
  uint32_t often = 0;   // of these, those that may stand at many places
  unsigned mostMarkers = kMaxMarkers;
  StateSet states;
  std::vector<Step> steps; // by state
  // States behind a byte that no entry goes on with: subset, grammar and used
  // tell them apart. Most bytes lead there, so they are asked about first.
  llvm::DenseSet<std::pair<uint64_t, uint32_t>> outside;
};

} // namespace srt::automata

#endif
