// tools/srtc/EventArguments.cpp: an event on the command line.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/EventArguments.h"

#include "lib/Sim/EventText.h"

namespace srtc {

void addEventArguments(CLI::App &command, EventArguments &arguments,
                       Needed needed) {
  CLI::Option *action = command.add_option("ACTION", arguments.action,
                                           "such as read, exec or connect");
  CLI::Option *words =
      command.add_option("RESOURCE", arguments.words,
                         "a path, an endpoint, a command with its arguments");
  if (needed == Needed::Yes) {
    action->required();
    words->required();
  }
  command
      .add_option("--bind", arguments.bindings,
                  "PARAM=/path: value of a path param")
      ->allow_extra_args(false);
  command.add_option("--path", arguments.path,
                     "PATH on which bare command names are looked up");
}

static srt::sim::Event eventOf(srt::ir::ActionId leaf,
                               const EventArguments &arguments) {
  std::vector<srt::sim::TableWord> words;
  for (const std::string &word : arguments.words)
    words.push_back({word, 0, 0, /*isQuoted=*/true});
  srt::sim::TableWord name{arguments.action, 0, 0, false};
  srt::sim::TableProblem problem;
  std::optional<srt::sim::Event> event =
      srt::sim::readEvent(leaf, name, words, problem);
  if (!event)
    throw CLI::ValidationError("RESOURCE", problem.what);
  return *event;
}

std::vector<srt::sim::Event> eventsOf(const EventArguments &arguments) {
  std::optional<srt::ir::ActionId> action =
      srt::ir::actionNamed(arguments.action);
  if (!action)
    throw CLI::ValidationError("ACTION",
                               arguments.action + " is not an action");
  std::vector<srt::sim::Event> events;
  for (srt::ir::ActionId leaf : srt::ir::leavesOf(*action))
    events.push_back(eventOf(leaf, arguments));
  return events;
}

/// Where params lead if nothing is bound: places that nothing else names.
static std::string unbound(const srt::ir::Param &param) {
  if (param.source == srt::ir::Param::Source::Literal)
    return param.value;
  return "/-unbound-/" + param.name;
}

srt::sim::Bindings bindingsOf(const srt::ir::Policy &policy,
                              const EventArguments &arguments) {
  srt::sim::Bindings bindings;
  for (const srt::ir::Param &param : policy.params)
    bindings.params.push_back(unbound(param));
  bindParams(policy, arguments.bindings, bindings);
  if (arguments.path.empty())
    return bindings;
  llvm::SmallVector<llvm::StringRef, 8> folders;
  llvm::StringRef(arguments.path).split(folders, ':', -1, /*KeepEmpty=*/false);
  bindings.searchPath.clear();
  for (llvm::StringRef folder : folders)
    bindings.searchPath.push_back(folder.str());
  return bindings;
}

} // namespace srtc
