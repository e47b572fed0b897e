// lib/Analysis/PathTables.cpp: clauses become anchors, their rest a table.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/PathTables.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/PatternTrie.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using automata::AtomSetId;
using automata::ItemId;

namespace {
class TableBuilder {
public:
  TableBuilder(const ir::Policy &policy, automata::Budget &budget,
               DenyNames denies, Programs programs)
      : policy(policy), budget(budget) {
    tables.denies = denies;
    tables.programs = programs;
  }
  std::optional<PathTables> build();

private:
  AtomSetId atomsOf(const Clause &clause);
  void collect();
  void collectPrograms();
  uint32_t labelOf(AtomSetId set);
  void makeAutomaton();

  const ir::Policy &policy;
  automata::Budget &budget;
  automata::AtomSets sets;
  automata::Items items{sets};
  PatternItems patterns{items};
  Meanings meanings{sets};
  std::map<uint32_t, uint32_t> pairs; // by rule
  std::map<std::optional<ir::ParamId>, PatternTrie> tries;
  std::map<std::string, std::vector<ItemId>> names; // bare, of programs
  std::map<uint32_t, uint32_t> labels; // by set of atoms
  PathTables tables;
};
} // namespace

bool isNamed(const Clause &clause, DenyNames denies) {
  return clause.part != Meaning::Part::Whole ||
         (denies == DenyNames::Kept && clause.effect != ir::Effect::Allow);
}

AtomSetId TableBuilder::atomsOf(const Clause &clause) {
  Meaning meant{1, clause.effect, clause.actions, clause.part, 0};
  if (isNamed(clause, tables.denies)) {
    auto [it, isNew] = pairs.try_emplace(clause.rule.value, tables.pairs.size());
    if (isNew)
      tables.pairs.push_back({clause.effect, clause.actions, clause.rule});
    meant.pair = it->second;
    if (meant.part == Meaning::Part::Whole)
      meant.part = Meaning::Part::Pattern;
  }
  return sets.of(meanings.atom(meant));
}

void TableBuilder::collect() {
  for (const Clause &clause : clausesOf(policy, Space::Paths)) {
    const ir::PathPattern &path = *pathOf(*clause.pattern);
    tries[path.base].add("", path, patterns.tree(atomsOf(clause)), 0);
  }
}

void TableBuilder::collectPrograms() {
  for (const Clause &clause : clausesOf(policy, Space::Commands)) {
    auto &command = std::get<ir::CommandPattern>(clause.pattern->value);
    AtomSetId atoms = atomsOf(clause);
    if (const ir::PathPattern *path = pathOf(*clause.pattern))
      tries[path->base].add("", *path,
                            command.words ? patterns.tree(command, atoms)
                                          : patterns.tree(atoms),
                            0);
    else
      names[std::get<std::string>(command.program)].push_back(
          command.words ? patterns.file(command, atoms) : patterns.file(atoms));
  }
}

uint32_t TableBuilder::labelOf(AtomSetId set) {
  auto [it, isNew] = labels.try_emplace(set.value, tables.labels.size());
  if (!isNew)
    return it->second;
  PathLabel label;
  std::vector<automata::AtomId> wholes;
  for (automata::AtomId atom : sets.atoms(set)) {
    const Meaning &meant = meanings[atom];
    if (meant.part == Meaning::Part::Whole)
      wholes.push_back(atom);
    else if (meant.part == Meaning::Part::Pattern)
      label.patterns.push_back(meant.pair);
    else
      label.excepts.push_back(meant.pair);
  }
  label.outcome = meanings.outcome(sets.intern(std::move(wholes)), 0);
  llvm::sort(label.patterns);
  llvm::sort(label.excepts);
  tables.labels.push_back(std::move(label));
  return it->second;
}

void TableBuilder::makeAutomaton() {
  std::vector<ItemId> rests; // by start
  for (const auto &[base, trie] : tries)
    for (const automata::Entry &entry : trie.entries(items)) {
      tables.anchors.push_back(
          {Anchor::Kind::Place, base, entry.prefix, uint32_t(rests.size())});
      rests.push_back(entry.rest);
    }
  for (const auto &[name, tails] : names) {
    tables.anchors.push_back(
        {Anchor::Kind::Command, {}, name, uint32_t(rests.size())});
    rests.push_back(items.anyOf(tails));
  }
  automata::Subsets subsets(items, budget, [&](AtomSetId settled, AtomSetId reach) {
    return meanings.absorbs(settled, reach);
  });
  std::vector<automata::SubsetId> starts;
  for (ItemId rest : rests)
    starts.push_back(subsets.of({rest}));
  automata::Dfa dfa = automata::buildDfa(
      subsets, starts, [&](AtomSetId set) { return labelOf(set); }, budget);
  if (budget.isSpent())
    return;
  tables.statesBefore = dfa.states();
  tables.automaton = automata::pack(automata::minimised(dfa));
}

std::optional<PathTables> TableBuilder::build() {
  labelOf(automata::AtomSets::empty());
  collect();
  if (tables.programs == Programs::With)
    collectPrograms();
  makeAutomaton();
  if (budget.isSpent())
    return std::nullopt;
  return std::move(tables);
}

std::optional<PathTables> buildPathTables(const ir::Policy &policy,
                                          automata::Budget &budget,
                                          DenyNames denies,
                                          Programs programs) {
  return TableBuilder(policy, budget, denies, programs).build();
}

size_t PathTables::bytes() const {
  size_t size = automaton.bytes() + pairs.size() * 16;
  for (const Anchor &anchor : anchors)
    size += 16 + anchor.path.size() + 1;
  for (const PathLabel &label : labels)
    size += 32 + 4 * (label.patterns.size() + label.excepts.size());
  return size;
}

namespace {
/// The union of what several anchors say.
struct Gathered {
  Outcome outcome;
  std::vector<bool> pattern, except; // by pair
};
} // namespace

static void gather(Gathered &all, const PathLabel &label) {
  all.outcome.allowed |= label.outcome.allowed;
  all.outcome.asked |= label.outcome.asked;
  all.outcome.denied |= label.outcome.denied;
  for (uint32_t pair : label.patterns)
    all.pattern[pair] = true;
  for (uint32_t pair : label.excepts)
    all.except[pair] = true;
}

/// The pairs of which only the pattern matches count as plain rules.
static Outcome settled(const PathTables &tables, Gathered all) {
  for (size_t i = 0; i < tables.pairs.size(); ++i)
    if (all.pattern[i] && !all.except[i])
      addEffect(all.outcome, tables.pairs[i].effect, tables.pairs[i].actions);
  return all.outcome;
}

/// True if `path` is `prefix` or lies beneath it; both as automata spell them.
static bool isUnder(llvm::StringRef path, llvm::StringRef prefix) {
  return path.starts_with(prefix) &&
         (path.size() == prefix.size() || path[prefix.size()] == '/');
}

Outcome evaluate(const PathTables &tables, llvm::ArrayRef<std::string> values,
                 llvm::StringRef path) {
  Gathered all{{},
               std::vector<bool>(tables.pairs.size()),
               std::vector<bool>(tables.pairs.size())};
  std::string word = asWord(path);
  for (const Anchor &anchor : tables.anchors) {
    std::string place =
        (anchor.base ? asWord(values[anchor.base->value]) : std::string()) +
        anchor.path;
    if (!isUnder(word, place))
      continue;
    uint32_t state = tables.automaton.starts[anchor.start];
    for (char byte : llvm::StringRef(word).drop_front(place.size()))
      state = tables.automaton.step(state, uint8_t(byte));
    gather(all, tables.labels[tables.automaton.rows[state].label]);
  }
  return settled(tables, std::move(all));
}

} // namespace srt
