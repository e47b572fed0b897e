// lib/Analysis/CheckPrograms.cpp: programs that may be executed, and written.
// SPDX-License-Identifier: Apache-2.0
//
// Who may write what it may execute can execute anything. Programs by name are
// left out: the loader does not take them from where the sandbox can write.
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Decide.h"
#include "lib/Analysis/Samples.h"
#include "lib/Analysis/WordUniverse.h"
#include "lib/Analysis/WordWitness.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using automata::Next;

static constexpr uint64_t kSteps = 200'000;

namespace {
/// Files and the programs among them in one space.
class ProgramChecker {
public:
  ProgramChecker(const ir::Policy &policy, DiagnosticEngine &diags)
      : written(policy), typical(withTypicalParams(policy)), diags(diags),
        space(Space::Paths, budget) {}
  void run();

private:
  void addClauses();
  void findWritable();
  void findMovable();
  bool isMovable(const std::string &folder);
  void reportWritable(const automata::Word &word);

  const ir::Policy &written;
  ir::Policy typical;
  DiagnosticEngine &diags;
  automata::Budget budget;
  PathSpace space;
  std::vector<Clause> programs; // allowed ones by path, of `typical`
};
} // namespace

/// The actions by which a file's contents become what the program wants.
static uint64_t planting() {
  return bitOf(ir::ActionId::WriteData) | bitOf(ir::ActionId::WriteCreate) |
         bitOf(ir::ActionId::WriteRename) | bitOf(ir::ActionId::WriteLink);
}

void ProgramChecker::addClauses() {
  for (const Clause &clause : clausesOf(typical, Space::Paths))
    space.add(clause, 1, 0);
  for (const Clause &clause : clausesOf(typical, Space::Commands)) {
    if (!pathOf(*clause.pattern) || clause.part != Meaning::Part::Whole ||
        clause.effect != ir::Effect::Allow)
      continue;
    space.add(*clause.pattern, typical.params,
              {1, ir::Effect::Allow, clause.actions, clause.part, 0}, 1);
    programs.push_back(clause);
  }
  space.close();
}

/// The rules on both sides of a word that may be written and executed.
void ProgramChecker::reportWritable(const automata::Word &word) {
  Witness witness = witnessOf(Space::Paths, space, word, typical, typical);
  for (ir::ActionId leaf : {ir::ActionId::WriteData, ir::ActionId::WriteCreate,
                            ir::ActionId::WriteRename, ir::ActionId::WriteLink}) {
    auto exec = decidingRule(typical, matchingRules(typical, ir::ActionId::Exec,
                                                    witness.newValues, witness));
    std::vector<ir::RuleId> writers =
        matchingRules(typical, leaf, witness.newValues, witness);
    std::optional<ir::RuleId> write = decidingRule(typical, writers);
    if (!exec || !write || typical.rule(*write).effect != ir::Effect::Allow)
      continue;
    diags.report(written.rule(*exec).range, diag::WritableProgram,
                 witness.words[0], describe(written, *exec),
                 describe(written, *write))
        .note(written.rule(*write).range, "written here");
    return;
  }
}

void ProgramChecker::findWritable() {
  automata::Budget steps(kSteps);
  uint64_t exec = bitOf(ir::ActionId::Exec);
  automata::Explorer explorer = space.explorer(
      ~0u, steps, automata::Focus{1u << 1, [&](automata::AtomSetId reach) {
                                    return llvm::any_of(
                                        space.atomSets().atoms(reach),
                                        [&](automata::AtomId atom) {
                                          return space.meanings()[atom].actions &
                                                 exec;
                                        });
                                  }});
  explorer.search([&](const automata::Visit &here) {
    uint64_t permitted = space.outcome(here.label, 0).permitted();
    if (!here.isWord || !(permitted & exec) || !(permitted & planting()))
      return Next::GoOn;
    reportWritable(explorer.word(here.index));
    return Next::Stop;
  });
}

/// True if the folder itself may be renamed or removed.
bool ProgramChecker::isMovable(const std::string &folder) {
  Witness witness;
  witness.words = {folder};
  for (const ir::Param &param : typical.params)
    witness.newValues.push_back(param.value);
  auto rule = decidingRule(typical,
                           matchingRules(typical, ir::ActionId::WriteRename,
                                         witness.newValues, witness));
  return rule && typical.rule(*rule).effect == ir::Effect::Allow;
}

/// A program that cannot be written, in a folder that can be moved away.
void ProgramChecker::findMovable() {
  for (const Clause &clause : programs) {
    const ir::PathPattern &path = *pathOf(*clause.pattern);
    if (!path.isLiteral())
      continue;
    std::string text =
        path.base ? asWord(typical.params[path.base->value].value) : "";
    for (const ir::Segment &segment : path.segments)
      text += "/" + segment.name.literal();
    if (isMovable(text.empty() ? "/" : text))
      continue; // it is writable itself
    llvm::StringRef folder = llvm::StringRef(text).rsplit('/').first;
    for (; !folder.empty(); folder = folder.rsplit('/').first) {
      if (!isMovable(folder.str()))
        continue;
      diags.report(clause.pattern->range, diag::MovableProgram, text,
                   folder.str());
      break;
    }
  }
}

void ProgramChecker::run() {
  addClauses();
  if (space.hasTooManyParams() || programs.empty())
    return;
  findWritable();
  findMovable();
}

namespace {
/// Finds programs on the list of those allowed that are denied whatever they
/// are given.
class DeniedPrograms {
public:
  DeniedPrograms(const ir::Policy &policy, DiagnosticEngine &diags)
      : policy(policy), typical(withTypicalParams(policy)), diags(diags) {}
  void run();

private:
  bool isOpenAtFirstSight(const ir::Pattern &pattern) const;
  bool isEverOpen(const ir::Pattern &pattern);

  const ir::Policy &policy;
  ir::Policy typical;
  DiagnosticEngine &diags;
  std::optional<WordUniverse> universe; // made for the first that needs it
};
} // namespace

bool DeniedPrograms::isOpenAtFirstSight(const ir::Pattern &pattern) const {
  std::optional<Witness> witness = sampleOf(pattern, typical);
  return witness &&
         llvm::none_of(matchingRules(typical, ir::ActionId::Exec,
                                     witness->newValues, *witness),
                       [&](ir::RuleId id) {
                         return policy.rule(id).effect == ir::Effect::Deny;
                       });
}

/// True as well if the search was given up.
bool DeniedPrograms::isEverOpen(const ir::Pattern &pattern) {
  if (!universe)
    universe.emplace(Space::Commands, policy, policy);
  auto isOpen = [](const Outcome &before, const Outcome &) {
    return !(before.denied & bitOf(ir::ActionId::Exec));
  };
  std::string text = ir::text(pattern, policy.params);
  auto candidate = llvm::find_if(
      universe->candidates(), [&](const Candidate &c) { return c.text == text; });
  uint32_t index = candidate - universe->candidates().begin();
  return universe->find({index, {}, isOpen}) || universe->wasCutOff();
}

void DeniedPrograms::run() {
  for (const ir::Rule &rule : policy.rules) {
    if (rule.effect != ir::Effect::Allow || rule.patterns.size() < 2 ||
        rule.actions.front() != ir::ActionId::Exec)
      continue; // of a single pattern, W5002 speaks
    for (const ir::Pattern &pattern : rule.patterns)
      if (!isOpenAtFirstSight(pattern) && !isEverOpen(pattern))
        diags.report(pattern.range, diag::ProgramDenied,
                     ir::text(pattern, policy.params));
  }
}

void checkPrograms(const ir::Policy &policy, DiagnosticEngine &diags) {
  DeniedPrograms(policy, diags).run();
  ProgramChecker(policy, diags).run();
}

} // namespace srt
