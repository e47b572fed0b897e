// tools/manual/Command.h: a program's command line as data.
// SPDX-License-Identifier: Apache-2.0
//
// Manual pages and completions are written from this, and this is read off the
// CLI11 definitions that the program itself parses with, so they cannot differ.
#ifndef SRT_TOOLS_MANUAL_COMMAND_H
#define SRT_TOOLS_MANUAL_COMMAND_H

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace srt::manual {

struct OptionInfo {
  std::vector<std::string> names; // "-o", "--output"; short ones first
  bool takesValue = false;
  std::vector<std::string> choices; // what the value may be; empty: anything
  std::string help;                 // one line
};

struct CommandInfo {
  std::string name;
  std::string summary;
  std::string footer; // lines: examples, exit status
  std::vector<OptionInfo> options;
  std::vector<OptionInfo> positionals; // one name each: "FILE"
  std::vector<CommandInfo> subcommands;
  bool runsCommand = false; // what follows the options is another command
};

/// Values that a definition does not list, by the longest name of the option.
using Choices = std::map<std::string, std::vector<std::string>>;

/// The command line that `app` parses, called `name`. Options that help hides
/// are left out, and so are subcommands of subcommands: no program has any.
CommandInfo commandOf(const CLI::App &app, const std::string &name,
                      const Choices &choices);

/// Forms that a command line can be written as.
enum class Form { Man, Bash, Zsh, Fish };

std::string manPage(const CommandInfo &command, const std::string &version);
std::string bashCompletion(const CommandInfo &command);
std::string zshCompletion(const CommandInfo &command);
std::string fishCompletion(const CommandInfo &command);

/// Writes what `--generate FORM` asks for to standard output, if these are the
/// only words; true if they were. The build calls it; help does not show it.
bool generate(const CommandInfo &command, int argc, char **argv);

} // namespace srt::manual

#endif
