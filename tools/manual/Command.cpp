// tools/manual/Command.cpp: reads a command line off its CLI11 definitions.
// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/Command.h"

#include <algorithm>
#include <cstring>
#include <iostream>

namespace srt::manual {

/// The words of `TEXT:{text,json}`, which CLI11 shows as the type of an option
/// that takes one of them.
static std::vector<std::string> choicesIn(const std::string &type) {
  std::vector<std::string> choices;
  size_t open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos)
    return choices;
  std::string word;
  for (char c : type.substr(open + 1, close - open - 1) + ",") {
    if (c != ',')
      word += c;
    else if (!word.empty())
      choices.push_back(std::exchange(word, {}));
  }
  return choices;
}

static OptionInfo optionOf(const CLI::Option &option, const Choices &known) {
  OptionInfo info;
  for (const std::string &name : option.get_snames())
    info.names.push_back("-" + name);
  for (const std::string &name : option.get_lnames())
    info.names.push_back("--" + name);
  if (info.names.empty())
    info.names.push_back(option.get_name());
  info.takesValue = option.get_items_expected_max() > 0;
  info.help = option.get_description();
  info.choices = choicesIn(option.get_type_name());
  auto more = known.find(info.names.back());
  if (more != known.end())
    info.choices = more->second;
  return info;
}

/// `app` without its subcommands.
static CommandInfo ownPart(const CLI::App &app, const std::string &name,
                           const Choices &choices) {
  CommandInfo info;
  info.name = name;
  info.summary = app.get_description();
  info.footer = app.get_footer();
  for (const CLI::Option *option : app.get_options()) {
    bool isPositional = option->get_positional();
    bool isHidden = option->get_group().empty();
    if (!isHidden || isPositional)
      (isPositional ? info.positionals : info.options)
          .push_back(optionOf(*option, choices));
  }
  return info;
}

CommandInfo commandOf(const CLI::App &app, const std::string &name,
                      const Choices &choices) {
  CommandInfo info = ownPart(app, name, choices);
  for (const CLI::App *sub : app.get_subcommands({}))
    info.subcommands.push_back(ownPart(*sub, sub->get_name(), choices));
  return info;
}

static bool write(Form form, const CommandInfo &command) {
  switch (form) {
  case Form::Man:
    std::cout << manPage(command, SRT_VERSION_TEXT);
    break;
  case Form::Bash:
    std::cout << bashCompletion(command);
    break;
  case Form::Zsh:
    std::cout << zshCompletion(command);
    break;
  case Form::Fish:
    std::cout << fishCompletion(command);
    break;
  }
  return bool(std::cout.flush());
}

bool generate(const CommandInfo &command, int argc, char **argv) {
  if (argc != 3 || std::strcmp(argv[1], "--generate") != 0)
    return false;
  constexpr std::pair<const char *, Form> kForms[] = {
      {"man", Form::Man},
      {"bash", Form::Bash},
      {"zsh", Form::Zsh},
      {"fish", Form::Fish}};
  for (auto [name, form] : kForms)
    if (std::strcmp(argv[2], name) == 0)
      return write(form, command);
  return false;
}

} // namespace srt::manual
