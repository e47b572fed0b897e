// tools/srt-more/LearnVerb.cpp: srt learn, a policy from what a command does.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/LearnUpdate.h"
#include "tools/srt-more/Run.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::command {

/// The words before `--` are options, those behind it the command.
static bool splitWords(Job &job, std::vector<char *> &command) {
  std::vector<char *> &words = job.request.words;
  auto at = llvm::find_if(words, [](const char *word) {
    return llvm::StringRef(word) == "--";
  });
  if (at == words.end())
    return false;
  command.assign(at + 1, words.end());
  words.erase(at, words.end());
  return true;
}

static void addOptions(CLI::App &app, LearnOptions &options) {
  app.add_option("-o,--output", options.output,
                 "FILE that is written, - for standard output; "
                 ".srt/policy.srt of the project if not given");
  app.add_flag("--force", options.isForced, "overwrite FILE");
  app.add_flag("--json", options.isJson,
               "a report for machines on standard output; what CMD writes there "
               "goes to standard error");
  app.add_flag("--update", options.isUpdate,
               "run under the present policy, and propose what it lacks");
  app.add_option("--policy", options.policy, "with --update: FILE instead of the "
                                             "policy that counts here");
  app.add_flag("--yes", options.isSure, "with --update: write without asking");
  app.footer(
      "srt learn [OPTIONS] -- CMD [ARG...]: CMD runs with all that std/ does not seal, and everything that it does is\n"
      "written down: run what you would run without a sandbox.\n\n"
      "Examples:\n  srt learn -- make test\n  srt learn -o ci.srt -- npm ci\n"
      "  srt learn --update -- make test\n\n"
      "Exit status: that of CMD; 125 if nothing was run, or no policy written;\n"
      "2 usage.");
}

/// Where the policy goes, absolute; empty: standard output.
static std::string outputOf(const LearnOptions &options, const Job &job) {
  if (options.output == "-")
    return {};
  if (options.output.empty())
    return job.found.project + "/.srt/policy.srt";
  return options.output[0] == '/' ? options.output
                                  : job.found.cwd + "/" + options.output;
}

/// Before anything is run: whether the policy could be written.
static bool mayWriteTo(const std::string &path, const LearnOptions &options) {
  if (path.empty() || options.isForced || access(path.c_str(), F_OK) != 0)
    return true;
  complain("`" + path + "` is there already",
           "-o FILE writes another, --force overwrites it, --update adds to it");
  return false;
}

/// Appears whole, and never over what has come meanwhile.
static bool place(const std::string &path, const std::string &text,
                  const LearnOptions &options) {
  std::string folder = path.substr(0, path.rfind('/'));
  std::string fresh = path + ".new-" + std::to_string(getpid());
  std::error_code error = llvm::sys::fs::create_directories(folder);
  bool isWritten = !error && writeWhole(fresh, text);
  if (!isWritten) {
    complain("cannot write `" + path + "`: " +
             (error ? error.message() : std::strerror(errno)));
    return false;
  }
  // As any other file of the project, but never to be written by others.
  mode_t mask = umask(0);
  umask(mask);
  chmod(fresh.c_str(), 0644 & ~mask);
  int result = options.isForced ? rename(fresh.c_str(), path.c_str())
                                : link(fresh.c_str(), path.c_str());
  int cause = errno;
  if (result != 0)
    complain("cannot write `" + path + "`: " + std::strerror(cause));
  unlink(fresh.c_str());
  return result == 0;
}

static int exitStatusOf(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static llvm::json::Value reportOf(const Job &job, const Ran &ran,
                                  const Observation &seen, const Learned &learned,
                                  const std::string &path) {
  llvm::json::Array words, names, parents;
  for (const char *word : job.request.words)
    words.push_back(llvm::json::fixUTF8(word));
  for (const std::string &name : seen.names)
    names.push_back(name);
  for (const std::string &parent : learned.parents)
    parents.push_back("std/" + parent + ".srt");
  return llvm::json::Object{{"command", std::move(words)},
                            {"status", exitStatusOf(ran.status)},
                            {"policy", path.empty() ? llvm::json::Value(nullptr)
                                                    : llvm::json::Value(path)},
                            {"text", learned.text},
                            {"extends", std::move(parents)},
                            {"statements", jsonOf(learned.statements)},
                            {"names", std::move(names)},
                            {"refused", jsonOf(seen.refused)},
                            {"left", jsonOf(learned.left)},
                            {"complete", seen.isWhole && learned.left.empty()}};
}

void tellRefused(const Observation &seen) {
  for (const Denied &each : seen.refused)
    if (!each.rule.empty() || !each.text.empty())
      complain("asked for and not given: " + each.action + " `" + each.path + "`" +
             (each.rule.empty() ? each.text.empty() ? "" : ": " + each.text
                                : ", denied by " + each.rule));
}

void tellStatus(int status) {
  if (WIFSIGNALED(status))
    complain("the command was ended by signal " +
             std::to_string(WTERMSIG(status)) +
             ": what it would have done after that was not seen");
  else if (WEXITSTATUS(status) != 0)
    complain("the command ended with status " +
             std::to_string(WEXITSTATUS(status)) +
             ": what it would have done otherwise was not seen");
}

static void tell(const Observation &seen, const Learned &learned,
                 const std::string &path) {
  if (!path.empty())
    complain("wrote " + path + ": " + std::to_string(learned.statements.size()) +
                 " statements from " + std::to_string(seen.done.size()) +
                 " accesses",
             "read it, then run: srt trust");
  tellRefused(seen);
  for (const Access &access : learned.left)
    complain("the policy does not allow all the same: " + access.action + " `" +
             access.what + "`");
  if (!seen.isWhole)
    complain("not everything could be written down: run it again, or add what "
             "srt why says");
}

/// Where the command is observed, whatever policy counts here.
static Job observing(const Job &given) {
  Job job = given;
  Found here = discover(job.request, job.places);
  job.found = {};
  job.found.choice = Choice::Given;
  job.found.path = "observed.srt";
  job.found.cwd = here.cwd;
  job.found.project = here.project.empty() ? here.cwd : here.project;
  job.request.tool.clear();
  job.request.defines.clear();
  return job;
}

static int observe(const Job &given, const LearnOptions &options) {
  Job job = observing(given);
  std::string path = outputOf(options, job);
  if (!mayWriteTo(path, options))
    return kRefused;
  std::string text = observationPolicy(job);
  std::optional<Compiled> compiled;
  if (!text.empty())
    compiled = compileText(job, "observed.srt", text);
  std::optional<Ran> ran;
  if (compiled)
    ran = runWritten(job, compiled->bytes, Written::Everything,
                     options.isJson ? Output::ToErrors : Output::Ours);
  if (!ran)
    return kRefused;
  Observation seen = observationOf(ran->log);
  if (!seen.isStarted) // srt-load has said why, or the program has
    return exitStatusOf(ran->status) == 0 ? kRefused : exitStatusOf(ran->status);
  std::optional<Learned> learned =
      learn(seen, job, path.empty() ? job.found.cwd + "/learned.srt" : path);
  if (!learned || (!path.empty() && !place(path, learned->text, options)))
    return kRefused;
  if (options.isJson)
    llvm::outs() << reportOf(job, *ran, seen, *learned, path) << '\n';
  else if (path.empty())
    llvm::outs() << learned->text;
  llvm::outs().flush();
  tell(seen, *learned, path);
  tellStatus(ran->status);
  return endLike(ran->status);
}

int runLearn(const Job &given) {
  Job job = given;
  LearnOptions options;
  std::vector<char *> command;
  bool hasCommand = splitWords(job, command);
  CLI::App app("a policy from what a command does", "srt learn");
  addOptions(app, options);
  bool isMissing = !hasCommand || command.empty();
  try {
    parseWords(app, job);
  } catch (const CLI::ExtrasError &) {
    if (hasCommand)
      throw;
  }
  job.request.words = command;
  if (isMissing) {
    complain("a command is missing", "srt learn [OPTIONS] -- CMD [ARG...]");
    return kUsage;
  }
  if (!options.isUpdate && (!options.policy.empty() || options.isSure)) {
    complain("--policy and --yes go with --update", "srt learn --help shows how");
    return kUsage;
  }
  if (options.isUpdate && (!options.output.empty() || options.isForced)) {
    complain("-o and --force do not go with --update, which adds to a policy",
             "srt learn --help shows how");
    return kUsage;
  }
  return options.isUpdate ? updatePolicy(job, options) : observe(job, options);
}

} // namespace srt::command
