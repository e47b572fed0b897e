// tools/manual/Bash.cpp: a command line as a completion for bash.
// SPDX-License-Identifier: Apache-2.0
//
//   _srtc() {
//     ... the word to complete, the one before it, the subcommand ...
//     case "$command $before" in
//       'compile --colour') words='auto always never' ;;
//     ...
#include "tools/manual/Command.h"

namespace srt::manual {

static std::string functionName(const CommandInfo &command) {
  std::string name = "_" + command.name;
  for (char &c : name)
    c = c == '-' ? '_' : c;
  return name;
}

/// One line of a `case`: what may follow an option. `files` are left to
/// readline.
static void appendValues(std::string &text, const std::string &sub,
                         const CommandInfo &command) {
  for (const OptionInfo &option : command.options) {
    if (!option.takesValue)
      continue;
    std::string pattern, words;
    for (const std::string &name : option.names)
      pattern += (pattern.empty() ? "'" : " | '") + sub + " " + name + "'";
    for (const std::string &choice : option.choices)
      words += (words.empty() ? "" : " ") + choice;
    text += "    " + pattern + ") " +
            (words.empty() ? "kind=file" : "words='" + words + "' kind=word") +
            " ;;\n";
  }
}

static std::string optionWords(const CommandInfo &command) {
  std::string words;
  for (const OptionInfo &option : command.options)
    for (const std::string &name : option.names)
      words += (words.empty() ? "" : " ") + name;
  return words;
}

/// What the positionals of a subcommand may be, if all is known.
static std::string positionalWords(const CommandInfo &command) {
  std::string words;
  for (const OptionInfo &positional : command.positionals)
    for (const std::string &choice : positional.choices)
      words += " " + choice;
  return words;
}

/// What is offered where no value is wanted: by subcommand.
static void appendWords(std::string &text, const CommandInfo &command) {
  text += "  case $command in\n";
  for (const CommandInfo &sub : command.subcommands)
    text += "    '" + sub.name + "') options='" + optionWords(sub) + "' words='" +
            positionalWords(sub) + "' ;;\n";
  text += "    '') options='" + optionWords(command) + "' words='";
  for (const CommandInfo &sub : command.subcommands)
    text += (&sub == &command.subcommands.front() ? "" : " ") + sub.name;
  text += "' ;;\n  esac\n";
}

static std::string namesOf(const CommandInfo &command) {
  std::string names;
  for (const CommandInfo &sub : command.subcommands)
    names += (names.empty() ? "" : "|") + sub.name;
  return names.empty() ? "''" : names;
}

/// Options of the program itself that take a value, which is no subcommand.
static std::string valuedNames(const CommandInfo &command) {
  std::string names;
  for (const OptionInfo &option : command.options)
    for (const std::string &name : option.names)
      if (option.takesValue)
        names += (names.empty() ? "" : "|") + name;
  return names.empty() ? "''" : names;
}

/// Finds the subcommand, or the command that is run: the first word that is
/// neither an option nor the value of one.
static std::string scan(const CommandInfo &command) {
  std::string text = "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
                     "    case ${COMP_WORDS[i]} in\n"
                     "      " + valuedNames(command) + ") ((++i)) ;;\n"
                     "      -*|=) ;;\n"
                     "      " + namesOf(command) + ") command=${COMP_WORDS[i]}; break ;;\n";
  if (command.runsCommand)
    text += "      ?*) if declare -F _command_offset >/dev/null; then _command_offset $i; fi\n"
            "          return ;;\n";
  return text + "    esac\n  done\n";
}

std::string bashCompletion(const CommandInfo &command) {
  std::string text = "# bash completion for " + command.name + ". Made by " +
                     command.name + " --generate bash.\n";
  text += functionName(command) + "() {\n"
          "  local now=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
          "  local command='' options='' words='' kind='' i\n"
          "  # readline splits --option=value at the sign.\n"
          "  if [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
          "  if [ \"$now\" = = ]; then now=''; fi\n";
  text += scan(command) + "  case \"$command $before\" in\n";
  appendValues(text, "", command);
  for (const CommandInfo &sub : command.subcommands)
    appendValues(text, sub.name, sub);
  text += "  esac\n"
          "  if [ \"$kind\" = word ]; then\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$now\")\n"
          "    return\n"
          "  fi\n";
  appendWords(text, command);
  text += "  case $now in -*) if [ -z \"$kind\" ]; then kind=option; words=$options; fi ;; esac\n"
          "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$now\")\n";
  if (command.runsCommand)
    text += "  if [ -z \"$command$kind\" ]; then mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -c -- \"$now\"); fi\n";
  text += "  if [ \"$kind\" = file ]; then COMPREPLY=(); fi\n"
          "  if [ ${#COMPREPLY[@]} -eq 0 ]; then compopt -o default 2>/dev/null; fi\n"
          "}\n"
          "complete -F " + functionName(command) + " " + command.name + "\n";
  return text;
}

} // namespace srt::manual
