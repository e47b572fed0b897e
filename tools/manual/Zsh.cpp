// tools/manual/Zsh.cpp: a command line as a completion for zsh.
// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/Command.h"

namespace srt::manual {

/// A text inside of a specification of _arguments that stands between single
/// quotes: brackets and colons end a part of it, a quote ends all.
static std::string specText(const std::string &text) {
  std::string out;
  for (char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\')
      out += '\\';
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out;
}

static std::string actionOf(const OptionInfo &option) {
  if (option.choices.empty())
    return "_files";
  std::string text = "(";
  for (const std::string &choice : option.choices)
    text += (text.size() == 1 ? "" : " ") + choice;
  return text + ")";
}

/// `'(-o --output)'{-o,--output=}'[help]:value:_files'`, one line.
static void appendOption(std::string &text, const OptionInfo &option) {
  std::string all, each;
  for (const std::string &name : option.names) {
    bool isLong = name[1] == '-';
    all += (all.empty() ? "" : " ") + name;
    each += (each.empty() ? "" : ",") + name +
            (!option.takesValue ? "" : isLong ? "=" : "+");
  }
  text += " \\\n        ";
  // `*`: what may be given again may be offered again.
  text += option.names.size() == 1 ? "'*" + each + "'" : "'*'{" + each + "}";
  text += "'[" + specText(option.help) + "]";
  if (option.takesValue)
    text += ":value:" + specText(actionOf(option));
  text += "'";
}

static void appendArguments(std::string &text, const CommandInfo &command) {
  text += "      _arguments -s";
  for (const OptionInfo &option : command.options)
    appendOption(text, option);
  for (const OptionInfo &positional : command.positionals)
    text += " \\\n        ':" + specText(positional.names.front()) + ":" +
            specText(actionOf(positional)) + "'";
  text += " \\\n        '*:file:_files'\n";
}

static std::string functionName(const CommandInfo &command) {
  return "_" + command.name;
}

/// Options of the program itself, then a subcommand, or a command to run.
static void appendTop(std::string &text, const CommandInfo &command) {
  text += "  _arguments -C";
  for (const OptionInfo &option : command.options)
    appendOption(text, option);
  text += " \\\n        '1: :->first' \\\n        '*:: :->rest'\n"
          "  case $state in\n    first)\n      verbs=(";
  for (const CommandInfo &sub : command.subcommands)
    text += "\n        '" + specText(sub.name) + ":" + specText(sub.summary) + "'";
  text += ")\n      _describe command verbs\n";
  if (command.runsCommand)
    text += "      _command_names -e\n";
  text += "      return ;;\n    rest) ;;\n    *) return ;;\n  esac\n";
}

std::string zshCompletion(const CommandInfo &command) {
  std::string name = functionName(command);
  std::string text = "#compdef " + command.name + "\n# Made by " + command.name +
                     " --generate zsh.\n" + name +
                     "() {\n  local state line\n  local -a verbs\n"
                     "  local curcontext=$curcontext\n";
  if (command.subcommands.empty()) {
    appendArguments(text, command);
  } else {
    appendTop(text, command);
    text += "  case $words[1] in\n";
    for (const CommandInfo &sub : command.subcommands) {
      text += "    " + sub.name + ")\n";
      appendArguments(text, sub);
      text += "      ;;\n";
    }
    if (command.runsCommand)
      text += "    *) _normal ;;\n";
    text += "  esac\n";
  }
  return text + "}\n" + name + " \"$@\"\n";
}

} // namespace srt::manual
