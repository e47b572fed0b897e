// tools/srtc/EventArguments.cpp: an event on the command line.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/EventArguments.h"

#include "lib/Sim/EventText.h"
#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

#include <cstdlib>

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

/// The value of the param of that name, or nothing.
static std::optional<std::string> valueOf(const srt::ir::Policy &policy,
                                          const srt::sim::Bindings &bindings,
                                          llvm::StringRef name) {
  for (size_t i = 0; i < policy.params.size(); ++i)
    if (policy.params[i].name == name)
      return bindings.params[i];
  return std::nullopt;
}

/// The absolute path without `.`, empty components and a slash at its end. What
/// has a `..` in it stays: where it leads depends on symlinks.
static std::string folded(llvm::StringRef path) {
  llvm::SmallVector<llvm::StringRef, 16> parts;
  path.split(parts, '/', -1, /*KeepEmpty=*/false);
  std::string out;
  for (llvm::StringRef part : parts)
    if (part != ".")
      out += "/" + part.str();
  return out.empty() ? "/" : out;
}

static std::string workingFolder() {
  llvm::SmallString<256> folder;
  return llvm::sys::fs::current_path(folder) ? "/" : std::string(folder);
}

namespace {
/// Turns the words of a person into those of an event.
struct Asked {
  const srt::ir::Policy &policy;
  const srt::sim::Bindings &bindings;

  std::string path(llvm::StringRef word) const;
  std::string program(llvm::StringRef word) const;
  std::string endpoint(llvm::StringRef word, srt::ir::ActionId leaf) const;
  std::vector<std::string> words(const EventArguments &arguments,
                                 srt::ir::ActionId leaf) const;
};
} // namespace

/// `~` and what is relative begin where the params `home` and `project` lead,
/// as in a policy, or else where they do for a shell.
std::string Asked::path(llvm::StringRef word) const {
  if (word.starts_with("/") || word.empty())
    return word.empty() ? std::string() : folded(word);
  auto [first, rest] = word.split('/');
  std::optional<std::string> base;
  bool isParam = first.starts_with("${") && first.ends_with("}");
  if (isParam)
    base = valueOf(policy, bindings, first.drop_front(2).drop_back());
  if (isParam && !base)
    throw CLI::ValidationError("RESOURCE", "no param of type path is called " +
                                               first.str());
  if (first == "~") {
    const char *home = std::getenv("HOME");
    base = valueOf(policy, bindings, "home").value_or(home ? home : "/");
  }
  if (base)
    return folded(*base + "/" + rest.str());
  base = valueOf(policy, bindings, "project").value_or(workingFolder());
  return folded(*base + "/" + word.str());
}

/// A bare name is what PATH would find first on most machines.
std::string Asked::program(llvm::StringRef word) const {
  bool isBare = !word.contains('/') && word != "~";
  if (!isBare || word.empty() || bindings.searchPath.empty())
    return path(word);
  bool isUsual = llvm::is_contained(bindings.searchPath, "/usr/bin");
  return (isUsual ? "/usr/bin" : bindings.searchPath[0]) + "/" + word.str();
}

std::string Asked::endpoint(llvm::StringRef word,
                            srt::ir::ActionId leaf) const {
  if (word.contains("://"))
    throw CLI::ValidationError("RESOURCE", word.str() +
                                               " is a URL; write HOST:PORT");
  if (word.starts_with("unix:") && !word.starts_with("unix:@"))
    return "unix:" + path(word.drop_front(5));
  bool isWhole = word.starts_with("unix:") || word.starts_with("tcp:") ||
                 word.starts_with("udp:");
  bool isSend = leaf == srt::ir::ActionId::Send;
  return isWhole ? word.str() : (isSend ? "udp:" : "tcp:") + word.str();
}

std::vector<std::string> Asked::words(const EventArguments &arguments,
                                      srt::ir::ActionId leaf) const {
  std::vector<std::string> words = arguments.words;
  if (words.empty())
    return words;
  // `exec "rm -rf /"` in quotes is the same command.
  bool isCommand = srt::ir::resource(leaf) == srt::ir::Resource::Command;
  if (isCommand && words.size() == 1 && words[0].find(' ') != std::string::npos) {
    llvm::SmallVector<llvm::StringRef, 8> parts;
    llvm::StringRef(arguments.words[0]).split(parts, ' ', -1, false);
    words.assign(parts.begin(), parts.end());
  }
  if (words.empty())
    return words;
  switch (srt::ir::resource(leaf)) {
  case srt::ir::Resource::Path:
    words[0] = path(words[0]);
    break;
  case srt::ir::Resource::Command:
    words[0] = program(words[0]);
    break;
  case srt::ir::Resource::Endpoint:
    words[0] = endpoint(words[0], leaf);
    break;
  case srt::ir::Resource::Subject:
  case srt::ir::Resource::Syscall:
  case srt::ir::Resource::Name:
    break;
  }
  return words;
}

static srt::sim::Event eventOf(srt::ir::ActionId leaf,
                               const EventArguments &arguments,
                               const Asked &asked) {
  std::vector<srt::sim::TableWord> words;
  for (const std::string &word : asked.words(arguments, leaf))
    words.push_back({word, 0, 0, /*isQuoted=*/true});
  srt::sim::TableWord name{arguments.action, 0, 0, false};
  srt::sim::TableProblem problem;
  std::optional<srt::sim::Event> event =
      srt::sim::readEvent(leaf, name, words, problem);
  if (!event)
    throw CLI::ValidationError("RESOURCE", problem.what);
  return *event;
}

static srt::ir::ActionId actionOf(const std::string &name) {
  if (std::optional<srt::ir::ActionId> action = srt::ir::actionNamed(name))
    return *action;
  std::vector<llvm::StringRef> names;
  for (srt::ir::ActionId action : srt::ir::allActions())
    names.push_back(srt::ir::spelling(action));
  std::string what = name + " is not an action";
  if (std::optional<llvm::StringRef> near = srt::nearest(name, names))
    what += "; did you mean " + near->str();
  throw CLI::ValidationError("ACTION", what);
}

std::vector<srt::sim::Event> eventsOf(const srt::ir::Policy &policy,
                                      const srt::sim::Bindings &bindings,
                                      const EventArguments &arguments) {
  std::vector<srt::sim::Event> events;
  for (srt::ir::ActionId leaf : srt::ir::leavesOf(actionOf(arguments.action)))
    events.push_back(eventOf(leaf, arguments, {policy, bindings}));
  return events;
}

/// Where params lead if nothing is bound.
static std::string unbound(const srt::ir::Param &param) {
  std::string found;
  switch (param.source) {
  case srt::ir::Param::Source::Literal:
    return param.value;
  case srt::ir::Param::Source::Cwd:
    found = workingFolder();
    break;
  case srt::ir::Param::Source::Env:
    if (const char *value = std::getenv(param.value.c_str()))
      found = value;
    break;
  }
  return srt::sim::isResolvedPath(found) ? found : "/-unbound-/" + param.name;
}

void separateCommand(CLI::App &app, std::vector<std::string> &arguments) {
  bool isQuery = !arguments.empty() &&
                 (arguments[0] == "query" || arguments[0] == "explain");
  CLI::App *command = isQuery ? app.get_subcommand(arguments[0]) : nullptr;
  size_t positionals = 0;
  for (size_t i = 1; command && i < arguments.size(); ++i) {
    llvm::StringRef word(arguments[i]);
    if (word == "--")
      return;
    if (word.size() > 1 && word.starts_with("-")) {
      CLI::Option *option = command->get_option_no_throw(arguments[i]);
      i += option && option->get_items_expected_max() > 0;
      continue;
    }
    if (++positionals < 2)
      continue;
    if (word == "exec" && i + 1 < arguments.size() && arguments[i + 1] != "--")
      arguments.insert(arguments.begin() + i + 1, "--");
    return;
  }
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
