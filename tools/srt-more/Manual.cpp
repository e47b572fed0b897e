// tools/srt-more/Manual.cpp: the command line of srt as data.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Manual.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::command {

namespace {
/// What parseWords throws instead of parsing, if nobody named a verb.
struct Described {
  manual::CommandInfo command;
};
} // namespace

void describeIfAsked(const CLI::App &app, const Job &job) {
  if (job.request.verb.empty())
    throw Described{manual::commandOf(app, app.get_name(), {})};
}

static std::vector<manual::OptionInfo> ownOptions() {
  std::vector<manual::OptionInfo> options;
  auto add = [&](const char *name, const char *shorter, const char *value,
                 const char *help) {
    manual::OptionInfo option;
    if (*shorter)
      option.names.push_back(shorter);
    option.names.push_back(name);
    option.takesValue = *value != 0;
    option.help = help;
    options.push_back(std::move(option));
  };
#define SRT_OPTION(name, shorter, value, help) add(name, shorter, value, help);
#include "tools/srt/Options.def"
  return options;
}

/// `run` and `shell`, which srt itself does.
static manual::CommandInfo runsLikeSrt(const char *name, const char *summary) {
  manual::CommandInfo command;
  command.name = name;
  command.summary = summary;
  command.options = ownOptions();
  command.runsCommand = true;
  return command;
}

/// The options of a verb, from the function that parses them.
static manual::CommandInfo describe(const VerbRow &row) {
  // Should one parse its words otherwise, it finds that help is wanted.
  char help[] = "--help";
  Job job;
  job.request.words.push_back(help);
  manual::CommandInfo command;
  try {
    row.run(job);
  } catch (Described &described) {
    command = std::move(described.command);
  } catch (const CLI::Success &) {
  }
  command.name = row.name;
  return command;
}

manual::CommandInfo commandLine(llvm::ArrayRef<VerbRow> rows) {
  manual::CommandInfo command;
  command.name = "srt";
  command.summary = "runs a command under a policy";
  command.options = ownOptions();
  command.runsCommand = true;
  command.footer =
      "The policy: .srt/policy.srt (.yaml, .yml, .toml, .json) in this "
      "directory or above,\nthen ~/.config/srt/policy.srt, then the default "
      "for agents, std/agent.srt.\n\nExit status: the command's own; 125 srt "
      "refused and ran nothing, 126 the command\ncannot be executed, 127 it "
      "was not found. Verbs: 0 fine, 1 not, 2 usage.";
  command.subcommands = {
      runsLikeSrt("run", "what srt CMD does, for commands that are called as a verb is"),
      runsLikeSrt("shell", "a shell under the policy; srt-sh is the same as a program")};
  for (const VerbRow &row : rows)
    if (row.run != showHelp)
      command.subcommands.push_back(describe(row));
  return command;
}

} // namespace srt::command
