// tools/srt-more/InitVerb.cpp: srt init, a first policy for this project.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Starter.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Trust.h"
#include "tools/srt-more/Verb.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

namespace srt::command {

namespace {
struct InitOptions {
  std::vector<std::string> languages;
  bool isPrinted = false;
};
} // namespace

/// The languages that were asked for, else those that are found.
static std::vector<Language> chosen(const InitOptions &options,
                                    const std::string &folder) {
  if (options.languages.empty())
    return languagesIn(folder);
  std::vector<Language> languages;
  for (Language language : allLanguages())
    if (llvm::is_contained(options.languages, spelling(language)))
      languages.push_back(language);
  return languages;
}

static std::string namesOf(const std::vector<Language> &languages) {
  std::vector<std::string> names;
  for (Language language : languages)
    names.push_back(spelling(language));
  return names.empty() ? "no toolchain that std/ knows" : llvm::join(names, ", ");
}

/// The policy as it was just written: compiled, and agreed to by whoever asked
/// for it.
static bool adopt(Job &job, std::string &problem) {
  if (!findPolicy(job))
    return false;
  std::optional<Compiled> compiled = compile(job);
  if (!compiled)
    problem = "it does not compile for this machine";
  return compiled && agree(job, *compiled, problem);
}

/// Refuses where a policy is: somebody wrote it.
static bool isFree(const std::string &folder) {
  for (const char *ending : {"srt", "yaml", "yml", "toml", "json"}) {
    std::string path = folder + "/policy." + ending;
    if (access(path.c_str(), F_OK) != 0)
      continue;
    complain("`" + path + "` is there already",
             "srt trust agrees to it; remove it to begin anew");
    return false;
  }
  return true;
}

static int write(Job &job, const std::string &folder,
                 const std::vector<Language> &languages) {
  std::string path = folder + "/policy.srt";
  // With the umask, as any other file of the project.
  if (llvm::sys::fs::create_directory(folder) ||
      !writeWhole(path, starterPolicy(languages))) {
    complain("cannot write `" + path + "`");
    return kFailed;
  }
  (void)llvm::sys::fs::setPermissions(
      path, llvm::sys::fs::perms::all_read | llvm::sys::fs::perms::owner_write);
  llvm::outs() << "srt: wrote " << path << " for " << namesOf(languages) << '\n';
  std::string problem;
  if (adopt(job, problem))
    return kDone;
  complain("it counts once you say `srt trust`: " + problem);
  return kFailed;
}

int runInit(const Job &given) {
  Job job = given;
  InitOptions options;
  CLI::App app("write a first policy for this project to .srt/policy.srt",
               "srt init");
  app.add_option("--language", options.languages,
                 "node, python, go, rust, cpp or java, instead of what is found")
      ->check(CLI::IsMember({"node", "python", "go", "rust", "cpp", "java"}))
      ->delimiter(',');
  app.add_flag("--print", options.isPrinted, "to standard output, and write nothing");
  app.footer("Examples:\n  srt init\n  srt init --language node,python\n"
             "  srt init --print > mine.srt\n\n"
             "Exit status: 0 written, 1 not, 2 usage.");
  parseWords(app, job);
  // Where the project is does not depend on a policy further up.
  Found here = discover(job.request, job.places);
  std::string folder = here.choice == Choice::Project ? here.cwd : here.project;
  std::vector<Language> languages = chosen(options, folder);
  if (options.isPrinted) {
    llvm::outs() << starterPolicy(languages);
    return kDone;
  }
  if (!isFree(folder + "/.srt"))
    return kFailed;
  return write(job, folder + "/.srt", languages);
}

} // namespace srt::command
