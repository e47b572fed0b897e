// tools/srt/Request.cpp: reads the command line of srt.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Request.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace srt::command {

/// A link of this name to srt is a shell for programs that want one: `-c CMD`.
static constexpr const char *kShellName = "srt-sh";

const std::vector<std::string> &verbs() {
  static const std::vector<std::string> kVerbs = {
      "run", "shell", "init", "doctor", "why", "ps", "log", "approve",
      "trust", "learn", "answers", "import", "hook", "help"};
  return kVerbs;
}

const std::vector<std::string> &optionNames() {
  static const std::vector<std::string> kNames = {
#define SRT_OPTION(name, ...) name,
#include "tools/srt/Options.def"
  };
  return kNames;
}

static const char *lastComponent(const char *path) {
  const char *slash = std::strrchr(path, '/');
  return slash ? slash + 1 : path;
}

std::string shellProgram() {
  for (const char *name : {"SRT_SHELL", "SHELL"}) {
    const char *value = std::getenv(name);
    if (value && *value && std::strcmp(lastComponent(value), kShellName) != 0)
      return value;
  }
  return "/bin/sh";
}

namespace {
/// The words, and how many of them are read.
struct Reader {
  int argc;
  char **argv;
  Request request;
  int at = 1;
  /// What an option that is none of ours is: a mistake, or a word of the shell.
  enum class Unknown { Wrong, Word } unknown = Unknown::Wrong;

  bool hasWord() const { return at < argc; }
  std::string word() const { return argv[at]; }
  void takeRest() { request.words.assign(argv + at, argv + argc); }
  void fail(const std::string &what) {
    request.road = Road::Wrong;
    request.wrong = what;
  }
  std::string *textOf(const std::string &name);
  bool readFlag(const std::string &name);
  bool readValue(const std::string &word);
  bool readOption();
  void readOptions();
};
} // namespace

/// Where the value of an option belongs, or null.
std::string *Reader::textOf(const std::string &name) {
  if (name == "--policy")
    return &request.policy;
  if (name == "--tool")
    return &request.tool;
  if (name == "--repo")
    return &request.repo;
  if (name == "--define" || name == "-D")
    return &request.defines.emplace_back();
  return nullptr;
}

/// `--no-cache` and the like, and those that are a verb in disguise.
bool Reader::readFlag(const std::string &name) {
  if (name == "--no-cache")
    request.avoidsCache = true;
  else if (name == "--explain-denials")
    request.explainsDenials = true;
  else if (name == "--help" || name == "-h" || name == "--version") {
    request.road = Road::Verb;
    request.verb = name == "--version" ? "version" : "help";
  } else
    return false;
  return true;
}

/// `--name VALUE`, `--name=VALUE`, `-D VALUE` or `-DVALUE`.
bool Reader::readValue(const std::string &word) {
  size_t equals = word.find('=');
  bool isShort = word.compare(0, 2, "-D") == 0 && word.size() > 2;
  bool isJoined = equals != std::string::npos && !isShort;
  std::string name = isShort ? "-D" : word.substr(0, isJoined ? equals : word.size());
  std::string *text = textOf(name);
  if (!text)
    return false;
  if (isShort || isJoined) {
    *text = word.substr(isShort ? 2 : equals + 1);
  } else if (at + 1 < argc) {
    *text = argv[++at];
  } else {
    fail(word + " wants a value");
    return true;
  }
  if (text->empty())
    fail(name + " wants a value");
  return true;
}

/// Reads one option; false at the first word that is none.
bool Reader::readOption() {
  std::string word = this->word();
  if (word.size() < 2 || word[0] != '-' || word == "--")
    return false;
  bool isKnown = readFlag(word) || readValue(word);
  if (!isKnown && unknown == Unknown::Word)
    return false;
  if (!isKnown)
    fail(word);
  ++at;
  return true;
}

void Reader::readOptions() {
  while (request.road != Road::Wrong && request.road != Road::Verb &&
         hasWord() && readOption()) {
  }
}

static Request readShell(Reader &reader) {
  reader.request.road = Road::Shell;
  reader.takeRest();
  return reader.request;
}

/// What follows the options: a verb, or a command.
static void readRest(Reader &reader) {
  Request &request = reader.request;
  bool mayBeVerb = reader.hasWord() && reader.word() != "--";
  bool isVerb = mayBeVerb && std::count(verbs().begin(), verbs().end(),
                                        reader.word()) != 0;
  std::string verb = isVerb ? reader.word() : "";
  reader.at += isVerb;
  if (verb == "shell")
    reader.unknown = Reader::Unknown::Word;
  if (verb == "run" || verb == "shell")
    reader.readOptions();
  bool isOver = request.road == Road::Wrong || request.road == Road::Verb;
  if (isOver)
    return;
  if (isVerb && verb != "run" && verb != "shell") {
    request.road = Road::Verb;
    request.verb = verb;
  } else {
    request.road = verb == "shell" ? Road::Shell : Road::Run;
    reader.at += reader.hasWord() && reader.word() == "--";
  }
}

Request readRequest(int argc, char **argv) {
  Reader reader{argc, argv, {}};
  if (argc > 0 && std::strcmp(lastComponent(argv[0]), kShellName) == 0)
    return readShell(reader);
  reader.readOptions();
  if (reader.request.road == Road::Run)
    readRest(reader);
  reader.takeRest();
  Request &request = reader.request;
  if (request.road == Road::Run && request.words.empty())
    reader.fail("a command is missing");
  // Only what is started by name here: a shell may start anything.
  else if (request.road == Road::Run && request.tool.empty())
    request.tool = lastComponent(request.words[0]);
  return request;
}

} // namespace srt::command
