// lib/Analysis/Universe.h: all events of one kind, to ask questions about.
// SPDX-License-Identifier: Apache-2.0
//
// Two policies are compared on paths, commands, endpoints and so on. How the
// events of a kind are searched differs (an automaton, a finite partition);
// what is asked of them does not.
#ifndef SRT_LIB_ANALYSIS_UNIVERSE_H
#define SRT_LIB_ANALYSIS_UNIVERSE_H

#include "lib/Analysis/Meanings.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <memory>
#include <optional>
#include <string>

namespace srt {

/// One event, as the words that srt-sim and `srtc query` read, and the values
/// of params under which it is meant.
struct Witness {
  std::vector<std::string> words;
  std::string binding; // "with ${home} = /a"; empty if it does not matter
  std::vector<std::string> oldValues, newValues; // by ParamId of each policy
  std::vector<std::string> searchPath;           // empty: it does not matter
};

/// A pattern of one of the policies.
struct Candidate {
  std::string text;     // as in IR text
  uint64_t actions = 0; // of all rules it stands in
  bool isShared = true; // says the same in both policies
};

using OutcomeTest = llvm::function_ref<bool(const Outcome &before,
                                            const Outcome &after)>;

/// Asks for an event that all of `inside` match and none of `outside`.
struct Query {
  llvm::ArrayRef<uint32_t> inside, outside; // candidates
  OutcomeTest holds;
  uint64_t steps = 400'000; // states that the search may look at
};

class Universe {
public:
  virtual ~Universe() = default;

  /// The distinct patterns of both policies, sorted by length, then by text.
  const std::vector<Candidate> &candidates() const { return all; }

  /// Calls `visit` on the outcomes of at least one event of every kind on which
  /// the policies may differ.
  virtual void scan(llvm::function_ref<void(const Outcome &before,
                                            const Outcome &after)>
                        visit) = 0;
  /// The event that comes to mind for a query, if it is one that was asked for.
  virtual std::optional<Witness> guess(const Query &) { return std::nullopt; }
  /// Nothing: there is none, or the search was cut off.
  virtual std::optional<Witness> find(const Query &query) = 0;
  /// The candidates that match an event that was found.
  virtual std::vector<uint32_t> matching(const Witness &witness) = 0;

  /// True if a scan was given up: there may be events that it did not show.
  bool isExhausted() const { return exhausted; }
  /// True if the last search was: that it found nothing means nothing.
  bool wasCutOff() const { return cutOff; }

  /// What all searches together may still look at, in states.
  uint64_t allowance = ~uint64_t(0);

protected:
  void noteScan(bool isWhole) { exhausted |= !isWhole; }
  void noteFind(bool isWhole) { cutOff = !isWhole; }
  std::vector<Candidate> all;
  bool exhausted = false;
  bool cutOff = false;
};

/// Every universe in which the two policies have something to say. They must
/// outlive it.
std::vector<std::unique_ptr<Universe>> universesOf(const ir::Policy &before,
                                                   const ir::Policy &after);

} // namespace srt

#endif
