// lib/Analysis/WordUniverse.h: paths, commands and names, by automata.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_WORDUNIVERSE_H
#define SRT_LIB_ANALYSIS_WORDUNIVERSE_H

#include "lib/Analysis/PathSpace.h"
#include "lib/Analysis/Universe.h"

namespace srt {

class WordUniverse : public Universe {
public:
  WordUniverse(Space space, const ir::Policy &before, const ir::Policy &after);

  void scan(llvm::function_ref<void(const Outcome &, const Outcome &)> visit)
      override;
  std::optional<Witness> guess(const Query &query) override;
  std::optional<Witness> find(const Query &query) override;
  std::vector<uint32_t> matching(const Witness &witness) override;

private:
  /// Groups of entries: what both policies say, what one says, and the
  /// candidates, up to three times.
  enum Group : unsigned { Common, OnlyOld, OnlyNew, InsideA, InsideB, Outside };
  enum View : unsigned { Old, New, ViewA, ViewB, ViewOut };

  void addPolicies(const std::vector<Clause> &old,
                   const std::vector<Clause> &fresh);
  void addCandidates(const std::vector<Clause> &clauses);
  bool speaks(automata::AtomSetId set, uint32_t views);
  bool isMatched(uint32_t candidate, const Witness &witness) const;
  bool isMet(const automata::Visit &visit, const Query &query);

  Space kind;
  const ir::Policy &before, &after;
  automata::Budget budget;
  PathSpace space;
  ir::Policy oldTypical, newTypical; // for guesses
  struct Named {
    const ir::Pattern *pattern;
    const ir::Policy *policy;
  };
  std::vector<Named> patterns; // by candidate
};

} // namespace srt

#endif
