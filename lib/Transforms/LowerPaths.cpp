// lib/Transforms/LowerPaths.cpp: path rules become Landlock roots.
// SPDX-License-Identifier: Apache-2.0
//
// Landlock adds rights to trees and can never take one away beneath a grant.
// So a deny is exact if it covers a granted tree (the grant is dropped) or lies
// apart from it (nothing to do); a deny inside a granted tree is an error, and
// one whose place depends on a param is checked again when the sandbox starts.
#include "lib/Transforms/Lowering.h"

#include "lib/Analysis/Places.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace srt {

namespace {
/// One pattern of one rule.
struct Named {
  ir::RuleId rule;
  uint32_t index;
  const ir::Pattern *pattern;
  const ir::PathPattern *path;
};

/// A tree that one leaf action is allowed on.
struct Granted {
  ir::ActionId leaf;
  ir::Place place;
  ir::RuleId rule;
};

enum class Outcome : uint8_t { Stays, Drops };

class PathLowering {
public:
  explicit PathLowering(Lowering &lowering) : lowering(lowering) {}
  void run();

private:
  void lowerLeaf(ir::ActionId leaf);
  std::vector<Named> patternsOf(ir::Effect effect, ir::ActionId leaf) const;
  void grant(ir::ActionId leaf, const Named &allow,
             const std::vector<Named> &denies);
  Outcome cut(const Named &allow, const ir::Place &place);
  Outcome weigh(ir::ActionId leaf, const Named &allow, const ir::Place &place,
                const Named &deny);
  Outcome spared(const Named &deny, const ir::Place &place);
  void reportHole(const Named &deny, const Named &allow);
  void forbid(ir::ActionId leaf, const Named &deny);
  Outcome forbidApart(ir::ActionId leaf, const Named &deny);
  void reportGlob(const Named &named);
  void reportExcept(const ir::Pattern &except, const Named &named);
  void checkExcepts();
  void checkAbi();
  void checkSeparable();
  void checkPair(const Granted &maker, const Granted &remover);
  void checkLinks(const Granted &maker);
  void checkMoves(const Granted &granted);
  bool isGranted(ir::ActionId leaf, const ir::Place &place) const;
  void noteUnreadable();
  void makeRoots();

  Lowering &lowering;
  std::vector<Granted> grants;
  // The same by place: a bit for each leaf, so that asking what covers a place
  // takes as long as the place is deep, not as long as the policy.
  std::map<ir::Place, uint64_t> leavesAt;
};
} // namespace

static const ir::PathPattern *pathIn(const ir::Pattern &pattern) {
  if (auto *path = std::get_if<ir::PathPattern>(&pattern.value))
    return path;
  if (auto *command = std::get_if<ir::CommandPattern>(&pattern.value))
    return std::get_if<ir::PathPattern>(&command->program);
  return nullptr;
}

static uint64_t rightsOf(ir::ActionId leaf) {
  return *kernel::readFsRights(ir::rightNames(leaf));
}

static bool isLowered(ir::ActionId leaf) {
  ir::Resource resource = ir::resource(leaf);
  return (resource == ir::Resource::Path || resource == ir::Resource::Command) &&
         rightsOf(leaf) != 0;
}

std::vector<Named> PathLowering::patternsOf(ir::Effect effect,
                                            ir::ActionId leaf) const {
  std::vector<Named> found;
  for (ir::RuleId id : rulesOn(lowering.policy(), effect, leaf)) {
    const ir::Rule &rule = lowering.rule(id);
    for (uint32_t i = 0; i < rule.patterns.size(); ++i)
      if (const ir::PathPattern *path = pathIn(rule.patterns[i]))
        found.push_back({id, i, &rule.patterns[i], path});
  }
  return found;
}

void PathLowering::reportGlob(const Named &named) {
  if (lowering.isNews(named.rule.value, named.index, 3002))
    lowering.diags.report(
        named.pattern->range, diag::GlobNeedsBroker,
        ir::text(*named.path, lowering.policy().params));
}

void PathLowering::reportExcept(const ir::Pattern &except, const Named &named) {
  if (lowering.isNews(named.rule.value, except.range.column, 3007))
    lowering.diags.report(except.range, diag::ExceptNeedsBroker,
                          ir::text(*named.path, lowering.policy().params));
}

/// What the excepts of its own rule leave of an allowed tree.
Outcome PathLowering::cut(const Named &allow, const ir::Place &place) {
  for (const ir::Pattern &except : lowering.rule(allow.rule).excepts) {
    const ir::PathPattern *path = pathIn(except);
    if (!path)
      continue;
    switch (relate(*path, place)) {
    case Relation::Equal:
    case Relation::Contains:
      return Outcome::Drops;
    case Relation::Inside:
    case Relation::Unknown:
      reportExcept(except, allow);
      return Outcome::Drops;
    case Relation::Disjoint:
      break;
    }
  }
  return Outcome::Stays;
}

/// Stays if the excepts of a deny spare the whole tree. An except that spares
/// part of it is an error.
Outcome PathLowering::spared(const Named &deny, const ir::Place &place) {
  for (const ir::Pattern &except : lowering.rule(deny.rule).excepts) {
    const ir::PathPattern *path = pathIn(except);
    if (!path)
      continue;
    Relation relation = relate(*path, place);
    if (relation == Relation::Equal || relation == Relation::Contains)
      return Outcome::Stays;
    if (relation != Relation::Disjoint)
      reportExcept(except, deny);
  }
  return Outcome::Drops;
}

void PathLowering::reportHole(const Named &deny, const Named &allow) {
  const ir::Policy &policy = lowering.policy();
  if (!lowering.isNews(deny.rule.value * 4096 + deny.index,
                       allow.rule.value * 4096 + allow.index, 3001))
    return;
  lowering.diags
      .report(deny.pattern->range, diag::DenyInsideAllow,
              describe(policy, deny.rule), describe(policy, allow.rule),
              "Landlock")
      .hint("allow the parts that are needed instead of the whole of `" +
            ir::text(*allow.path, policy.params) + "`")
      .note(allow.pattern->range, "allowed here");
}

void PathLowering::forbid(ir::ActionId leaf, const Named &deny) {
  ir::Place place = literalPrefix(*deny.path);
  // A right that the target's Landlock lacks is never granted either.
  uint64_t rights = rightsOf(leaf) & lowering.plan.handledFs;
  if (rights == 0)
    return;
  for (ir::ForbiddenPlace &known : lowering.plan.forbidden) {
    auto *same = std::get_if<ir::Place>(&known.place);
    if (!same || *same != place || known.rule != deny.rule)
      continue;
    known.rights |= rights;
    return;
  }
  lowering.plan.forbidden.push_back({place, rights, deny.rule});
  lowering.carry(deny.rule, ir::Mechanism::Loader);
}

/// Apart as they are spelled is not apart as they lie: on most systems /bin is
/// in /usr. So the loader compares where the two really lead. A deny with
/// wildcards stands for all that lies beneath its literal beginning.
Outcome PathLowering::forbidApart(ir::ActionId leaf, const Named &deny) {
  const std::vector<ir::Pattern> &excepts = lowering.rule(deny.rule).excepts;
  bool isCutAway = llvm::any_of(excepts, [&](const ir::Pattern &except) {
    const ir::PathPattern *path = pathIn(except);
    Relation relation =
        path ? relate(*path, literalPrefix(*deny.path)) : Relation::Disjoint;
    return relation == Relation::Equal || relation == Relation::Contains;
  });
  if (isCutAway)
    return Outcome::Stays; // the excepts leave nothing of this deny
  if (excepts.empty())
    forbid(leaf, deny);
  else
    reportExcept(excepts.front(), deny);
  return Outcome::Stays;
}

/// What one deny leaves of an allowed tree.
Outcome PathLowering::weigh(ir::ActionId leaf, const Named &allow,
                            const ir::Place &place, const Named &deny) {
  Relation relation = relate(*deny.path, place);
  if (relation == Relation::Disjoint)
    return forbidApart(leaf, deny);
  if (spared(deny, place) == Outcome::Stays)
    return Outcome::Stays;
  if (relation == Relation::Equal || relation == Relation::Contains)
    return Outcome::Drops;
  std::string what = "`" + ir::text(*deny.path, lowering.policy().params) +
                     "` stays open where another rule allows it";
  if (lowering.allowWider(deny.rule, what))
    return Outcome::Stays;
  if (!deny.path->isLiteral())
    reportGlob(deny);
  else if (relation == Relation::Unknown)
    forbid(leaf, deny);
  else
    reportHole(deny, allow);
  return Outcome::Stays;
}

void PathLowering::grant(ir::ActionId leaf, const Named &allow,
                         const std::vector<Named> &denies) {
  auto *command = std::get_if<ir::CommandPattern>(&allow.pattern->value);
  if (command && command->words)
    return; // lowerCommands reports it
  if (!allow.path->isLiteral())
    return reportGlob(allow);
  ir::Place place = placeOf(*allow.path);
  lowering.carry(allow.rule, ir::Mechanism::Landlock);
  if (cut(allow, place) == Outcome::Drops)
    return;
  for (const Named &deny : denies)
    if (weigh(leaf, allow, place, deny) == Outcome::Drops)
      return;
  leavesAt[place] |= uint64_t(1) << unsigned(leaf);
  grants.push_back({leaf, std::move(place), allow.rule});
}

void PathLowering::lowerLeaf(ir::ActionId leaf) {
  std::vector<Named> denies = patternsOf(ir::Effect::Deny, leaf);
  for (const Named &deny : denies)
    lowering.carry(deny.rule, ir::Mechanism::Landlock);
  for (const Named &allow : patternsOf(ir::Effect::Allow, leaf))
    grant(leaf, allow, denies);
}

/// Calls `visit` with the place and every place that surely contains it, from
/// the root directory down.
template <typename Visit>
static void forEachAncestor(const ir::Place &place, Visit visit) {
  ir::Place at;
  if (place.base) {
    visit(at); // a param's value lies in the root directory's tree
    at.base = place.base;
  }
  visit(at);
  for (const std::string &component : place.components) {
    at.components.push_back(component);
    visit(at);
  }
}

bool PathLowering::isGranted(ir::ActionId leaf, const ir::Place &place) const {
  bool isFound = false;
  forEachAncestor(place, [&](const ir::Place &ancestor) {
    auto found = leavesAt.find(ancestor);
    isFound |= found != leavesAt.end() &&
               (found->second >> unsigned(leaf) & 1) != 0;
  });
  return isFound;
}

/// Warns of excepts that lie apart from everything their rule names.
void PathLowering::checkExcepts() {
  const ir::Policy &policy = lowering.policy();
  for (const ir::Rule &rule : policy.rules) {
    for (const ir::Pattern &except : rule.excepts) {
      const ir::PathPattern *path = pathIn(except);
      bool isApart = path && llvm::all_of(rule.patterns, [&](const ir::Pattern &p) {
        const ir::PathPattern *named = pathIn(p);
        return named && named->isLiteral() &&
               relate(*path, placeOf(*named)) == Relation::Disjoint;
      });
      if (isApart)
        lowering.diags.report(except.range, diag::ExceptWithoutEffect,
                              ir::text(*path, policy.params));
    }
  }
}

/// An ABI that lacks a right does not restrict it: then the action must be
/// allowed everywhere, or be closed by the filter (truncation is, below ABI 3).
void PathLowering::checkAbi() {
  for (ir::ActionId leaf : ir::leafActions()) {
    if (!isLowered(leaf) || isGranted(leaf, ir::Place{}))
      continue;
    uint64_t missing = rightsOf(leaf) & ~kernel::fsRightsOf(lowering.abi()) &
                       ~kernel::kFsTruncate & ~kernel::kFsRefer;
    if (missing == 0)
      continue;
    reportAbi(lowering, lowering.policy().range, ir::spelling(leaf),
              kernel::leastAbi(missing, 0, 0),
              ("allow " + ir::spelling(leaf) + " \"/\";").str());
  }
}

static bool mayOverlap(const ir::Place &a, const ir::Place &b) {
  return relate(a, b) != Relation::Disjoint;
}

/// Within one directory the kernel asks for no right but those to remove and
/// to make: whoever has both can rename (security/landlock/fs.c,
/// current_check_refer_path, v6.12).
void PathLowering::checkPair(const Granted &maker, const Granted &remover) {
  if (!mayOverlap(maker.place, remover.place) ||
      isGranted(ir::ActionId::WriteRename, maker.place) ||
      isGranted(ir::ActionId::WriteRename, remover.place) ||
      !lowering.isNews(maker.rule.value, remover.rule.value, 3015))
    return;
  if (lowering.allowWider(maker.rule, "renames within a directory stay open"))
    return;
  reportNotSeparable(lowering, maker.rule, "write.create and write.delete",
                     "write.rename");
}

void PathLowering::checkLinks(const Granted &maker) {
  if (isGranted(ir::ActionId::WriteLink, maker.place) ||
      !lowering.isNews(maker.rule.value, UINT32_MAX, 3015))
    return;
  if (lowering.allowWider(maker.rule, "hard links in a directory stay open"))
    return;
  reportNotSeparable(lowering, maker.rule, "write.create", "write.link");
}

/// One right, REFER, lets both a rename and a link leave a directory or enter
/// it: where only one of the two is allowed, the other's syscall must be closed.
void PathLowering::checkMoves(const Granted &granted) {
  bool isRename = granted.leaf == ir::ActionId::WriteRename;
  if (!isRename && granted.leaf != ir::ActionId::WriteLink)
    return;
  ir::ActionId other =
      isRename ? ir::ActionId::WriteLink : ir::ActionId::WriteRename;
  bool isOpen = isRename ? lowering.open.link : lowering.open.rename;
  if (!isOpen || isGranted(other, granted.place) ||
      !lowering.isNews(granted.rule.value, uint32_t(other), 3016))
    return;
  if (lowering.allowWider(granted.rule,
                          ir::spelling(other).str() + " stays open there"))
    return;
  reportNotSeparable(lowering, granted.rule, ir::spelling(granted.leaf),
                     ir::spelling(other));
}

void PathLowering::checkSeparable() {
  for (const Granted &granted : grants)
    checkMoves(granted);
  auto isMaker = [](const Granted &g) {
    return g.leaf == ir::ActionId::WriteCreate ||
           g.leaf == ir::ActionId::WriteSpecial;
  };
  for (const Granted &maker : grants) {
    if (!isMaker(maker))
      continue;
    // Where nothing may be linked (renamed), the filter closes the syscalls.
    if (lowering.open.link)
      checkLinks(maker);
    if (!lowering.open.rename ||
        isGranted(ir::ActionId::WriteRename, maker.place))
      continue;
    for (const Granted &remover : grants)
      if (remover.leaf == ir::ActionId::WriteDelete)
        checkPair(maker, remover);
  }
}

/// execve opens the program for reading as well (fs/exec.c:do_open_execat,
/// v6.12: O_RDONLY | __FMODE_EXEC), so a program that may not be read does not
/// run.
void PathLowering::noteUnreadable() {
  for (const Granted &granted : grants)
    if (granted.leaf == ir::ActionId::Exec &&
        !isGranted(ir::ActionId::ReadData, granted.place))
      lowering.narrow(granted.rule,
                      "`" + textOf(granted.place, lowering.policy().params) +
                          "` runs only where read.data is allowed as well");
}

/// Rights with which the sandbox can put a link where a root used to be.
static constexpr uint64_t kPlanting = kernel::kFsRemoveDir |
                                      kernel::kFsRemoveFile |
                                      kernel::kFsMakeSym | kernel::kFsRefer;

/// Merges the grants of one place, drops what a wider tree grants anyway.
void PathLowering::makeRoots() {
  std::map<ir::Place, ir::RootGrant> merged;
  for (const Granted &granted : grants) {
    uint64_t rights = rightsOf(granted.leaf) & lowering.plan.handledFs;
    auto [it, isNew] = merged.try_emplace(granted.place,
                                          ir::RootGrant{granted.place, 0, granted.rule, {}});
    it->second.rights |= rights;
    it->second.rule = std::min(it->second.rule, granted.rule);
  }
  std::vector<ir::RootGrant> &roots = lowering.plan.roots;
  std::map<ir::Place, uint32_t> indices; // into roots
  for (auto &[place, root] : merged) {
    uint64_t inherited = 0;
    forEachAncestor(place, [&, &root = root, &place = place](const ir::Place &at) {
      auto found = indices.find(at);
      if (found == indices.end())
        return;
      const ir::RootGrant &above = roots[found->second];
      inherited |= above.rights;
      if (at.base == place.base && (above.rights & kPlanting) != 0)
        root.beneath = found->second;
    });
    root.rights &= ~inherited;
    if (root.rights == 0)
      continue;
    indices[place] = uint32_t(roots.size());
    roots.push_back(root);
  }
}

void PathLowering::run() {
  for (ir::ActionId leaf : ir::leafActions())
    if (isLowered(leaf))
      lowerLeaf(leaf);
  auto isAnywhere = [&](ir::ActionId leaf) {
    return llvm::any_of(grants,
                        [&](const Granted &g) { return g.leaf == leaf; });
  };
  lowering.open.rename = isAnywhere(ir::ActionId::WriteRename);
  lowering.open.link = isAnywhere(ir::ActionId::WriteLink);
  lowering.open.listing = isGranted(ir::ActionId::ReadList, ir::Place{});
  lowering.open.exec = isGranted(ir::ActionId::Exec, ir::Place{});
  checkExcepts();
  checkAbi();
  checkSeparable();
  noteUnreadable();
  makeRoots();
}

void lowerPaths(Lowering &lowering) { PathLowering(lowering).run(); }

} // namespace srt
