// lib/Transforms/LowerPaths.cpp: path rules become Landlock roots.
// SPDX-License-Identifier: Apache-2.0
//
// Landlock adds rights to trees and can never take one away beneath a grant.
// So a deny is exact if it covers a granted tree (the grant is dropped) or lies
// apart from it (nothing to do); a deny inside a granted tree is an error, and
// one whose place depends on a param is checked again when the sandbox starts.
// What it cannot say of an action is left to the broker, if that may be had:
// then the roots only bound from above what the broker judges by path.
#include "lib/Transforms/PathGrants.h"

#include "lib/Analysis/Places.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

namespace srt {

namespace {
/// One pattern of one rule.
struct Named {
  ir::RuleId rule;
  uint32_t index;
  const ir::Pattern *pattern;
  const ir::PathPattern *path;
  ir::Place prefix; // literalPrefix(*path), asked for once per pair of patterns
};

enum class Outcome : uint8_t { Stays, Drops };

class PathLowering {
public:
  explicit PathLowering(Lowering &lowering) : lowering(lowering) {}
  void run();

private:
  void chooseMediated();
  bool needsBroker(ir::ActionId leaf);
  void noteCost(ir::RuleId rule, llvm::ArrayRef<ir::ActionId> leaves);
  void lowerLeaf(ir::ActionId leaf);
  void mediateLeaf(ir::ActionId leaf);
  void bound(ir::ActionId leaf, const Named &allow,
             const std::vector<Named> &denies);
  std::vector<Named> patternsOf(ir::Effect effect, ir::ActionId leaf) const;
  std::vector<Named> patternsOf(llvm::ArrayRef<ir::RuleId> rules) const;
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
  void noteUnreadable();
  uint64_t rightsAt(const Granted &granted);
  void makeRoots();

  Lowering &lowering;
  PathGrants grants;
  /// Denied patterns that forbid() has dealt with, by leaf, rule and index.
  std::set<std::tuple<ir::ActionId, ir::RuleId, uint32_t>> forbidden;
  /// While it is only asked what Landlock can say of a leaf, nothing is
  /// reported or planned; the first rule that it cannot say is kept here.
  bool isProbing = false;
  std::optional<ir::RuleId> unsayable;
};
} // namespace

static bool isLowered(ir::ActionId leaf) {
  ir::Resource resource = ir::resource(leaf);
  return (resource == ir::Resource::Path ||
          resource == ir::Resource::Command ||
          resource == ir::Resource::Endpoint) &&
         fileRightsOf(leaf) != 0;
}

std::vector<Named> PathLowering::patternsOf(ir::Effect effect,
                                            ir::ActionId leaf) const {
  return patternsOf(rulesOn(lowering.policy(), effect, leaf));
}

std::vector<Named>
PathLowering::patternsOf(llvm::ArrayRef<ir::RuleId> rules) const {
  std::vector<Named> found;
  for (ir::RuleId id : rules) {
    const ir::Rule &rule = lowering.rule(id);
    for (uint32_t i = 0; i < rule.patterns.size(); ++i)
      if (const ir::PathPattern *path = pathOf(rule.patterns[i]))
        found.push_back({id, i, &rule.patterns[i], path, literalPrefix(*path)});
  }
  return found;
}

void PathLowering::reportGlob(const Named &named) {
  if (isProbing)
    unsayable = unsayable.value_or(named.rule);
  else if (lowering.isNews(named.rule.value, named.index, 3002))
    hintBroker(lowering, named.rule,
               lowering.diags.report(
                   named.pattern->range, diag::GlobNeedsBroker,
                   ir::text(*named.path, lowering.policy().params)));
}

void PathLowering::reportExcept(const ir::Pattern &except, const Named &named) {
  if (isProbing)
    unsayable = unsayable.value_or(named.rule);
  else if (lowering.isNews(named.rule.value, except.range.column, 3007))
    hintBroker(lowering, named.rule,
               lowering.diags.report(
                   except.range, diag::ExceptNeedsBroker,
                   ir::text(*named.path, lowering.policy().params)));
}

/// What the excepts of its own rule leave of an allowed tree.
Outcome PathLowering::cut(const Named &allow, const ir::Place &place) {
  for (const ir::Pattern &except : lowering.rule(allow.rule).excepts) {
    const ir::PathPattern *path = pathOf(except);
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
    const ir::PathPattern *path = pathOf(except);
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
  if (isProbing) {
    unsayable = unsayable.value_or(deny.rule);
    return;
  }
  const ir::Policy &policy = lowering.policy();
  if (!lowering.isNews(deny.rule.value * 4096 + deny.index,
                       allow.rule.value * 4096 + allow.index, 3001))
    return;
  Diagnostic &error =
      lowering.diags
      .report(deny.pattern->range, diag::DenyInsideAllow,
              describe(policy, deny.rule), describe(policy, allow.rule),
              "Landlock")
      .hint("allow the parts that are needed instead of the whole of `" +
            ir::text(*allow.path, policy.params) + "`")
      .note(allow.pattern->range, "allowed here");
  hintBroker(lowering, deny.rule, error);
}

void PathLowering::forbid(ir::ActionId leaf, const Named &deny) {
  // Asked again for each allowed tree that it is apart from.
  if (isProbing || !forbidden.insert({leaf, deny.rule, deny.index}).second)
    return;
  const ir::Place &place = deny.prefix;
  // A right that the target's Landlock lacks is never granted either.
  uint64_t rights = fileRightsOf(leaf) & lowering.plan.handledFs;
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
    const ir::PathPattern *path = pathOf(except);
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
  if (relate(deny.prefix, place) == Relation::Disjoint)
    return forbidApart(leaf, deny);
  Relation relation = relate(*deny.path, place);
  if (spared(deny, place) == Outcome::Stays)
    return Outcome::Stays;
  if (relation == Relation::Equal || relation == Relation::Contains)
    return Outcome::Drops;
  std::string what = "`" + ir::text(*deny.path, lowering.policy().params) +
                     "` stays open where another rule allows it";
  bool isGivenUp = lowering.options.acceptWider.count(ir::ruleName(deny.rule));
  if (isProbing ? isGivenUp : lowering.allowWider(deny.rule, what))
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
  if (!isProbing)
    lowering.carry(allow.rule, ir::Mechanism::Landlock);
  if (cut(allow, place) == Outcome::Drops)
    return;
  for (const Named &deny : denies)
    if (weigh(leaf, allow, place, deny) == Outcome::Drops)
      return;
  if (!isProbing)
    grants.add(leaf, std::move(place), allow.rule);
}

void PathLowering::lowerLeaf(ir::ActionId leaf) {
  std::vector<Named> denies = patternsOf(ir::Effect::Deny, leaf);
  for (const Named &deny : denies)
    if (!isProbing)
      lowering.carry(deny.rule, ir::Mechanism::Landlock);
  for (const Named &allow : patternsOf(ir::Effect::Allow, leaf))
    grant(leaf, allow, denies);
}

/// True if Landlock cannot say all that the rules say of the leaf; `unsayable`
/// is then the first of these rules.
bool PathLowering::needsBroker(ir::ActionId leaf) {
  isProbing = true;
  unsayable = firstQuestion(lowering, leaf);
  lowerLeaf(leaf);
  isProbing = false;
  return unsayable.has_value();
}

/// The actions that a broker can judge by path.
static bool isJudged(ir::ActionId leaf) {
  return isLowered(leaf) && ir::resource(leaf) == ir::Resource::Path &&
         leaf != ir::ActionId::Ioctl;
}

/// Says what the rule costs: it is why the broker sees these actions.
void PathLowering::noteCost(ir::RuleId rule,
                            llvm::ArrayRef<ir::ActionId> leaves) {
  std::string names = llvm::join(
      llvm::map_range(leaves, [](ir::ActionId leaf) { return ir::spelling(leaf); }),
      ", ");
  lowering.note(rule, "because of it the broker judges " + names +
                          ": about 8 us more for each call that may be one");
}

/// Where one path is judged by its name, a file that changes its name changes
/// its verdict: then renames and hard links are the broker's too.
void PathLowering::chooseMediated() {
  BrokerUse use = lowering.options.broker;
  if (!mayHaveBroker(lowering))
    return;
  std::map<ir::RuleId, std::vector<ir::ActionId>> causes;
  for (ir::ActionId leaf : ir::leafActions())
    if (isJudged(leaf) && needsBroker(leaf)) {
      lowering.mediate(leaf);
      causes[*unsayable].push_back(leaf);
    }
  for (const auto &[rule, leaves] : causes)
    noteCost(rule, leaves);
  bool judgesFiles = !lowering.plan.mediated.empty();
  if (needsBroker(ir::ActionId::Exec) || commandsNeedBroker(lowering))
    lowering.mediate(ir::ActionId::Exec);
  if (!judgesFiles && use != BrokerUse::Always)
    return;
  lowering.mediate(ir::ActionId::WriteRename);
  lowering.mediate(ir::ActionId::WriteLink);
}

/// Grants what the rule may allow at most: the tree at its literal beginning,
/// unless nothing of that is allowed anyway.
void PathLowering::bound(ir::ActionId leaf, const Named &allow,
                         const std::vector<Named> &denies) {
  ir::Place place = literalPrefix(*allow.path);
  auto covers = [&](const ir::Pattern &pattern) {
    auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
    const ir::PathPattern *path = pathOf(pattern);
    if (command && command->words)
      return false; // with other arguments the program runs
    Relation relation = path ? relate(*path, place) : Relation::Disjoint;
    return relation == Relation::Equal || relation == Relation::Contains;
  };
  bool isCut = llvm::any_of(lowering.rule(allow.rule).excepts,
                            covers);
  bool isDenied = llvm::any_of(denies, [&](const Named &deny) {
    return lowering.rule(deny.rule).excepts.empty() && covers(*deny.pattern);
  });
  if (!isCut && !isDenied)
    grants.add(leaf, std::move(place), allow.rule);
}

void PathLowering::mediateLeaf(ir::ActionId leaf) {
  std::vector<Named> denies = patternsOf(ir::Effect::Deny, leaf);
  llvm::erase_if(denies, [&](const Named &deny) {
    return lowering.allowWider(
        deny.rule, "`" + ir::text(*deny.path, lowering.policy().params) +
                       "` stays open where another rule allows it");
  });
  for (const Named &deny : denies)
    lowering.carry(deny.rule, ir::Mechanism::Broker);
  for (const Named &allow : patternsOf(rulesGranting(lowering, leaf))) {
    lowering.carry(allow.rule, ir::Mechanism::Landlock);
    lowering.carry(allow.rule, ir::Mechanism::Broker);
    bound(leaf, allow, denies);
  }
}

/// Warns of excepts that lie apart from everything their rule names.
void PathLowering::checkExcepts() {
  const ir::Policy &policy = lowering.policy();
  for (const ir::Rule &rule : policy.rules) {
    for (const ir::Pattern &except : rule.excepts) {
      const ir::PathPattern *path = pathOf(except);
      bool isApart = path && llvm::all_of(rule.patterns, [&](const ir::Pattern &p) {
        const ir::PathPattern *named = pathOf(p);
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
    if (!isLowered(leaf) || ir::resource(leaf) == ir::Resource::Endpoint ||
        grants.isGranted(leaf, ir::Place{}))
      continue;
    uint64_t missing = fileRightsOf(leaf) & ~kernel::fsRightsOf(lowering.abi()) &
                       ~kernel::kFsTruncate & ~kernel::kFsRefer;
    if (missing == 0)
      continue;
    reportAbi(lowering, lowering.policy().range, ir::spelling(leaf),
              kernel::leastAbi(missing, 0, 0),
              ("allow " + ir::spelling(leaf) + " \"/\";").str());
  }
}

/// execve opens the program for reading as well (fs/exec.c:do_open_execat,
/// v6.12: O_RDONLY | __FMODE_EXEC), so a program that may not be read does not
/// run.
void PathLowering::noteUnreadable() {
  for (const Granted &granted : grants.all())
    if (granted.leaf == ir::ActionId::Exec &&
        !grants.isGranted(ir::ActionId::ReadData, granted.place))
      lowering.narrow(granted.rule,
                      "`" + textOf(granted.place, lowering.policy().params) +
                          "` runs only where read.data is allowed as well");
}

/// Rights with which the sandbox can put a link where a root used to be.
static constexpr uint64_t kPlanting = kernel::kFsRemoveDir |
                                      kernel::kFsRemoveFile |
                                      kernel::kFsMakeSym | kernel::kFsRefer;

/// The rights of a grant. MAKE_SOCK makes unix sockets by bind(2) too, so where
/// such sockets can be had it is left to the rules on bind.
uint64_t PathLowering::rightsAt(const Granted &granted) {
  uint64_t rights = fileRightsOf(granted.leaf);
  // The broker sees bind(2), which makes sockets as well, only if it judges them.
  bool isBrokered = lowering.isMediated(ir::ActionId::WriteSpecial);
  bool isLeftOut = granted.leaf == ir::ActionId::WriteSpecial &&
                   !lowering.isMediated(ir::ActionId::Bind) &&
                   (lowering.open.unixStreams || isBrokered) &&
                   !grants.isGranted(ir::ActionId::Bind, granted.place);
  if (!isLeftOut)
    return rights;
  lowering.narrow(granted.rule, "no sockets are made in `" +
                                    textOf(granted.place,
                                           lowering.policy().params) +
                                    "`, where no rule allows bind");
  return rights & ~kernel::kFsMakeSock;
}

/// Merges the grants of one place, drops what a wider tree grants anyway.
void PathLowering::makeRoots() {
  std::map<ir::Place, ir::RootGrant> merged;
  for (const Granted &granted : grants.all()) {
    uint64_t rights = rightsAt(granted) & lowering.plan.handledFs;
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
  chooseMediated();
  for (ir::ActionId leaf : ir::leafActions())
    if (lowering.isMediated(leaf))
      mediateLeaf(leaf);
    else if (isLowered(leaf))
      lowerLeaf(leaf);
  lowering.open.rename = grants.isAnywhere(ir::ActionId::WriteRename);
  lowering.open.link = grants.isAnywhere(ir::ActionId::WriteLink);
  lowering.open.listing =
      grants.isGranted(ir::ActionId::ReadList, ir::Place{}) &&
      !lowering.isMediated(ir::ActionId::ReadList);
  lowering.open.exec = grants.isGranted(ir::ActionId::Exec, ir::Place{});
  checkExcepts();
  checkAbi();
  // The broker tells apart what one right of Landlock holds together.
  if (!lowering.isMediated(ir::ActionId::WriteRename))
    checkSeparable(lowering, grants);
  lowerUnix(lowering, grants);
  noteUnreadable();
  makeRoots();
}

void lowerPaths(Lowering &lowering) { PathLowering(lowering).run(); }

} // namespace srt
