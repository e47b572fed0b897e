// tools/srt-more/TrustVerb.cpp: srt trust, to agree to a project's policy.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Trust.h"
#include "tools/srt-more/Verb.h"
#include "tools/srt/Files.h"

#include "llvm/Support/raw_ostream.h"

#include <iostream>
#include <unistd.h>

namespace srt::command {

namespace {
struct TrustOptions {
  bool isSure = false;
  bool removes = false;
};
} // namespace

/// Shows the texts that are agreed to, control characters as `?`: a text must
/// not be able to hide a part of itself from whoever reads it here.
static void showTexts(const Compiled &compiled) {
  for (const std::string &path : compiled.texts) {
    llvm::outs() << "==> " << path << " <==\n";
    for (char c : readFile(path).text()) {
      bool isControl = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
      llvm::outs() << (isControl && c != '\n' && c != '\t' ? '?' : c);
    }
    llvm::outs() << '\n';
  }
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
  if (!options.isSure)
    showTexts(*compiled);
  if (!isAgreed(options))
    return kFailed;
  std::string problem;
  if (!agree(job, compiled->digest, problem)) {
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
