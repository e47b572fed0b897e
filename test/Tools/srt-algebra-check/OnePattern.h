// test/Tools/srt-algebra-check/OnePattern.h: one path pattern in every form.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_ALGEBRA_CHECK_ONEPATTERN_H
#define SRT_TEST_TOOLS_SRT_ALGEBRA_CHECK_ONEPATTERN_H

#include "lib/Automata/Pack.h"
#include "lib/IR/Pattern.h"

#include <optional>
#include <string>

namespace srt::check {

/// One pattern as subsets, automaton, smallest automaton and packed table, and
/// how these match. The pattern has no param, and outlives the object.
class OnePattern {
public:
  explicit OnePattern(const ir::PathPattern &pattern);
  /// The names of the forms that do not agree with lib/Sim, joined.
  std::string dissenters(const std::string &path);
  uint32_t states() const { return small.states(); }

private:
  bool packedMatches(llvm::StringRef word) const;

  const ir::PathPattern &pattern;
  automata::AtomSets sets;
  automata::Items items{sets};
  automata::Budget budget;
  std::optional<automata::Subsets> subsets;
  automata::SubsetId start;
  automata::Dfa dfa, small;
  automata::Packed packed;
};

} // namespace srt::check

#endif
