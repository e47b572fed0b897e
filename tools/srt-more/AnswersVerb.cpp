// tools/srt-more/AnswersVerb.cpp: srt answers, what "always" was said to.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Answers.h"
#include "tools/srt-more/Difference.h"
#include "tools/srt-more/Verb.h"
#include "tools/srt/Asker.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::command {

static void show(const Answers &answers) {
  size_t number = 0;
  for (const Answer &each : answers.all) {
    llvm::outs() << ++number << "  " << onOneLine(each.action + " " + each.what)
                 << "\n     "
                 << onOneLine("said by " + each.who + " at " + each.when +
                              ", while `" + llvm::join(each.command, " ") +
                              "` ran; asked by " + each.rule + " (" + each.text +
                              ")")
                 << '\n';
  }
  if (answers.all.empty())
    llvm::outs() << "srt: nothing was answered with always under this policy\n";
}

static void showJson(const AnswersFor &whose, const Answers &answers) {
  llvm::json::Array rows;
  for (const Answer &each : answers.all)
    rows.push_back(llvm::json::Object{
        {"action", each.action},
        {each.about == About::Path ? "path" : "endpoint", each.what},
        {"who", each.who},
        {"when", each.when},
        {"command", llvm::json::Array(each.command)},
        {"rule", each.rule},
        {"text", each.text}});
  llvm::outs() << llvm::json::Value(llvm::json::Object{
                      {"policy", llvm::json::fixUTF8(whose.policy)},
                      {"file", llvm::json::fixUTF8(whose.file)},
                      {"answers", std::move(rows)}})
               << '\n';
}

static int revoke(const AnswersFor &whose, const std::string &which) {
  size_t number = 0;
  bool isAll = which == "all";
  if (!isAll && (llvm::StringRef(which).getAsInteger(10, number) || number == 0)) {
    complain("--revoke wants the number of an answer, or `all`",
             "srt answers lists them");
    return kUsage;
  }
  std::string problem;
  if (revokeAnswer(whose, isAll ? kEvery : number - 1, problem))
    return kDone;
  complain(problem, "srt answers lists them; --revoke all removes the file");
  return kFailed;
}

int runAnswers(const Job &given) {
  Job job = given;
  std::string which;
  bool isJson = false;
  CLI::App app("what `always` was said to, under the policy that counts here",
               "srt answers");
  app.add_option("--policy", job.request.policy, "FILE instead of it");
  app.add_option("--revoke", which, "take back answer N, or `all`");
  app.add_flag("--json", isJson, "for machines");
  app.footer("Examples:\n  srt answers\n  srt answers --revoke 2\n"
             "  srt answers --revoke all\n\n"
             "Exit status: 0 fine, 1 no such answer, or the file cannot be "
             "believed, 2 usage.");
  parseWords(app, job);
  if (!findPolicy(job))
    return kFailed;
  AnswersFor whose{answersOf(job.found, job.places), job.found.path,
                   job.found.project};
  if (!which.empty())
    return revoke(whose, which);
  Answers answers = readAnswers(whose);
  if (!answers.problem.empty()) {
    complain(answers.problem + ": no answer counts",
             "srt answers --revoke all removes the file");
    return kFailed;
  }
  if (isJson)
    showJson(whose, answers);
  else
    show(answers);
  return kDone;
}

} // namespace srt::command
