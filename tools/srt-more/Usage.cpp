// tools/srt-more/Usage.cpp: help, and what is said about wrong words.
// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/Version.h"
#include "tools/srt-more/Manual.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::command {

namespace {
struct OptionRow {
  const char *name, *shorter, *value, *help;
};
constexpr OptionRow kOptions[] = {
#define SRT_OPTION(name, shorter, value, help) {name, shorter, value, help},
#include "tools/srt/Options.def"
};
} // namespace

/// The options, aligned, their help in lines of at most `kHelpWidth` bytes.
static std::string optionsText() {
  constexpr size_t kColumn = 21, kHelpWidth = 66;
  std::string text;
  for (const OptionRow &row : kOptions) {
    std::string line = *row.shorter ? std::string(row.shorter) + ", " : "";
    line = "  " + line + row.name;
    line += *row.value ? " " + std::string(row.value) : "";
    size_t width = line.size() + 1;
    line.resize(std::max(line.size() + 1, kColumn + 2), ' ');
    width = line.size();
    llvm::SmallVector<llvm::StringRef, 16> words;
    llvm::StringRef(row.help).split(words, ' ', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef word : words) {
      if (line.size() - width + word.size() > kHelpWidth) {
        text += llvm::StringRef(line).rtrim().str() + "\n";
        line = std::string(kColumn + 2, ' ');
        width = line.size();
      }
      line += word.str() + " ";
    }
    text += llvm::StringRef(line).rtrim().str() + "\n";
  }
  return text;
}

static constexpr const char *kHelp =
    R"(Runs a command under a policy: what it may read, write, start and reach.

Usage: srt [OPTIONS] CMD [ARG...]      run CMD (also: srt run CMD, srt -- CMD)
       srt VERB [OPTIONS]

)";

static constexpr const char *kMore =
    R"(
Verbs (each with --help):
  run CMD      what `srt CMD` does, for commands that are called as a verb is
  shell        a shell under the policy; srt-sh is the same as a program
  init         write a first policy for this project to .srt/policy.srt
  trust        agree to the policy that came with this project
  answers      what "always" was said to, and take it back
  why          explain what was denied last, and offer the edit
  learn        a policy from what a command does
  ps           the sandboxes that run
  log          what was denied, in all projects
  approve      answer what sandboxes without a terminal ask (srtd)
  doctor       what this machine can enforce, and what to change
  import       policies from settings of other tools
  hook         answer the hooks of agents

The policy: .srt/policy.srt (.yaml, .yml, .toml, .json) in this directory or above, then
~/.config/srt/policy.srt, then the default for agents, std/agent.srt.

Exit status: the command's own; 125 srt refused and ran nothing, 126 the command
cannot be executed, 127 it was not found. Verbs: 0 fine, 1 not, 2 usage.

Examples:
  srt npm test
  srt --policy strict.srt -- make -j4
  srt run --explain-denials cat /etc/shadow
  srt shell
)";

int showHelp(const Job &job) {
  if (job.request.verb == "version")
    llvm::outs() << manual::versionText("srt") << '\n';
  else
    llvm::outs() << kHelp << optionsText() << kMore;
  return kDone;
}

/// "; did you mean `--tool`", or nothing.
static std::string suggestion(const std::string &word,
                              const std::vector<std::string> &known) {
  std::vector<llvm::StringRef> names(known.begin(), known.end());
  std::string name = word.substr(0, word.find('='));
  std::optional<llvm::StringRef> near = nearest(name, names);
  return near ? "did you mean `" + near->str() + "`" : "srt --help lists all";
}

int explainUsage(const Request &request) {
  bool isOption = request.wrong.find(' ') == std::string::npos;
  if (isOption)
    complain("`" + request.wrong + "` is no option",
             suggestion(request.wrong, optionNames()));
  else
    complain(request.wrong, "srt --help shows how");
  return kRefused;
}

void parseWords(CLI::App &app, const Job &job) {
  describeIfAsked(app, job);
  // CLI11 takes them from the last to the first.
  std::vector<std::string> words(job.request.words.begin(),
                                 job.request.words.end());
  std::vector<std::string> known;
  for (const CLI::Option *option : app.get_options())
    for (const std::string &name : option->get_lnames())
      known.push_back("--" + name);
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  app.allow_extras();
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp &) {
    llvm::outs() << app.help();
    throw CLI::Success();
  }
  std::vector<std::string> extras = app.remaining();
  if (extras.empty())
    return;
  bool isOption = extras[0].size() > 1 && extras[0][0] == '-';
  throw CLI::ExtrasError(
      "srt", {isOption ? extras[0] + " (" + suggestion(extras[0], known) + ")"
                       : extras[0]});
}

bool findPolicy(Job &job) {
  job.found = discover(job.request, job.places);
  if (job.found.problem.empty())
    return true;
  complain(job.found.problem, job.found.hint);
  return false;
}

} // namespace srt::command
