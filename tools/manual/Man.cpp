// tools/manual/Man.cpp: a command line as a manual page, man(7).
// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/Command.h"

#include <algorithm>
#include <sstream>

namespace srt::manual {

/// Text of ours as roff reads it back: no character is a request, an escape or
/// a typographic quote.
static std::string roff(const std::string &text) {
  std::string out;
  for (char c : text) {
    bool isFirst = out.empty() || out.back() == '\n';
    if (isFirst && (c == '.' || c == '\''))
      out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\'')
      out += "\\(aq";
    else if (c == '`')
      out += "\\(ga";
    else if (c == '^')
      out += "\\(ha";
    else if (c == '~')
      out += "\\(ti";
    else
      out += c;
  }
  return out;
}

/// The same with what stands between backticks in bold type instead.
static std::string prose(const std::string &text) {
  std::string out;
  bool isBold = false;
  bool isPaired = std::count(text.begin(), text.end(), '`') % 2 == 0;
  std::istringstream parts(text);
  std::string part;
  while (isPaired && std::getline(parts, part, '`')) {
    out += isBold ? "\\fB" + roff(part) + "\\fR" : roff(part);
    isBold = !isBold;
  }
  return isPaired ? out : roff(text);
}

static std::string upper(std::string text) {
  for (char &c : text)
    c = char(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// "srtc: checks policies." is "checks policies" where the name stands before it.
static std::string headline(const CommandInfo &command) {
  std::string text = command.summary;
  if (text.rfind(command.name + ": ", 0) == 0)
    text.erase(0, command.name.size() + 2);
  if (!text.empty())
    text[0] = char(std::tolower(static_cast<unsigned char>(text[0])));
  if (!text.empty() && text.back() == '.')
    text.pop_back();
  return text;
}

static std::string valueOf(const OptionInfo &option) {
  std::string text;
  for (const std::string &choice : option.choices)
    // `\:` lets a long list be broken.
    text += (text.empty() ? "" : "|\\:") + roff(choice);
  return text.empty() ? "VALUE" : text;
}

static void appendOptions(std::string &page,
                          const std::vector<OptionInfo> &options) {
  for (const OptionInfo &option : options) {
    page += ".TP\n\\fB";
    for (const std::string &name : option.names)
      page += (name == option.names.front() ? "" : "\\fR, \\fB") + roff(name);
    page += "\\fR";
    if (option.takesValue && option.names.front()[0] == '-')
      page += " \\fI" + valueOf(option) + "\\fR";
    page += "\n" + prose(option.help) + "\n";
  }
}

/// Footers are laid out by hand, so their lines stay as they are.
static void appendFooter(std::string &page, const CommandInfo &command) {
  if (!command.footer.empty())
    page += ".EX\n" + roff(command.footer) + "\n.EE\n";
}

static void appendSynopsis(std::string &page, const std::string &name,
                           const CommandInfo &command) {
  page += ".B " + roff(name) + "\n";
  page += command.options.empty() ? "" : "[\\fIOPTIONS\\fR]";
  for (const OptionInfo &positional : command.positionals)
    page += " \\fI" + roff(positional.names.front()) + "\\fR";
  page += command.runsCommand ? " \\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]\n" : "\n";
}

std::string manPage(const CommandInfo &command, const std::string &version) {
  std::string page = ".\\\" Made by " + command.name + " --generate man.\n";
  page += ".TH " + upper(command.name) + " 1 " SRT_VERSION_DATE " \"srtc " +
          version + "\" \"User Commands\"\n";
  page += ".SH NAME\n" + command.name + " \\- " + prose(headline(command)) + "\n";
  page += ".SH SYNOPSIS\n";
  bool isRunnable = command.subcommands.empty() || command.runsCommand;
  if (isRunnable)
    appendSynopsis(page, command.name, command);
  for (const CommandInfo &sub : command.subcommands) {
    page += &sub == &command.subcommands.front() && !isRunnable ? "" : ".br\n";
    appendSynopsis(page, command.name + " " + sub.name, sub);
  }
  page += ".SH OPTIONS\n";
  appendOptions(page, command.positionals);
  appendOptions(page, command.options);
  if (!command.subcommands.empty())
    page += ".SH COMMANDS\n";
  for (const CommandInfo &sub : command.subcommands) {
    page += ".SS " + roff(command.name + " " + sub.name) + "\n" +
            prose(sub.summary) + "\n";
    appendOptions(page, sub.positionals);
    appendOptions(page, sub.options);
    page += sub.footer.empty() ? "" : ".PP\n";
    appendFooter(page, sub);
  }
  if (!command.footer.empty())
    page += ".SH NOTES\n";
  appendFooter(page, command);
  page += ".SH SEE ALSO\n.BR srt (1),\n.BR srtc (1),\n.BR srt\\-load (1)\n";
  return page;
}

} // namespace srt::manual
