// lib/Analysis/PathTables.h: all rules on paths as anchors and one automaton.
// SPDX-License-Identifier: Apache-2.0
//
// A pattern is a literal place (an anchor) and what may follow it. Anchors stay
// a list, for links in them are only resolved when the sandbox starts; what may
// follow is a state of one automaton with as many starts as there are anchors.
// The verdict on a path is the union of what all anchors above it say, so the
// patterns `**/name`, which all hang on the root directory, never multiply with
// the others.
#ifndef SRT_LIB_ANALYSIS_PATHTABLES_H
#define SRT_LIB_ANALYSIS_PATHTABLES_H

#include "lib/Analysis/Clauses.h"
#include "lib/Automata/Pack.h"
#include "lib/IR/Policy.h"

#include <optional>

namespace srt {

/// A literal place and the state of the automaton behind it.
struct Anchor {
  enum class Kind : uint8_t { Place, Command };
  Kind kind = Kind::Place;
  std::optional<ir::ParamId> base; // absent: the root directory
  std::string path;                // "" or "/a/b", beneath the base; or a name
  uint32_t start = 0;              // index into PathTables::automaton.starts
  friend auto operator<=>(const Anchor &, const Anchor &) = default;
};

/// What a state says: for rules without `except`, the actions; for others,
/// which half of them matches.
struct PathLabel {
  Outcome outcome;
  std::vector<uint32_t> patterns, excepts; // indices into pairs, sorted
};

/// A rule with `except`: counts where its pattern matches and no except does,
/// each perhaps on another anchor. Or a deny that can be told by its name.
struct PathPair {
  ir::Effect effect = ir::Effect::Allow;
  uint64_t actions = 0;
  ir::RuleId rule;
};

/// Whether a table knows which rule denies, or asks.
enum class DenyNames : uint8_t { Dropped, Kept };

/// Whether a table is of programs and their arguments too.
enum class Programs : uint8_t { Without, With };

struct PathTables {
  std::vector<Anchor> anchors; // sorted, distinct places
  automata::Packed automaton;
  std::vector<PathLabel> labels; // by label of a state; 0 is empty
  std::vector<PathPair> pairs;
  DenyNames denies = DenyNames::Dropped;
  Programs programs = Programs::Without;
  uint32_t statesBefore = 0; // before they were minimised

  size_t bytes() const;
};

/// The tables for all path rules of a policy, or nothing if the budget is
/// spent. *Keeps*. Literal params stay params: they are anchors too.
std::optional<PathTables>
buildPathTables(const ir::Policy &policy, automata::Budget &budget,
                DenyNames denies = DenyNames::Dropped,
                Programs programs = Programs::Without);

/// True if a clause is told by the rule it comes from: it has an `except`, or
/// it is a deny or a question whose name is kept.
bool isNamed(const Clause &clause, DenyNames denies);

/// What the tables say of a path when the params have these values.
Outcome evaluate(const PathTables &tables, llvm::ArrayRef<std::string> values,
                 llvm::StringRef path);

} // namespace srt

#endif
