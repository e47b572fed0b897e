// tools/srt-more/TrustVerb.cpp: srt trust, to agree to a project's policy.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Difference.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Trust.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace srt::command {

namespace {
struct TrustOptions {
  bool isSure = false;
  bool removes = false;
};
} // namespace

/// Shows the texts that are agreed to, as they were compiled: what is in the
/// files by now may be something else.
static void showTexts(const Compiled &compiled) {
  for (size_t i = 0; i < compiled.texts.size(); ++i)
    llvm::outs() << "==> " << forTerminal(compiled.texts[i]) << " <==\n"
                 << forTerminal(compiled.contents[i]) << '\n';
  llvm::outs().flush();
}

/// A folder with texts, each at its path in there, so that they find each other.
/// Removed at the end.
class LaidOut {
public:
  LaidOut(const Places &places, const std::vector<std::string> &paths,
          const std::vector<std::string> &contents)
      : root(places.state + "/trusted/texts-XXXXXX") {
    isWhole = mkdtemp(root.data()) != nullptr;
    for (size_t i = 0; i < paths.size() && isWhole; ++i) {
      std::string path = root + paths[i];
      isWhole = !llvm::sys::fs::create_directories(
                    llvm::sys::path::parent_path(path)) &&
                writeWhole(path, contents[i]);
    }
  }
  LaidOut(const LaidOut &) = delete;
  ~LaidOut() { (void)llvm::sys::fs::remove_directories(root); }

  std::optional<ir::Policy> read(Job job, Sources &sources) const {
    DiagnosticEngine diags;
    job.found.path = root + job.found.path;
    return isWhole ? readPolicy(job, sources, diags) : std::nullopt;
  }
  /// The text with `name` wherever the folder is named.
  std::string renamed(std::string text, const std::string &name) const {
    for (size_t at = 0; (at = text.find(root, at)) != std::string::npos;)
      text.replace(at, root.size(), name);
    return text;
  }

private:
  std::string root;
  bool isWhole = false;
};

/// What the policy decides otherwise than the one that was agreed to; nothing if
/// that cannot be told in time.
static std::optional<std::string> meaningOf(const Job &job, const Agreed &agreed,
                                            const Compiled &compiled) {
  LaidOut old(job.places, agreed.texts, agreed.contents);
  LaidOut fresh(job.places, compiled.texts, compiled.contents);
  Sources sources;
  std::optional<ir::Policy> before = old.read(job, sources);
  std::optional<ir::Policy> after = fresh.read(job, sources);
  std::optional<std::string> text;
  if (before && after)
    text = differenceOf(*before, *after, sources, patience());
  if (text)
    text = fresh.renamed(old.renamed(*text, "agreed:"), "");
  return text;
}

static std::string linesOf(const Agreed &agreed, const Compiled &now) {
  std::string text;
  for (size_t i = 0; i < now.texts.size(); ++i) {
    auto at = llvm::find(agreed.texts, now.texts[i]);
    std::string before =
        at == agreed.texts.end() ? "" : agreed.contents[at - agreed.texts.begin()];
    std::string lines = differenceOfLines(before, now.contents[i]);
    if (!lines.empty())
      text += now.texts[i] + "\n" + lines;
  }
  for (const std::string &path : agreed.texts)
    if (!llvm::is_contained(now.texts, path))
      text += path + " is used no more\n";
  return text;
}

/// Says what changed since somebody agreed, if that is known.
static void showChanges(const Job &job, const Compiled &compiled) {
  std::optional<Agreed> agreed = agreedBefore(job);
  if (!agreed)
    return;
  std::optional<std::string> meaning = meaningOf(job, *agreed, compiled);
  std::string lines = linesOf(*agreed, compiled);
  llvm::outs() << "Since you agreed to it, these lines have changed:\n"
               << (lines.empty() ? "(none)\n" : forTerminal(lines));
  if (meaning)
    llvm::outs() << "Which means:\n" << forTerminal(*meaning);
  else
    llvm::outs() << "What that means could not be told in time: srtc diff OLD NEW "
                    "compares without a limit.\n";
  llvm::outs().flush();
}

/// Asks on the terminal. Without one, nobody agrees to anything.
static bool isAgreed(const TrustOptions &options) {
  if (options.isSure)
    return true;
  if (isatty(STDIN_FILENO) == 0) {
    complain("nobody is here to ask", "say --yes if you have read the policy");
    return false;
  }
  llvm::outs() << "Shall commands run under this policy? [y/N] ";
  llvm::outs().flush();
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

static int agreeTo(Job &job, const TrustOptions &options) {
  std::optional<Compiled> compiled = compile(job);
  if (!compiled)
    return kFailed;
  if (!options.isSure) {
    showTexts(*compiled);
    if (trustIn(job, compiled->digest) == Trust::Changed)
      showChanges(job, *compiled);
  }
  if (!isAgreed(options))
    return kFailed;
  std::string problem;
  if (!agree(job, *compiled, problem)) {
    complain(problem);
    return kFailed;
  }
  llvm::outs() << "srt: agreed to " << job.found.path << '\n';
  return kDone;
}

int runTrust(const Job &given) {
  Job job = given;
  TrustOptions options;
  CLI::App app("agree to the policy of this project, as it is now", "srt trust");
  app.add_option("--policy", job.request.policy, "FILE that is agreed to");
  app.add_flag("--yes", options.isSure, "do not ask");
  app.add_flag("--remove", options.removes, "agree no more");
  app.footer("Examples:\n  srt trust\n  srt trust --yes\n  srt trust --remove\n\n"
             "Exit status: 0 agreed (or removed), 1 not, 2 usage.");
  parseWords(app, job);
  if (!findPolicy(job))
    return kFailed;
  if (job.found.choice == Choice::Default || job.found.choice == Choice::User) {
    llvm::outs() << "srt: no project policy here; `" << job.found.path
                 << "` needs no agreement\n";
    return kDone;
  }
  if (options.removes)
    return forget(job) ? kDone : kFailed;
  return agreeTo(job, options);
}

} // namespace srt::command
