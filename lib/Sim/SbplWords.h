// lib/Sim/SbplWords.h: which filters of a profile match, for all texts at once.
// SPDX-License-Identifier: Apache-2.0
//
// The filters on a path (or on a name) as one automaton, determinised as far as
// it is walked. Two texts that lead to one state are the same to the profile.
// Filters that can no longer change a decision are dropped at once: without
// that, k filters `**/name` have 2^k states.
#ifndef SRT_LIB_SIM_SBPLWORDS_H
#define SRT_LIB_SIM_SBPLWORDS_H

#include "lib/Sim/Sbpl.h"

#include "llvm/ADT/ArrayRef.h"

#include <array>

namespace srt::sim {

/// What the filters look at.
enum class SbplText : uint8_t { Paths, Names };

class SbplWords {
public:
  /// Follows the filters of all profiles. They must outlive it.
  SbplWords(llvm::ArrayRef<SbplProfile> profiles, SbplText kind);

  static constexpr uint32_t kStart = 0;
  /// Successors by class of bytes. Valid until the next call.
  llvm::ArrayRef<uint32_t> row(uint32_t state);
  const std::array<uint8_t, 256> &byteClasses() const { return classOf; }
  unsigned classes() const { return unsigned(samples.size()); }
  /// A number for what a text that ends here matches: equal numbers, equal
  /// answers.
  uint32_t answers(uint32_t state);
  /// Whether such a text matches a filter of a profile; nothing if the filter
  /// looks at something else. Of filters that were dropped it says that they do
  /// not match, which decides nothing.
  std::optional<bool> holds(uint32_t answer, size_t profile,
                            uint32_t filter) const;

private:
  using State = SbplRegex::State;
  using Set = std::vector<uint32_t>; // sorted states that wait for a byte or
                                     // for the end, and accepting ones
  enum class At : uint8_t { Beginning, Later, End };

  uint32_t expressionOf(const SbplFilter &filter);
  void add(SbplRegex expression);
  void cutBytes();
  void enter(uint32_t state, At at, Set &set);
  void findForever();
  bool isForever(uint32_t state);
  Set settled(Set set);
  Set matchedFor(const Set &set);
  const std::vector<bool> &needed(const Set &matched, const Set &alive);
  void markNeeded(size_t profile, VnodeType vnode, const Set &matched,
                  const Set &alive, std::vector<bool> &needs) const;
  Set begin(At at);
  Set step(const Set &set, uint8_t byte);
  uint32_t intern(Set set);

  llvm::ArrayRef<SbplProfile> profiles;
  std::vector<State> states; // of all expressions
  std::vector<uint32_t> owner; // by state: its expression
  std::vector<uint32_t> starts; // by expression
  std::vector<uint32_t> accepts; // by expression: the state that accepts
  std::vector<bool> forever; // by state: `.*` before the end
  std::map<std::pair<Set, Set>, std::vector<bool>> needs;
  std::map<std::pair<SbplFilter::Kind, std::string>, uint32_t> expressions;
  std::vector<std::vector<VnodeType>> vnodeTypes; // by profile
  std::vector<std::vector<uint32_t>> byFilter; // by profile; kNone: not a text
  std::array<uint8_t, 256> classOf{};
  std::vector<uint8_t> samples; // a byte of each class
  std::vector<uint32_t> marks;  // by state: when it was last entered
  uint32_t time = 0;
  Set restart; // where expressions may begin that have no `^`
  std::map<Set, uint32_t> known;
  std::vector<Set> sets;
  std::vector<std::vector<uint32_t>> rows; // empty: not made yet
  std::map<Set, uint32_t> answerIds;       // sets of expressions
  std::vector<std::vector<bool>> answerSets; // by answer and expression
  std::vector<uint32_t> answerOf; // by set; kNone: not asked yet
  static constexpr uint32_t kNone = ~0u;
};

} // namespace srt::sim

#endif
