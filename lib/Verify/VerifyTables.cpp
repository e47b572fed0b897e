// lib/Verify/VerifyTables.cpp: packed tables against the patterns they came from.
// SPDX-License-Identifier: Apache-2.0
//
// Walks the table and the subsets of the patterns side by side, from each
// anchor, and compares what both say after every word. What a table says is
// compared as it counts: an allow beside a deny says nothing.
#include "lib/Verify/Verify.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/PatternTrie.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace srt::verify {

using automata::AtomSetId;
using automata::SubsetId;

namespace {
class TableVerifier {
public:
  TableVerifier(const ir::Policy &policy, const PathTables &tables)
      : policy(policy), tables(tables) {}
  Result run();

private:
  using State = std::pair<uint32_t, uint32_t>; // of the table, a subset
  AtomSetId atomsOf(const Clause &clause);
  void collect();
  void collectPrograms();
  PathLabel labelOf(AtomSetId set);
  PathLabel counting(PathLabel label) const;
  bool isSame(State state, automata::Subsets &subsets);
  std::optional<Counterexample> walk(automata::Subsets &subsets);
  std::optional<Counterexample> checkAnchors();
  std::optional<Counterexample> checkPairs();
  Counterexample differs(llvm::StringRef what) const;

  const ir::Policy &policy;
  const PathTables &tables;
  automata::Budget budget;
  automata::AtomSets sets;
  automata::Items items{sets};
  PatternItems patterns{items};
  Meanings meanings{sets};
  std::map<uint32_t, uint32_t> pairs; // by rule
  std::vector<PathPair> wanted;       // by pair
  std::map<std::optional<ir::ParamId>, PatternTrie> tries;
  std::map<std::string, std::vector<automata::ItemId>> names; // of programs
  std::vector<std::pair<Anchor, automata::ItemId>> anchors;
};
} // namespace

AtomSetId TableVerifier::atomsOf(const Clause &clause) {
  Meaning meant{1, clause.effect, clause.actions, clause.part, 0};
  if (isNamed(clause, tables.denies)) {
    auto [it, isNew] = pairs.try_emplace(clause.rule.value, wanted.size());
    if (isNew)
      wanted.push_back({clause.effect, clause.actions, clause.rule});
    meant.pair = it->second;
    if (meant.part == Meaning::Part::Whole)
      meant.part = Meaning::Part::Pattern;
  }
  return sets.of(meanings.atom(meant));
}

void TableVerifier::collect() {
  for (const Clause &clause : clausesOf(policy, Space::Paths)) {
    const ir::PathPattern &path = *pathOf(*clause.pattern);
    tries[path.base].add("", path, patterns.tree(atomsOf(clause)), 0);
  }
  if (tables.programs == Programs::With)
    collectPrograms();
  for (const auto &[base, trie] : tries)
    for (const automata::Entry &entry : trie.entries(items))
      anchors.push_back(
          {{Anchor::Kind::Place, base, entry.prefix, 0}, entry.rest});
  for (const auto &[name, tails] : names)
    anchors.push_back(
        {{Anchor::Kind::Command, {}, name, 0}, items.anyOf(tails)});
}

void TableVerifier::collectPrograms() {
  for (const Clause &clause : clausesOf(policy, Space::Commands)) {
    auto &command = std::get<ir::CommandPattern>(clause.pattern->value);
    AtomSetId atoms = atomsOf(clause);
    const ir::PathPattern *path = pathOf(*clause.pattern);
    automata::ItemId tail =
        command.words ? path ? patterns.tree(command, atoms)
                             : patterns.file(command, atoms)
                      : path ? patterns.tree(atoms) : patterns.file(atoms);
    if (path)
      tries[path->base].add("", *path, tail, 0);
    else
      names[std::get<std::string>(command.program)].push_back(tail);
  }
}

Counterexample TableVerifier::differs(llvm::StringRef what) const {
  return {Counterexample::Kind::Wider, what.str(),
          "the table says otherwise than the patterns"};
}

std::optional<Counterexample> TableVerifier::checkPairs() {
  bool isSame = std::equal(wanted.begin(), wanted.end(), tables.pairs.begin(),
                           tables.pairs.end(),
                           [](const PathPair &a, const PathPair &b) {
                             return a.effect == b.effect &&
                                  a.actions == b.actions && a.rule == b.rule;
                           });
  if (isSame)
    return std::nullopt;
  return differs("a rule with `except`");
}

std::optional<Counterexample> TableVerifier::checkAnchors() {
  if (anchors.size() != tables.anchors.size())
    return differs("the number of anchors");
  for (size_t i = 0; i < anchors.size(); ++i) {
    const Anchor &found = tables.anchors[i];
    const Anchor &own = anchors[i].first;
    if (found.kind != own.kind || found.base != own.base ||
        found.path != own.path ||
        found.start >= tables.automaton.starts.size())
      return differs("anchor " + own.path);
  }
  return std::nullopt;
}

PathLabel TableVerifier::labelOf(AtomSetId set) {
  PathLabel label;
  for (automata::AtomId atom : sets.atoms(set)) {
    const Meaning &meant = meanings[atom];
    switch (meant.part) {
    case Meaning::Part::Whole:
      addEffect(label.outcome, meant.effect, meant.actions);
      break;
    case Meaning::Part::Pattern:
      label.patterns.push_back(meant.pair);
      break;
    case Meaning::Part::Except:
      label.excepts.push_back(meant.pair);
      break;
    }
  }
  llvm::sort(label.patterns);
  llvm::sort(label.excepts);
  return label;
}

/// Without what changes nothing, whatever other anchors say.
PathLabel TableVerifier::counting(PathLabel label) const {
  Outcome &outcome = label.outcome;
  outcome.asked &= ~outcome.denied;
  outcome.allowed &= ~(outcome.denied | outcome.asked);
  auto isIdle = [&](uint32_t pair) {
    const PathPair &rule = tables.pairs[pair];
    uint64_t deaf = outcome.denied;
    if (rule.effect != ir::Effect::Deny)
      deaf |= outcome.asked;
    if (rule.effect == ir::Effect::Allow)
      deaf |= outcome.allowed;
    return (rule.actions & ~deaf) == 0;
  };
  llvm::erase_if(label.patterns, isIdle);
  llvm::erase_if(label.excepts, isIdle);
  return label;
}

bool TableVerifier::isSame(State state, automata::Subsets &subsets) {
  uint32_t index = tables.automaton.rows[state.first].label;
  if (index >= tables.labels.size())
    return false;
  PathLabel found = counting(tables.labels[index]);
  PathLabel own = counting(labelOf(subsets[SubsetId{state.second}].label));
  return found.outcome == own.outcome && found.patterns == own.patterns &&
         found.excepts == own.excepts;
}

std::optional<Counterexample> TableVerifier::walk(automata::Subsets &subsets) {
  std::set<State> met;
  std::vector<std::pair<State, uint32_t>> work; // and the anchor it came from
  auto meet = [&](State state, uint32_t anchor) {
    if (met.insert(state).second)
      work.push_back({state, anchor});
  };
  for (uint32_t i = 0; i < anchors.size(); ++i)
    meet({tables.automaton.starts[tables.anchors[i].start],
          subsets.of({anchors[i].second}).value},
         i);
  for (size_t i = 0; i < work.size() && !budget.isSpent(); ++i) {
    auto [state, anchor] = work[i];
    if (!isSame(state, subsets))
      return differs("beneath " + tables.anchors[anchor].path);
    // One byte of each class of both sides.
    std::set<std::pair<uint8_t, uint8_t>> seen;
    for (unsigned byte = 0; byte < 256; ++byte)
      if (seen.insert({tables.automaton.classOf[byte],
                       subsets.byteClasses().classOf[byte]})
              .second)
        meet({tables.automaton.step(state.first, uint8_t(byte)),
              subsets.step(SubsetId{state.second}, uint8_t(byte)).value},
             anchor);
  }
  return std::nullopt;
}

Result TableVerifier::run() {
  collect();
  Result result;
  result.counterexample = checkPairs();
  if (!result.counterexample)
    result.counterexample = checkAnchors();
  if (result.counterexample)
    return result;
  automata::Subsets subsets(items, budget, [&](AtomSetId settled, AtomSetId reach) {
    return meanings.absorbs(settled, reach);
  });
  result.counterexample = walk(subsets);
  result.isComplete = !budget.isSpent();
  return result;
}

Result verifyTables(const ir::Policy &policy, const PathTables &tables) {
  return TableVerifier(policy, tables).run();
}

} // namespace srt::verify
