// lib/Verify/VerifySbplPaths.cpp: all paths of a profile against its policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/SbplParts.h"

#include "lib/Analysis/PatternTrie.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace srt::verify {

using automata::AtomSetId;
using automata::ItemId;
using ir::ActionId;

namespace {
class PathsVerifier {
public:
  PathsVerifier(const ir::Policy &policy, const SbplBinding &binding,
                const SbplModel &model)
      : policy(policy), binding(binding), model(model) {}
  Result run();

private:
  ItemId items();
  const SbplSays &saysAt(uint32_t answer);
  const SbplSays &saysAtRoot();
  void judge(const SbplGraph &graph, automata::Subsets &subsets);
  std::optional<Counterexample> compare(const SbplSays &says, AtomSetId label,
                                        const std::string &path);
  uint64_t mustBeGranted() const;

  const ir::Policy &policy;
  const SbplBinding &binding;
  const SbplModel &model;
  automata::Budget budget;
  automata::AtomSets sets;
  automata::Items itemTable{sets};
  PatternItems patterns{itemTable};
  Meanings meanings{sets};
  std::vector<SbplPlace> places;
  std::optional<sim::SbplWords> words;
  std::map<uint32_t, SbplSays> byAnswer;
  std::optional<SbplSays> atRoot;
  SbplVerdicts verdicts;
  Result result;
};
} // namespace

/// The actions that are judged on a path. `send` is UDP only.
static uint64_t onPaths() {
  uint64_t bits = bitOf(ActionId::Exec) | bitOf(ActionId::Connect) |
                  bitOf(ActionId::Bind);
  for (ActionId leaf : ir::leafActions())
    if (ir::resource(leaf) == ir::Resource::Path)
      bits |= bitOf(leaf);
  return bits;
}

/// The actions that a profile grants wherever the policy does. Of the others
/// some are taken along by operations that carry several actions, and moving
/// is narrower around withheld places.
uint64_t PathsVerifier::mustBeGranted() const {
  uint64_t bits = bitOf(ActionId::ReadData) | bitOf(ActionId::ReadList) |
                  bitOf(ActionId::ReadMetadata) | bitOf(ActionId::WriteData) |
                  bitOf(ActionId::WriteMetadata) | bitOf(ActionId::Ioctl);
  // A bare name is withheld in every folder, not only on PATH.
  auto isBare = [](const ir::Pattern &pattern) {
    auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
    return command && std::holds_alternative<std::string>(command->program);
  };
  bool withholdsName = llvm::any_of(policy.rules, [&](const ir::Rule &rule) {
    return llvm::any_of(
        rule.effect == ir::Effect::Deny ? rule.patterns : rule.excepts, isBare);
  });
  return withholdsName ? bits : bits | bitOf(ActionId::Exec);
}

/// All places as one item.
ItemId PathsVerifier::items() {
  PatternTrie trie;
  for (const SbplPlace &place : places) {
    AtomSetId atoms = sets.of(meanings.atom(place.meaning));
    trie.add("", place.path,
             place.reach == SbplPlace::Reach::Tree ? patterns.tree(atoms)
                                                   : patterns.file(atoms),
             0);
  }
  std::vector<ItemId> all;
  for (const automata::Entry &entry : trie.entries(itemTable)) {
    ItemId item = entry.rest;
    for (char c : llvm::reverse(entry.prefix))
      item = itemTable.byte(automata::only(uint8_t(c)), item);
    all.push_back(item);
  }
  return itemTable.anyOf(all);
}

const SbplSays &PathsVerifier::saysAt(uint32_t answer) {
  auto [it, isNew] = byAnswer.try_emplace(answer);
  if (isNew) {
    sim::SbplRequest request;
    request.path = "/x"; // not looked at: every filter on it is known
    request.target = sim::SbplTarget::Others;
    it->second = model.says(request, [&](size_t profile, uint32_t filter) {
      return words->holds(answer, profile, filter);
    });
  }
  return it->second;
}

/// The root directory is the empty word here and "/" to the profile.
const SbplSays &PathsVerifier::saysAtRoot() {
  if (!atRoot) {
    sim::SbplRequest request;
    request.path = "/";
    request.target = sim::SbplTarget::Others;
    atRoot = model.says(request);
  }
  return *atRoot;
}

std::optional<Counterexample>
PathsVerifier::compare(const SbplSays &says, AtomSetId label,
                       const std::string &path) {
  auto at = [&](llvm::StringRef what) { return what.str() + " " + path; };
  if (!says.open.empty())
    return Counterexample{Counterexample::Kind::Wider, at(says.open),
                          "no rule can allow this operation"};
  Outcome said = meanings.outcome(label, Says);
  uint64_t floor = meanings.outcome(label, Floor).allowed &
                   ~said.denied & ~said.asked;
  uint64_t shut = meanings.outcome(label, Shut).denied;
  uint64_t wider =
      says.anywhere & onPaths() & ~((said.permitted() | floor) & ~shut);
  if (wider)
    return Counterexample{Counterexample::Kind::Wider, at(firstAction(wider)),
                          "the policy denies it, and the profile permits it"};
  uint64_t narrower = said.permitted() & mustBeGranted() & ~says.everywhere &
                      ~shut;
  if (narrower)
    return Counterexample{Counterexample::Kind::Narrower,
                          at(firstAction(narrower)),
                          "the policy allows it, and the profile does not"};
  return std::nullopt;
}

/// Compares at every word and notes what is said there.
void PathsVerifier::judge(const SbplGraph &graph, automata::Subsets &subsets) {
  verdicts.withheld.resize(graph.size());
  verdicts.says.resize(graph.size());
  std::set<std::pair<uint32_t, const SbplSays *>> met;
  for (uint32_t i = 0; i < graph.size() && !result.counterexample; ++i) {
    if (!graph.isWord(i))
      continue;
    AtomSetId label = subsets[graph[i].said].label;
    verdicts.says[i] =
        i == 0 ? &saysAtRoot() : &saysAt(words->answers(graph[i].profile));
    verdicts.withheld[i] = meanings.outcome(label, Withheld).denied &
                           ~meanings.outcome(label, Says).permitted() &
                           onPaths();
    if (met.insert({label.value, verdicts.says[i]}).second)
      result.counterexample = compare(*verdicts.says[i], label,
                                      i == 0 ? "/" : graph.word(i));
  }
}

Result PathsVerifier::run() {
  places = sbplPlaces(policy, binding, meanings);
  ItemId all = items();
  words.emplace(model.all(), sim::SbplText::Paths);
  automata::Subsets subsets(itemTable, budget, [&](AtomSetId settled, AtomSetId reach) {
    return meanings.absorbs(settled, reach);
  });
  SbplGraph graph(automata::canonicalPaths(), subsets, *words);
  result.isComplete = graph.build(subsets.of({all})) && !budget.isSpent();
  if (!result.isComplete)
    return result;
  judge(graph, subsets);
  std::string escape, why;
  if (!result.counterexample && findEscape(graph, verdicts, escape, why))
    result.counterexample = {Counterexample::Kind::Wider, escape, why};
  return result;
}

Result verifySbplPaths(const ir::Policy &policy, const SbplBinding &binding,
                       const SbplModel &model) {
  return PathsVerifier(policy, binding, model).run();
}

} // namespace srt::verify
