// lib/Verify/VerifyFiles.cpp: the ruleset of a bundle against the policy.
// SPDX-License-Identifier: Apache-2.0
//
// One search over all paths, with the policy and the ruleset side by side.
// A right to make or remove is judged at the directory that holds the name
// (security/landlock/fs.c:current_check_access_path, v6.12), so a root grants
// it strictly beneath itself.
#include "lib/Verify/Verify.h"

#include "lib/Analysis/Decide.h"
#include "lib/Analysis/WordWitness.h"
#include "lib/Kernel/Landlock.h"
#include "lib/Sim/Event.h"

#include "llvm/ADT/STLExtras.h"

#include <deque>

namespace srt::verify {

using namespace kernel;
using automata::Next;

/// Rights that are judged at the object itself; all others at its directory.
static constexpr uint64_t kAtObject = kFsExecute | kFsReadFile | kFsReadDir |
                                      kFsWriteFile | kFsTruncate |
                                      kFsIoctlDev | kFsResolveUnix;

namespace {
class FileVerifier {
public:
  FileVerifier(const ir::Plan &plan, const sim::Bundle &bundle)
      : plan(plan), bundle(bundle), policy(withoutAccepted(plan)),
        space(Space::Paths, budget) {}
  Result run();

private:
  /// What the policy says; what it allows strictly beneath its places; what the
  /// ruleset grants at an object, and in the directory that holds it.
  enum View : unsigned { Says, Beneath, At, Above };

  void addPolicy();
  void addCommands();
  void addRuleset();
  ir::Pattern patternOf(const srt_place &place) const;
  bool isWider(const automata::Visit &here, uint64_t &right);
  bool isNarrower(const automata::Visit &here, ir::ActionId &leaf);
  Counterexample wider(const automata::Word &word, uint64_t right) const;
  Counterexample narrower(const automata::Word &word, ir::ActionId leaf) const;
  uint64_t reachable(const automata::Visit &here, View view);
  uint64_t granted(const automata::Visit &here);

  const ir::Plan &plan;
  const sim::Bundle &bundle;
  ir::Policy policy;
  automata::Budget budget;
  PathSpace space;
  std::deque<ir::Pattern> made; // patterns that stand in no policy
  uint64_t handled = 0;
};
} // namespace

ir::Policy withoutAccepted(const ir::Plan &plan) {
  ir::Policy policy = plan.policy;
  for (const ir::AcceptedWider &accepted : plan.accepted)
    // Kept in its place, so that ids stay what they are, but without a word.
    if (policy.rules[accepted.rule.value].effect == ir::Effect::Deny)
      policy.rules[accepted.rule.value].patterns.clear();
  return policy;
}

/// The file rights that an action needs; none for what is no file. A unix
/// socket is reached through its path, and made there.
static uint64_t rightsOf(ir::ActionId leaf) {
  if (leaf == ir::ActionId::Connect || leaf == ir::ActionId::Send)
    return kFsResolveUnix;
  if (leaf == ir::ActionId::Bind)
    return kFsMakeSock;
  return readFsRights(ir::rightNames(leaf)).value_or(0);
}

void FileVerifier::addPolicy() {
  for (const Clause &clause : clausesOf(policy, Space::Paths)) {
    space.add(clause, 1u << Says, 0);
    // An allow counts beneath its place, a deny and an except at it too.
    bool isAllow = clause.effect == ir::Effect::Allow &&
                   clause.part != Meaning::Part::Except;
    space.add(clause, 1u << Beneath, 0, 0,
              isAllow ? PathSpace::Reach::Beneath : PathSpace::Reach::Tree);
  }
}

/// Programs are files here. Of a command with arguments a deny counts for the
/// whole program and an allow not at all: Landlock sees no arguments.
void FileVerifier::addCommands() {
  for (Clause clause : clausesOf(policy, Space::Commands)) {
    made.push_back(*clause.pattern);
    auto &command = std::get<ir::CommandPattern>(made.back().value);
    bool allows = (clause.effect == ir::Effect::Allow) !=
                  (clause.part == Meaning::Part::Except);
    if (command.words && allows)
      continue;
    command.words.reset();
    command.anyRest = false;
    clause.pattern = &made.back();
    space.add(clause, 1u << Says, 0);
  }
}

/// A place of the bundle as a pattern of the policy; params go by their names.
ir::Pattern FileVerifier::patternOf(const srt_place &place) const {
  ir::PathPattern path;
  if (place.base != SRT_NONE) {
    llvm::StringRef name = bundle.text(bundle.view().params[place.base].name);
    for (uint32_t i = 0; i < policy.params.size(); ++i)
      if (policy.params[i].name == name)
        path.base = ir::ParamId{i};
  }
  for (const std::string &component : sim::componentsOf(bundle.text(place.path)))
    path.segments.push_back({ir::Segment::Kind::Name,
                             ir::Glob::ofLiteral(component)});
  return {path, {}};
}

void FileVerifier::addRuleset() {
  const srt_view &view = bundle.view();
  auto add = [&](const srt_place &place, ir::Effect effect, uint64_t rights) {
    made.push_back(patternOf(place));
    space.add(made.back(), policy.params,
              {1u << At, effect, rights & kAtObject, Meaning::Part::Whole, 0}, 1);
    space.add(made.back(), policy.params,
              {1u << Above, effect, rights & ~kAtObject, Meaning::Part::Whole, 0},
              1, 0,
              effect == ir::Effect::Allow ? PathSpace::Reach::Beneath
                                          : PathSpace::Reach::Tree);
  };
  auto addHits = [&](llvm::StringRef name, ir::Effect effect, uint64_t rights) {
    space.addHit(name, {1u << At, effect, rights & kAtObject,
                        Meaning::Part::Whole, 0}, 1);
  };
  for (uint32_t i = 0; i < view.root_count; ++i)
    add(view.roots[i].place, ir::Effect::Allow, view.roots[i].rights);
  for (uint32_t i = 0; i < view.command_count; ++i)
    addHits(bundle.text(view.commands[i].name), ir::Effect::Allow,
            view.commands[i].rights);
  // Where a forbidden place and a grant meet, nothing starts at all.
  for (uint32_t i = 0; i < view.forbidden_count; ++i) {
    const srt_forbidden &forbidden = view.forbidden[i];
    if (forbidden.kind == SRT_FORBID_COMMAND)
      addHits(bundle.text(forbidden.place.path), ir::Effect::Deny,
              forbidden.rights);
    else
      add(forbidden.place, ir::Effect::Deny, forbidden.rights);
  }
}

uint64_t FileVerifier::granted(const automata::Visit &here) {
  return (space.outcome(here.label, At).permitted() |
          space.outcome(here.label, Above).permitted()) &
         handled;
}

/// What the policy allows here, or has the broker ask about.
uint64_t FileVerifier::reachable(const automata::Visit &here, View view) {
  Outcome outcome = space.outcome(here.label, view);
  uint64_t mediated = 0;
  for (ir::ActionId leaf : plan.mediated)
    mediated |= bitOf(leaf);
  return outcome.permitted() | (outcome.questioned() & mediated);
}

/// True if a right is granted that no action which is allowed here needs.
bool FileVerifier::isWider(const automata::Visit &here, uint64_t &right) {
  uint64_t allowed = reachable(here, Says);
  uint64_t needed = 0;
  for (ir::ActionId leaf : ir::leafActions())
    if (allowed & bitOf(leaf))
      needed |= rightsOf(leaf);
  // What only the broker uses, it judges itself: roots bound that from above.
  right = granted(here) & ~needed & ~plan.mediatedFs;
  return right != 0;
}

/// True if an action is allowed whose rights are not all granted, although no
/// forbidden place keeps the sandbox from starting.
bool FileVerifier::isNarrower(const automata::Visit &here, ir::ActionId &leaf) {
  Outcome at = space.outcome(here.label, At);
  Outcome above = space.outcome(here.label, Above);
  uint64_t missing = handled & ~granted(here) & ~at.denied & ~above.denied;
  // Left out where bind(2), which makes sockets too, cannot be judged: the plan
  // notes that.
  if (llvm::is_contained(plan.mediated, ir::ActionId::WriteSpecial))
    missing &= ~kFsMakeSock;
  uint64_t here0 = reachable(here, Says);
  uint64_t beneath = reachable(here, Beneath);
  for (ir::ActionId each : ir::leafActions()) {
    bool isExec = each == ir::ActionId::Exec;
    bool lacksAt = (here0 & bitOf(each)) && (rightsOf(each) & missing & kAtObject);
    bool lacksAbove = !isExec && (beneath & bitOf(each)) &&
                      (rightsOf(each) & missing & ~kAtObject);
    leaf = each;
    if (lacksAt || lacksAbove)
      return true;
  }
  return false;
}

Counterexample FileVerifier::wider(const automata::Word &word,
                                   uint64_t right) const {
  Witness witness = witnessOf(Space::Paths, space, word, policy, policy);
  ir::ActionId leaf = ir::ActionId::ReadData;
  for (ir::ActionId each : llvm::reverse(ir::leafActions()))
    if (rightsOf(each) & right)
      leaf = each; // the first of the table in the end
  if (ir::resource(leaf) == ir::Resource::Endpoint)
    witness.words[0] = "unix:" + witness.words[0];
  return {Counterexample::Kind::Wider, eventText(leaf, witness),
          "the policy denies it, and the ruleset grants " + fsRightsText(right)};
}

Counterexample FileVerifier::narrower(const automata::Word &word,
                                      ir::ActionId leaf) const {
  Witness witness = witnessOf(Space::Paths, space, word, policy, policy);
  std::optional<ir::RuleId> rule = decidingRule(
      policy, matchingRules(policy, leaf, witness.newValues, witness));
  if (ir::resource(leaf) == ir::Resource::Endpoint)
    witness.words[0] = "unix:" + witness.words[0];
  return {Counterexample::Kind::Narrower, eventText(leaf, witness),
          (rule ? describe(policy, *rule) : "a rule") +
              " allows it, and the ruleset does not grant it"};
}

Result FileVerifier::run() {
  if (!bundle.view().ruleset)
    return {};
  handled = bundle.view().ruleset->handled_fs;
  addPolicy();
  addCommands();
  addRuleset();
  space.close();
  if (space.hasTooManyParams())
    return {std::nullopt, false};
  Result result;
  automata::Explorer explorer = space.explorer(~0u, budget);
  bool isWhole = explorer.search([&](const automata::Visit &here) {
    uint64_t right = 0;
    ir::ActionId leaf;
    if (here.isWord && isWider(here, right))
      result.counterexample = wider(explorer.word(here.index), right);
    else if (here.isWord && isNarrower(here, leaf))
      result.counterexample = narrower(explorer.word(here.index), leaf);
    return result.counterexample ? Next::Stop : Next::GoOn;
  });
  result.isComplete = isWhole;
  return result;
}

Result verifyFiles(const ir::Plan &plan, const sim::Bundle &bundle) {
  return FileVerifier(plan, bundle).run();
}

} // namespace srt::verify
