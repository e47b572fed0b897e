// tools/manual/Fish.cpp: a command line as a completion for fish.
// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/Command.h"

namespace srt::manual {

/// A text between single quotes, in which fish reads `\'` and `\\` alone.
static std::string quoted(const std::string &text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "'";
}

static std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

/// `complete -c srtc -n CONDITION -s o -l output -r -d HELP`.
static void appendOption(std::string &text, const std::string &start,
                         const OptionInfo &option) {
  text += start;
  for (const std::string &name : option.names)
    text += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.choices.empty())
    text += " -x -a " + quoted(joined(option.choices));
  else if (option.takesValue)
    text += " -r";
  text += " -d " + quoted(option.help) + "\n";
}

std::string fishCompletion(const CommandInfo &command) {
  std::string start = "complete -c " + command.name;
  std::string text = "# fish completion for " + command.name + ". Made by " +
                     command.name + " --generate fish.\n";
  std::vector<std::string> names;
  for (const CommandInfo &sub : command.subcommands)
    names.push_back(sub.name);
  std::string isNone =
      names.empty() ? "" : " -n " + quoted("not __fish_seen_subcommand_from " + joined(names));
  for (const OptionInfo &option : command.options)
    appendOption(text, start + isNone, option);
  for (const CommandInfo &sub : command.subcommands)
    text += start + (command.runsCommand ? "" : " -f") + isNone + " -a " +
            sub.name + " -d " + quoted(sub.summary) + "\n";
  if (command.runsCommand)
    text += start + isNone + " -x -a '(__fish_complete_subcommand)'\n";
  for (const CommandInfo &sub : command.subcommands) {
    std::string inside =
        start + " -n " + quoted("__fish_seen_subcommand_from " + sub.name);
    for (const OptionInfo &option : sub.options)
      appendOption(text, inside, option);
    for (const OptionInfo &positional : sub.positionals)
      if (!positional.choices.empty())
        text += inside + " -a " + quoted(joined(positional.choices)) + "\n";
  }
  return text;
}

} // namespace srt::manual
