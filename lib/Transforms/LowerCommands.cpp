// lib/Transforms/LowerCommands.cpp: programs by name, and the dynamic loader.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/Lowering.h"

#include "lib/Analysis/Places.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using ir::ActionId;
using ir::CommandPattern;

namespace {
struct NamedCommand {
  ir::RuleId rule;
  const ir::Pattern *pattern;
  const CommandPattern *command;
};
} // namespace

static std::vector<NamedCommand>
commandsOf(const Lowering &lowering, llvm::ArrayRef<ir::RuleId> rules) {
  std::vector<NamedCommand> found;
  for (ir::RuleId id : rules)
    for (const ir::Pattern &pattern : lowering.rule(id).patterns)
      found.push_back({id, &pattern, &std::get<CommandPattern>(pattern.value)});
  return found;
}

static std::vector<NamedCommand> commandsOf(const Lowering &lowering,
                                            ir::Effect effect) {
  return commandsOf(lowering,
                    rulesOn(lowering.policy(), effect, ActionId::Exec));
}

static const std::string *bareName(const CommandPattern &command) {
  return std::get_if<std::string>(&command.program);
}

/// The kernel opens the dynamic loader with the right to execute, as it does
/// the program (fs/binfmt_elf.c:load_elf_binary, v6.12).
static const ir::Place kLoaders[] = {
    {{}, {"lib64", "ld-linux-x86-64.so.2"}},
    {{}, {"usr", "lib64", "ld-linux-x86-64.so.2"}},
    {{}, {"lib", "ld-linux-aarch64.so.1"}},
    {{}, {"usr", "lib", "ld-linux-aarch64.so.1"}},
    {{}, {"usr", "lib", "x86_64-linux-gnu", "ld-linux-x86-64.so.2"}},
    {{}, {"usr", "lib", "aarch64-linux-gnu", "ld-linux-aarch64.so.1"}},
    {{}, {"lib", "x86_64-linux-gnu", "ld-linux-x86-64.so.2"}},
    {{}, {"lib", "aarch64-linux-gnu", "ld-linux-aarch64.so.1"}},
    {{}, {"lib", "ld-musl-x86_64.so.1"}},
    {{}, {"lib", "ld-musl-aarch64.so.1"}},
};

/// Warns where a list of programs cannot work, and says where it is advisory.
static void checkLoader(Lowering &lowering) {
  std::vector<NamedCommand> allows = commandsOf(lowering, ir::Effect::Allow);
  if (allows.empty() || lowering.open.exec)
    return;
  const ir::Place *reachable = nullptr;
  for (const ir::RootGrant &root : lowering.plan.roots)
    for (const ir::Place &loader : kLoaders)
      if ((root.rights & kernel::kFsExecute) && surelyWithin(loader, root.place))
        reachable = &loader;
  if (reachable)
    lowering.diags.report(lowering.rule(allows[0].rule).range,
                          diag::ExecAdvisory, textOf(*reachable, {}));
  else
    lowering.diags
        .report(lowering.rule(allows[0].rule).range, diag::NoDynamicLoader)
        .hint("on x86_64: allow exec \"/lib64/ld-linux-x86-64.so.2\";");
}

/// Rules with arguments: the kernel can only judge the file.
static void reportArguments(Lowering &lowering, const NamedCommand &named) {
  lowering.diags.report(named.pattern->range, diag::ArgumentsNeedBroker,
                        ir::text(*named.command, lowering.policy().params));
}

static void forbidCommand(Lowering &lowering, const std::string &name,
                          ir::RuleId rule) {
  lowering.plan.forbidden.push_back({name, kernel::kFsExecute, rule});
  lowering.carry(rule, ir::Mechanism::Loader);
}

/// What the denies leave of the programs that are allowed by name.
static bool isDenied(const std::string &name,
                     const std::vector<NamedCommand> &denies) {
  return llvm::any_of(denies, [&](const NamedCommand &deny) {
    const std::string *denied = bareName(*deny.command);
    return denied && *denied == name && !deny.command->words;
  });
}

/// The loader takes no program from where the sandbox could have planted it.
static bool isEverythingWritable(const Lowering &lowering) {
  return llvm::any_of(lowering.plan.roots, [](const ir::RootGrant &root) {
    return root.place == ir::Place{} && (root.rights & kernel::kFsMakeReg) != 0;
  });
}

/// Where programs are on most systems.
static const ir::Place kProgramPlaces[] = {
    {{}, {"bin"}},           {{}, {"sbin"}},
    {{}, {"usr", "bin"}},    {{}, {"usr", "sbin"}},
    {{}, {"usr", "local", "bin"}},
};

static bool holdsPrograms(const NamedCommand &allow) {
  const ir::PathPattern *path = pathOf(*allow.pattern);
  if (!path || !path->isLiteral())
    return false;
  return llvm::any_of(kProgramPlaces, [&](const ir::Place &place) {
    return surelyWithin(place, placeOf(*path));
  });
}

bool commandsNeedBroker(Lowering &lowering) {
  std::vector<NamedCommand> allows = commandsOf(lowering, ir::Effect::Allow);
  if (allows.empty() && !firstQuestion(lowering, ActionId::Exec))
    return false;
  auto isCut = [&](const NamedCommand &named) {
    return bareName(*named.command) &&
           !lowering.rule(named.rule).excepts.empty();
  };
  auto note = [&](const NamedCommand &named) {
    lowering.note(named.rule, "because of it the broker judges exec: some 60 "
                              "to 200 us more for each program that is run");
    return true;
  };
  for (const NamedCommand &ask : commandsOf(lowering, ir::Effect::Ask))
    return note(ask);
  for (const NamedCommand &allow : allows)
    if (allow.command->words || isCut(allow))
      return note(allow);
  bool hasBroadTree = llvm::any_of(allows, holdsPrograms);
  for (const NamedCommand &deny : commandsOf(lowering, ir::Effect::Deny)) {
    const ir::PathPattern *path = pathOf(*deny.pattern);
    bool isGlob = path && !path->isLiteral();
    bool isName = bareName(*deny.command) != nullptr;
    if (deny.command->words || isCut(deny) || isGlob ||
        (isName && hasBroadTree))
      return note(deny);
  }
  return false;
}

static void grantCommands(Lowering &lowering,
                          const std::vector<NamedCommand> &allows,
                          const std::vector<NamedCommand> &denies) {
  bool isBrokered = lowering.isMediated(ActionId::Exec);
  for (const NamedCommand &allow : allows) {
    if (isBrokered)
      lowering.carry(allow.rule, ir::Mechanism::Broker);
    else if (allow.command->words) {
      reportArguments(lowering, allow);
      continue;
    }
    const std::string *name = bareName(*allow.command);
    if (!name)
      continue;
    lowering.carry(allow.rule, ir::Mechanism::Landlock);
    if (!isBrokered && !lowering.rule(allow.rule).excepts.empty()) {
      lowering.diags.report(lowering.rule(allow.rule).excepts[0].range,
                            diag::ExceptNeedsBroker, *name);
      continue;
    }
    bool isKnown = llvm::any_of(
        lowering.plan.commands,
        [&](const ir::CommandGrant &grant) { return grant.name == *name; });
    if (isEverythingWritable(lowering))
      lowering.narrow(allow.rule, "a name is not taken from where the sandbox "
                                  "can write, and that is everywhere: allow "
                                  "paths instead");
    if (!isKnown && !isDenied(*name, denies))
      lowering.plan.commands.push_back({*name, kernel::kFsExecute, allow.rule});
  }
  llvm::sort(lowering.plan.commands, [](const auto &a, const auto &b) {
    return a.name < b.name;
  });
}

/// Could the program of this rule be run at all, as far as can be known here?
static bool mayRun(const Lowering &lowering, const NamedCommand &deny) {
  bool hasTree = llvm::any_of(lowering.plan.roots, [](const ir::RootGrant &r) {
    return (r.rights & kernel::kFsExecute) != 0;
  });
  const std::string *name = bareName(*deny.command);
  if (!name)
    return hasTree || !lowering.plan.commands.empty();
  return llvm::any_of(lowering.plan.commands, [&](const ir::CommandGrant &g) {
    return g.name == *name;
  });
}

/// A path that is denied may be what an allowed name leads to.
static void forbidPath(Lowering &lowering, const NamedCommand &deny) {
  auto &path = std::get<ir::PathPattern>(deny.command->program);
  if (lowering.plan.commands.empty())
    return;
  if (!path.isLiteral()) {
    if (lowering.isNews(deny.rule.value, deny.pattern->range.column, 3002))
      lowering.diags.report(deny.pattern->range, diag::GlobNeedsBroker,
                            ir::text(path, lowering.policy().params));
    return;
  }
  lowering.plan.forbidden.push_back(
      {placeOf(path), kernel::kFsExecute, deny.rule});
  lowering.carry(deny.rule, ir::Mechanism::Loader);
}

static void denyCommands(Lowering &lowering,
                         const std::vector<NamedCommand> &denies) {
  bool isAnythingRunnable =
      !lowering.plan.commands.empty() ||
      llvm::any_of(lowering.plan.roots, [](const ir::RootGrant &root) {
        return (root.rights & kernel::kFsExecute) != 0;
      });
  for (const NamedCommand &deny : denies) {
    if (lowering.isMediated(ActionId::Exec)) {
      lowering.carry(deny.rule, ir::Mechanism::Broker);
      continue;
    }
    lowering.carry(deny.rule, ir::Mechanism::Landlock);
    if (!isAnythingRunnable)
      continue;
    if (deny.command->words && mayRun(lowering, deny)) {
      reportArguments(lowering, deny);
      continue;
    }
    if (const std::string *name = bareName(*deny.command))
      forbidCommand(lowering, *name, deny.rule);
    else
      forbidPath(lowering, deny);
  }
}

void lowerCommands(Lowering &lowering) {
  std::vector<NamedCommand> allows =
      commandsOf(lowering, rulesGranting(lowering, ActionId::Exec));
  std::vector<NamedCommand> denies = commandsOf(lowering, ir::Effect::Deny);
  grantCommands(lowering, allows, denies);
  denyCommands(lowering, denies);
  checkLoader(lowering);
}

} // namespace srt
