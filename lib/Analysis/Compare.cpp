// lib/Analysis/Compare.cpp: changes of verdict, and the patterns that name them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Compare.h"

#include "lib/Analysis/CompareSettings.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt {

/// More is not worth reading.
static constexpr size_t kMostRegions = 64;
static constexpr size_t kMostExcepts = 8;

bool widens(ir::Effect from, ir::Effect to) { return to < from; }

namespace {
using Effects = std::pair<ir::Effect, ir::Effect>; // before, after

/// Finds the changes in one universe.
class Comparer {
public:
  explicit Comparer(Universe &universe) : universe(universe) {}
  std::vector<Change> run();

private:
  void meet(const Outcome &before, const Outcome &after);
  Change describe(Effects effects, uint64_t actions);
  bool isAll(uint32_t candidate, llvm::ArrayRef<uint32_t> excepts,
             std::optional<Witness> &other);
  bool addExcept(uint32_t candidate, const Witness &other,
                 std::vector<uint32_t> &excepts);
  std::optional<Witness> changedIn(llvm::ArrayRef<uint32_t> inside,
                                   llvm::ArrayRef<uint32_t> outside);
  void addRegions(Change &change, llvm::ArrayRef<uint32_t> wanted, bool isWhole,
                  std::vector<uint32_t> &named);

  Universe &universe;
  /// For each change of verdict the sets of actions that always change together.
  std::map<Effects, std::vector<uint64_t>> groups;
  Effects effects; // of the change that is being described
  uint64_t action = 0;
};
} // namespace

/// The actions on which a pair of outcomes changes that way.
static uint64_t changed(const Outcome &before, const Outcome &after,
                        Effects effects) {
  auto with = [](const Outcome &outcome, ir::Effect effect) {
    switch (effect) {
    case ir::Effect::Allow:
      return outcome.permitted();
    case ir::Effect::Ask:
      return outcome.questioned();
    case ir::Effect::Deny:
      return ~(outcome.permitted() | outcome.questioned());
    }
    return uint64_t(0);
  };
  return with(before, effects.first) & with(after, effects.second);
}

/// Splits the groups so that each lies in `actions` or apart from it.
static void refine(std::vector<uint64_t> &groups, uint64_t actions) {
  std::vector<uint64_t> finer;
  for (uint64_t group : groups) {
    for (uint64_t part : {group & actions, group & ~actions})
      if (part != 0)
        finer.push_back(part);
    actions &= ~group;
  }
  if (actions != 0)
    finer.push_back(actions);
  groups = std::move(finer);
}

void Comparer::meet(const Outcome &before, const Outcome &after) {
  if (before == after)
    return;
  constexpr ir::Effect kEffects[] = {ir::Effect::Allow, ir::Effect::Ask,
                                     ir::Effect::Deny};
  for (ir::Effect from : kEffects)
    for (ir::Effect to : kEffects)
      if (from != to)
        if (uint64_t actions = changed(before, after, {from, to}))
          refine(groups[{from, to}], actions);
}

std::optional<Witness> Comparer::changedIn(llvm::ArrayRef<uint32_t> inside,
                                           llvm::ArrayRef<uint32_t> outside) {
  return universe.find({inside, outside, [&](const auto &before, const auto &after) {
                          return (changed(before, after, effects) & action) != 0;
                        }});
}

/// True if everything in `candidate` changed but what `excepts` cover; if not,
/// `other` is what did not.
bool Comparer::isAll(uint32_t candidate, llvm::ArrayRef<uint32_t> excepts,
                     std::optional<Witness> &other) {
  other = universe.find(
      {candidate, excepts, [&](const auto &before, const auto &after) {
         return (changed(before, after, effects) & action) == 0;
       }});
  return !other && !universe.wasCutOff();
}

/// Finds a pattern that covers `other` and nothing of `candidate` that changed.
bool Comparer::addExcept(uint32_t candidate, const Witness &other,
                         std::vector<uint32_t> &excepts) {
  for (uint32_t pattern : universe.matching(other)) {
    if (pattern == candidate || changedIn({candidate, pattern}, {}) ||
        universe.wasCutOff())
      continue;
    excepts.push_back(pattern);
    return true;
  }
  return false;
}

/// Names what changed by the candidates, those first that changed as a whole.
void Comparer::addRegions(Change &change, llvm::ArrayRef<uint32_t> wanted,
                          bool isWhole, std::vector<uint32_t> &named) {
  for (uint32_t candidate : wanted) {
    std::optional<Witness> witness = changedIn(candidate, named);
    if (!witness)
      continue;
    std::vector<uint32_t> excepts;
    std::optional<Witness> other;
    bool covers = isAll(candidate, excepts, other);
    if (isWhole && !covers)
      continue;
    while (!covers && other && excepts.size() < kMostExcepts &&
           addExcept(candidate, *other, excepts))
      covers = isAll(candidate, excepts, other);
    if (change.regions.size() == kMostRegions) {
      change.hasMore = true;
      return;
    }
    ChangedRegion region{universe.candidates()[candidate].text, {}, !covers,
                         std::move(*witness)};
    for (uint32_t except : covers ? excepts : std::vector<uint32_t>())
      region.excepts.push_back(universe.candidates()[except].text);
    change.regions.push_back(std::move(region));
    named.push_back(candidate);
  }
}

Change Comparer::describe(Effects which, uint64_t actions) {
  effects = which;
  action = actions & (~actions + 1); // one stands for all of the group
  Change change{which.first, which.second, {}, {}, false};
  for (ir::ActionId leaf : ir::leafActions())
    if (actions >> unsigned(leaf) & 1)
      change.actions.push_back(leaf);
  std::vector<uint32_t> wanted, named;
  const std::vector<Candidate> &all = universe.candidates();
  for (uint32_t i = 0; i < all.size(); ++i)
    if (!all[i].isShared && (all[i].actions & action))
      wanted.push_back(i);
  addRegions(change, wanted, /*isWhole=*/true, named);
  addRegions(change, wanted, /*isWhole=*/false, named);
  return change;
}

std::vector<Change> Comparer::run() {
  universe.scan([&](const Outcome &before, const Outcome &after) {
    meet(before, after);
  });
  std::vector<Change> changes;
  for (const auto &[which, parts] : groups)
    for (uint64_t actions : parts)
      changes.push_back(describe(which, actions));
  return changes;
}

bool Comparison::isWidened() const {
  return llvm::any_of(changes,
                      [](const Change &change) {
                        return widens(change.from, change.to);
                      }) ||
         llvm::any_of(settings, [](const SettingChange &setting) {
           return setting.kind == SettingChange::Kind::Widened;
         });
}

bool Comparison::isNarrowed() const {
  return llvm::any_of(changes,
                      [](const Change &change) {
                        return widens(change.to, change.from);
                      }) ||
         llvm::any_of(settings, [](const SettingChange &setting) {
           return setting.kind == SettingChange::Kind::Narrowed;
         });
}

static bool comesFirst(const Change &a, const Change &b) {
  bool aWidens = widens(a.from, a.to), bWidens = widens(b.from, b.to);
  return std::tie(bWidens, a.actions, a.to) < std::tie(aWidens, b.actions, b.to);
}

Comparison compare(const ir::Policy &before, const ir::Policy &after) {
  Comparison comparison;
  for (const auto &universe : universesOf(before, after)) {
    for (Change &change : Comparer(*universe).run())
      comparison.changes.push_back(std::move(change));
    comparison.isIncomplete |= universe->isExhausted();
  }
  llvm::stable_sort(comparison.changes, comesFirst);
  comparison.settings = compareSettings(before, after);
  return comparison;
}

std::optional<Difference> firstDifference(const ir::Policy &before,
                                          const ir::Policy &after) {
  for (const auto &universe : universesOf(before, after))
    for (const Change &change : Comparer(*universe).run()) {
      std::string text = ir::spelling(change.actions.front()).str();
      if (!change.regions.empty()) {
        const Witness &witness = change.regions.front().witness;
        for (const std::string &word : witness.words)
          text += " " + word;
        text += witness.binding.empty() ? "" : " " + witness.binding;
      }
      return Difference{text + ": " + ir::spelling(change.from).str() +
                        " before, " + ir::spelling(change.to).str() + " after"};
    }
  return std::nullopt;
}

} // namespace srt
