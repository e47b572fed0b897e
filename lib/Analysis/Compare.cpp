// lib/Analysis/Compare.cpp: changes of verdict, and the patterns that name them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Compare.h"

#include "lib/Analysis/ActionClasses.h"
#include "lib/Analysis/CompareSettings.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt {

/// States that a search may look at. Most questions are answered within a few;
/// those that are not must not take what the others need.
static constexpr uint64_t kQuickSteps = 5'000;
static constexpr uint64_t kPatientSteps = 100'000;
/// For all searches about one change.
static constexpr uint64_t kChangeSteps = 300'000;
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
  bool covers(uint32_t candidate, std::vector<uint32_t> &excepts);
  std::vector<uint32_t> addRegions(Change &change,
                                   llvm::ArrayRef<uint32_t> wanted,
                                   bool isWhole, std::vector<uint32_t> &named);

  Universe &universe;
  /// For each change of verdict the sets of actions that always change together.
  std::map<Effects, std::vector<uint64_t>> groups;
  Effects effects; // of the change that is being described
  uint64_t action = 0;
  uint64_t steps = kQuickSteps; // for each search
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
  auto isChanged = [&](const Outcome &before, const Outcome &after) {
    return (changed(before, after, effects) & action) != 0;
  };
  Query query{inside, outside, isChanged, steps};
  if (std::optional<Witness> witness = universe.guess(query))
    return witness;
  return universe.find(query);
}

/// True if everything in `candidate` changed but what `excepts` cover; if not,
/// `other` is what did not.
bool Comparer::isAll(uint32_t candidate, llvm::ArrayRef<uint32_t> excepts,
                     std::optional<Witness> &other) {
  other = universe.find(
      {candidate, excepts, [&](const auto &before, const auto &after) {
         return (changed(before, after, effects) & action) == 0;
       },
       steps});
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

/// True if all that the candidate covers changed, but what `excepts` do.
bool Comparer::covers(uint32_t candidate, std::vector<uint32_t> &excepts) {
  std::optional<Witness> other;
  bool isDone = isAll(candidate, excepts, other);
  while (!isDone && other && excepts.size() < kMostExcepts &&
         addExcept(candidate, *other, excepts))
    isDone = isAll(candidate, excepts, other);
  if (!isDone)
    excepts.clear();
  return isDone;
}

/// Names what changed by the candidates. Returns those of which it is not known
/// whether there is more to name.
std::vector<uint32_t> Comparer::addRegions(Change &change,
                                           llvm::ArrayRef<uint32_t> wanted,
                                           bool isWhole,
                                           std::vector<uint32_t> &named) {
  std::vector<uint32_t> unknown;
  for (uint32_t candidate : wanted) {
    std::optional<Witness> witness = changedIn(candidate, named);
    if (!witness && universe.wasCutOff())
      unknown.push_back(candidate);
    if (!witness)
      continue;
    std::vector<uint32_t> excepts;
    bool isPart = !covers(candidate, excepts);
    if (isPart && isWhole) {
      unknown.push_back(candidate);
      continue;
    }
    if (change.regions.size() == kMostRegions) {
      change.hasMore = true;
      return {};
    }
    ChangedRegion region{universe.candidates()[candidate].text, {}, isPart,
                         std::move(*witness)};
    for (uint32_t except : excepts)
      region.excepts.push_back(universe.candidates()[except].text);
    change.regions.push_back(std::move(region));
    named.push_back(candidate);
  }
  return unknown;
}

Change Comparer::describe(Effects which, uint64_t actions) {
  effects = which;
  action = actions & (~actions + 1); // one stands for all of the group
  Change change{which.first, which.second, {}, {}, false};
  for (ir::ActionId leaf : ir::leafActions())
    if (actions >> unsigned(leaf) & 1)
      change.actions.push_back(leaf);
  universe.allowance = kChangeSteps;
  std::vector<uint32_t> wanted, named;
  const std::vector<Candidate> &all = universe.candidates();
  for (uint32_t i = 0; i < all.size(); ++i)
    if (!all[i].isShared && (all[i].actions & action))
      wanted.push_back(i);
  for (uint64_t each : {kQuickSteps, kPatientSteps}) {
    steps = each;
    // Those first that changed as a whole.
    wanted = addRegions(change, wanted, /*isWhole=*/true, named);
    wanted = addRegions(change, wanted, /*isWhole=*/false, named);
  }
  change.hasMore |= !wanted.empty();
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

/// True if the same patterns name both, whatever shows it.
static bool coversLike(const ChangedRegion &a, const ChangedRegion &b) {
  return std::tie(a.pattern, a.excepts, a.isPart) ==
         std::tie(b.pattern, b.excepts, b.isPart);
}

/// Adds to a change that is the same for other actions, if there is one. The
/// witnesses stay those of the first action.
static void addChange(std::vector<Change> &changes, Change change) {
  for (Change &known : changes) {
    if (known.from != change.from || known.to != change.to ||
        known.hasMore != change.hasMore || change.regions.empty() ||
        !llvm::equal(known.regions, change.regions, coversLike))
      continue;
    known.actions.insert(known.actions.end(), change.actions.begin(),
                         change.actions.end());
    llvm::sort(known.actions);
    return;
  }
  changes.push_back(std::move(change));
}

/// The changes for one class of actions.
static void compareClass(const ActionClass &actions, const ir::Policy &before,
                         const ir::Policy &after, Comparison &comparison) {
  ir::Policy old = cutTo(actions.front(), before);
  ir::Policy fresh = cutTo(actions.front(), after);
  for (const auto &universe : universesOf(old, fresh)) {
    for (Change &change : Comparer(*universe).run()) {
      change.actions.assign(actions.begin(), actions.end());
      addChange(comparison.changes, std::move(change));
    }
    comparison.isIncomplete |= universe->isExhausted();
  }
}

Comparison compare(const ir::Policy &before, const ir::Policy &after) {
  Comparison comparison;
  for (const ActionClass &actions : actionClasses(before, after))
    compareClass(actions, before, after, comparison);
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
