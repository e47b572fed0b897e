// lib/Analysis/CellUniverse.cpp: questions become walks over all cells.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/CellUniverse.h"

#include "lib/Analysis/Clauses.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

/// The patterns of two policies, as candidates are sorted.
struct CellUniverse::Collected {
  struct Met {
    const ir::Pattern *pattern = nullptr;
    uint64_t actions = 0;
    std::set<std::string> old, fresh; // what is said of it
    uint32_t index = 0;
  };
  using Key = std::pair<size_t, std::string>;
  static Key keyOf(const ir::Pattern &pattern, const ir::Policy &policy) {
    std::string text = ir::text(pattern, policy.params);
    return {text.size(), std::move(text)};
  }
  void add(const ir::Policy &policy, IsOurs isOurs,
           std::set<std::string> Met::*sayings);
  std::map<Key, Met> met;
};

/// What a rule says of any of its patterns, without its place.
static std::string sayingOf(const ir::Rule &rule, const ir::Policy &policy) {
  std::string saying = ir::spelling(rule.effect).str() +
                       std::to_string(actionBits(rule));
  for (const ir::Pattern &except : rule.excepts)
    saying += "\n" + ir::text(except, policy.params);
  return saying;
}

void CellUniverse::Collected::add(const ir::Policy &policy, IsOurs isOurs,
                                  std::set<std::string> Met::*sayings) {
  for (const ir::Rule &rule : policy.rules)
    for (const auto *list : {&rule.patterns, &rule.excepts})
      for (const ir::Pattern &pattern : *list) {
        if (!isOurs(pattern))
          continue;
        Met &one = met[keyOf(pattern, policy)];
        one.pattern = &pattern;
        one.actions |= actionBits(rule);
        (one.*sayings)
            .insert((list == &rule.excepts ? "but " : "") +
                    sayingOf(rule, policy));
      }
}

CellUniverse::Judge CellUniverse::judgeOf(const ir::Rule &rule,
                                          const ir::Policy &policy,
                                          IsOurs isOurs,
                                          const Collected &collected) {
  auto indices = [&](const std::vector<ir::Pattern> &patterns) {
    std::vector<uint32_t> found;
    for (const ir::Pattern &pattern : patterns)
      if (isOurs(pattern))
        found.push_back(
            collected.met.at(Collected::keyOf(pattern, policy)).index);
    return found;
  };
  std::vector<uint32_t> patterns = indices(rule.patterns);
  bool isWhole = patterns.size() == rule.patterns.size();
  return {rule.effect, actionBits(rule), std::move(patterns),
          indices(rule.excepts), isWhole};
}

CellUniverse::CellUniverse(const ir::Policy &before, const ir::Policy &after,
                           IsOurs isOurs) {
  Collected collected;
  collected.add(before, isOurs, &Collected::Met::old);
  collected.add(after, isOurs, &Collected::Met::fresh);
  for (auto &[key, met] : collected.met) {
    met.index = all.size();
    all.push_back({key.second, met.actions, met.old == met.fresh});
    named.push_back(met.pattern);
  }
  for (const ir::Rule &rule : before.rules)
    oldJudges.push_back(judgeOf(rule, before, isOurs, collected));
  for (const ir::Rule &rule : after.rules)
    newJudges.push_back(judgeOf(rule, after, isOurs, collected));
}

bool CellUniverse::isMatched(const Judge &judge, const Cell &cell) {
  auto isIn = [&](uint32_t candidate) { return cell.in[candidate]; };
  return llvm::any_of(judge.patterns, isIn) && llvm::none_of(judge.excepts, isIn);
}

Outcome CellUniverse::judged(llvm::ArrayRef<Judge> judges, const Cell &cell) {
  Outcome outcome;
  for (const Judge &judge : judges)
    if (isMatched(judge, cell))
      addEffect(outcome, judge.effect, judge.actions);
  return outcome;
}

void CellUniverse::scanRules(
    llvm::function_ref<void(const Witness &, llvm::ArrayRef<ir::RuleId>)> visit)
    const {
  for (const Cell &cell : cells) {
    std::vector<ir::RuleId> rules;
    for (uint32_t i = 0; i < oldJudges.size(); ++i)
      if (isMatched(oldJudges[i], cell))
        rules.push_back({i});
    visit(cell.witness, rules);
  }
}

void CellUniverse::addCell(Witness witness, IsOurs matches) {
  Cell cell{std::move(witness), {}, {}, {}};
  for (const ir::Pattern *pattern : named)
    cell.in.push_back(matches(*pattern));
  cell.before = judged(oldJudges, cell);
  cell.after = judged(newJudges, cell);
  cells.push_back(std::move(cell));
}

void CellUniverse::scan(
    llvm::function_ref<void(const Outcome &, const Outcome &)> visit) {
  for (const Cell &cell : cells)
    visit(cell.before, cell.after);
}

std::optional<Witness> CellUniverse::find(const Query &query) {
  for (const Cell &cell : cells) {
    auto isIn = [&](uint32_t candidate) { return cell.in[candidate]; };
    if (llvm::all_of(query.inside, isIn) && llvm::none_of(query.outside, isIn) &&
        query.holds(cell.before, cell.after))
      return cell.witness;
  }
  return std::nullopt;
}

std::vector<uint32_t> CellUniverse::matching(const Witness &witness) {
  std::vector<uint32_t> found;
  auto it = llvm::find_if(cells, [&](const Cell &cell) {
    return cell.witness.words == witness.words;
  });
  for (uint32_t i = 0; it != cells.end() && i < all.size(); ++i)
    if (it->in[i])
      found.push_back(i);
  return found;
}

} // namespace srt
