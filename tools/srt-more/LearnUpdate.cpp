// tools/srt-more/LearnUpdate.cpp: srt learn --update.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the policy only grows by statements that somebody has seen (or said
// --yes to), against no deny, and not if it was edited meanwhile.
#include "tools/srt-more/LearnUpdate.h"

#include "tools/srt-more/Difference.h"
#include "tools/srt-more/Edit.h"
#include "tools/srt-more/Run.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Trust.h"
#include "tools/srt-more/Verb.h"
#include "tools/srt/Files.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <cstring>
#include <iostream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::command {

namespace {
/// An edit that is proposed.
struct Proposal {
  std::string path; // of the file that is written
  std::string before, text; // what is in it now: empty if it is not there
  std::vector<Statement> statements;
  std::optional<Compiled> compiled; // the new text
  std::optional<std::string> difference;
};
} // namespace

static std::vector<std::string> textsOf(const std::vector<Statement> &all) {
  std::vector<std::string> texts;
  for (const Statement &each : all)
    texts.push_back(each.text);
  return texts;
}

/// The new text, and where it goes; false, after a message, if there is no
/// place for statements.
static bool edit(const Job &job, Proposal &proposal) {
  std::vector<std::string> texts = textsOf(proposal.statements);
  if (job.found.choice == Choice::Default) {
    proposal.path = job.found.project + "/.srt/policy.srt";
    proposal.text = policyWith(texts);
    return true;
  }
  proposal.path = job.found.path;
  if (llvm::StringRef(proposal.path).ends_with(".srt"))
    proposal.text = withStatements(proposal.before, texts);
  if (proposal.text.empty())
    complain("`" + proposal.path + "` cannot be added to",
             "only .srt files whose last `}` stands on a line of its own can; "
             "write the statements yourself");
  return !proposal.text.empty();
}

/// Compares, for the person who is asked.
static void compare(const Job &job, Proposal &proposal) {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<ir::Policy> before = readPolicy(job, sources, diags);
  std::optional<ir::Policy> after =
      readText(job, proposal.path, proposal.text, sources, diags);
  if (before && after)
    proposal.difference = differenceOf(*before, *after, sources, patience());
}

static void show(const Proposal &proposal) {
  llvm::errs() << "srt: " << forTerminal(proposal.path) << " would get:\n";
  for (const Statement &each : proposal.statements) {
    llvm::errs() << "  " << forTerminal(each.text) << '\n';
    for (const Access &access : each.accesses)
      llvm::errs() << "    " << forTerminal(access.action) << ' '
                   << forTerminal(access.what) << '\n';
  }
  if (proposal.difference)
    llvm::errs() << "Which means:\n" << forTerminal(*proposal.difference);
  else
    llvm::errs() << "(the meanings could not be compared in time)\n";
}

/// Asks on the terminal. Without one, nobody agrees to anything.
static bool isWanted(const LearnOptions &options) {
  if (options.isSure)
    return true;
  if (isatty(STDIN_FILENO) == 0 || isatty(STDERR_FILENO) == 0) {
    complain("nobody is here to ask", "--yes writes it");
    return false;
  }
  llvm::errs() << "Add this to the policy? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

/// Writes, unless the file is another by now, and agrees to what was shown.
static bool write(Job job, const Proposal &proposal) {
  if (readFile(proposal.path).text() != proposal.before) {
    complain("`" + proposal.path + "` was edited meanwhile; nothing was written",
             "run srt learn --update again");
    return false;
  }
  struct stat status;
  bool isThere = stat(proposal.path.c_str(), &status) == 0;
  std::string folder = proposal.path.substr(0, proposal.path.rfind('/'));
  if (llvm::sys::fs::create_directories(folder) ||
      !writeWhole(proposal.path, proposal.text)) {
    complain("cannot write `" + proposal.path + "`: " + std::strerror(errno));
    return false;
  }
  chmod(proposal.path.c_str(), isThere ? status.st_mode & 07777 : 0644);
  job.found.choice = job.found.choice == Choice::Default ? Choice::Project
                                                         : job.found.choice;
  job.found.path = proposal.path;
  std::string problem;
  bool needsIt = job.found.choice != Choice::User;
  if (needsIt && !agree(job, *proposal.compiled, problem))
    complain("it counts once you say `srt trust`: " + problem);
  complain("wrote " + proposal.path);
  return true;
}

static llvm::json::Value reportOf(const Job &job, int status,
                                  const Observation &seen,
                                  const Proposal &proposal, bool isWritten) {
  llvm::json::Array words;
  for (const char *word : job.request.words)
    words.push_back(llvm::json::fixUTF8(word));
  return llvm::json::Object{
      {"command", std::move(words)},
      {"status", WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status)},
      {"policy", proposal.path},
      {"statements", jsonOf(proposal.statements)},
      {"difference", proposal.difference ? llvm::json::Value(*proposal.difference)
                                         : llvm::json::Value(nullptr)},
      {"refused", jsonOf(seen.refused)},
      {"complete", seen.isWhole},
      {"written", isWritten}};
}

/// What would have to be added, if anything.
static bool propose(const Job &job, const Compiled &compiled,
                    const std::vector<Access> &missing, Proposal &proposal) {
  Programs programs;
  addPrograms(compiled.policy, programs);
  for (const Access &access : missing) {
    auto [folder, name] = llvm::StringRef(access.what).rsplit('/');
    if (access.action == "exec" && llvm::is_contained(searchPath(), folder))
      programs[access.what] = {name.str()};
  }
  proposal.statements = statementsFor(missing, missing, programs, job);
  proposal.path = job.found.path;
  if (proposal.statements.empty())
    return true;
  if (!edit(job, proposal))
    return false;
  proposal.compiled = compileText(job, proposal.path, proposal.text);
  if (!proposal.compiled)
    complain("with what is missing the policy would be wrong; nothing was written");
  return proposal.compiled.has_value();
}

static std::optional<Ran> runUnder(const Job &job, const Compiled &compiled,
                                   const LearnOptions &options) {
  std::optional<std::string> bytes = compileObserved(job, compiled);
  if (!bytes)
    complain("this policy cannot be observed here; what the kernel denies by "
             "itself will not be seen");
  return runWritten(job, bytes ? *bytes : compiled.bytes, Written::Denials,
                    options.isJson ? Output::ToErrors : Output::Ours);
}

int updatePolicy(const Job &given, const LearnOptions &options) {
  Job job = given;
  job.request.policy = options.policy.empty() ? job.request.policy : options.policy;
  if (job.request.tool.empty())
    job.request.tool =
        llvm::StringRef(job.request.words[0]).rsplit('/').second.str();
  std::optional<Compiled> compiled;
  if (findPolicy(job))
    compiled = compile(job);
  if (!compiled)
    return kRefused;
  if (std::optional<Refusal> refusal = refusalFor(job, *compiled)) {
    complain(refusal->what, refusal->hint);
    return kRefused;
  }
  Proposal proposal;
  for (size_t i = 0; i < compiled->texts.size(); ++i)
    if (compiled->texts[i] == job.found.path)
      proposal.before = compiled->contents[i];
  std::optional<Ran> ran = runUnder(job, *compiled, options);
  if (!ran)
    return kRefused;
  Observation seen = observationOf(ran->log);
  if (!propose(job, *compiled, seen.missing(), proposal))
    return kRefused;
  bool isWritten = false;
  tellRefused(seen);
  if (proposal.statements.empty()) {
    complain("the policy lacks nothing that was seen");
  } else {
    compare(job, proposal);
    show(proposal);
    isWritten = isWanted(options) && write(job, proposal);
  }
  if (options.isJson)
    llvm::outs() << reportOf(job, ran->status, seen, proposal, isWritten) << '\n';
  llvm::outs().flush();
  tellStatus(ran->status);
  bool isLeft = !proposal.statements.empty() && !isWritten;
  if (isLeft && WIFEXITED(ran->status) && WEXITSTATUS(ran->status) == 0)
    return kRefused;
  return endLike(ran->status);
}

} // namespace srt::command
