// tools/srt-more/Coverage.cpp: asks the oracle about accesses.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Coverage.h"

#include "lib/Sim/EvalPolicy.h"

#include "llvm/ADT/STLExtras.h"

#include <cstdlib>
#include <limits.h>

namespace srt::command {

std::vector<std::string> searchPath() {
  const char *value = std::getenv("PATH");
  llvm::SmallVector<llvm::StringRef, 16> folders;
  llvm::StringRef(value ? value : "").split(folders, ':', -1, false);
  llvm::erase_if(folders, [](llvm::StringRef folder) {
    return !folder.starts_with("/");
  });
  return {folders.begin(), folders.end()};
}

/// The file that a path leads to in the end; empty if there is none.
static std::string target(const std::string &path) {
  char real[PATH_MAX];
  return realpath(path.c_str(), real) ? real : "";
}

static void addProgram(const std::string &name, Programs &programs) {
  for (const std::string &folder : searchPath()) {
    std::string real = target(folder + "/" + name);
    if (!real.empty() && !llvm::is_contained(programs[real], name))
      programs[real].push_back(name);
  }
}

void addPrograms(const ir::Policy &policy, Programs &programs) {
  for (const ir::Rule &rule : policy.rules)
    for (const ir::Pattern &pattern : rule.patterns)
      if (auto *command = std::get_if<ir::CommandPattern>(&pattern.value))
        if (auto *name = std::get_if<std::string>(&command->program))
          addProgram(*name, programs);
}

Coverage::Coverage(const ir::Policy &ruled, const Programs &known,
                   const Job &job)
    : policy(ruled), programs(known), bindings(bindingsFor(ruled, job)) {
  bindings.searchPath = searchPath();
}

/// The same program by one of its names.
static sim::Event named(sim::Event event, const std::string &path) {
  std::get<sim::Command>(event.resource).path = path;
  return event;
}

ir::Effect Coverage::verdict(const Access &access) const {
  // Processes read their own things in /proc; no rule can mean only those.
  bool isOwn = llvm::StringRef(access.what).starts_with("/proc/self/");
  std::optional<sim::Event> event = eventOf(
      access.action, isOwn ? "/proc/1/" + access.what.substr(11) : access.what,
      access.about);
  if (!event)
    return ir::Effect::Deny;
  std::vector<sim::Event> all = {*event};
  auto names = programs.find(access.what);
  if (std::holds_alternative<sim::Command>(event->resource) &&
      names != programs.end())
    for (const std::string &name : names->second)
      for (const std::string &folder : bindings.searchPath)
        if (target(folder + "/" + name) == access.what)
          all.push_back(named(*event, folder + "/" + name));
  bool isAllowed = false;
  for (const sim::Event &each : all) {
    sim::Verdict verdict = sim::evalPolicy(policy, bindings, each);
    if (verdict.rule && verdict.effect != ir::Effect::Allow)
      return verdict.effect;
    isAllowed |= verdict.effect == ir::Effect::Allow;
  }
  return isAllowed ? ir::Effect::Allow : ir::Effect::Deny;
}

} // namespace srt::command
