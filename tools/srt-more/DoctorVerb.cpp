// tools/srt-more/DoctorVerb.cpp: srt doctor.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Doctor.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

namespace srt::command {

static llvm::raw_ostream::Colors colourOf(Health health) {
  switch (health) {
  case Health::Fine:
    return llvm::raw_ostream::GREEN;
  case Health::Weak:
    return llvm::raw_ostream::YELLOW;
  case Health::Missing:
    return llvm::raw_ostream::RED;
  }
  return llvm::raw_ostream::RED;
}

static void writeText(const std::vector<Finding> &findings) {
  bool isTerminal = isatty(STDOUT_FILENO) != 0;
  for (const Finding &finding : findings) {
    if (isTerminal)
      llvm::outs().changeColor(colourOf(finding.health));
    llvm::outs() << llvm::format("%-8s", text(finding.health));
    if (isTerminal)
      llvm::outs().resetColor();
    llvm::outs() << finding.what << '\n';
    if (!finding.change.empty())
      llvm::outs() << "        change: " << finding.change << '\n';
  }
}

static void writeJson(const std::vector<Finding> &findings) {
  llvm::json::Array rows;
  for (const Finding &finding : findings)
    rows.push_back(llvm::json::Object{{"id", finding.id},
                                      {"health", text(finding.health)},
                                      {"what", finding.what},
                                      {"change", finding.change}});
  llvm::outs() << llvm::json::Value(llvm::json::Object{
                      {"target", runningTarget()}, {"findings", std::move(rows)}})
               << '\n';
}

int runDoctor(const Job &given) {
  Job job = given;
  bool isJson = false;
  CLI::App app("say what this machine can enforce, and what to change",
               "srt doctor");
  app.add_option("--policy", job.request.policy, "FILE that is tried");
  app.add_flag("--json", isJson, "for machines");
  app.footer("Examples:\n  srt doctor\n  srt doctor --json\n\n"
             "Exit status: 0 srt works here, 1 something is missing, 2 usage.");
  parseWords(app, job);
  job.found = discover(job.request, job.places);
  std::vector<Finding> findings = examineKernel();
  llvm::append_range(findings, examineInstallation(job));
  if (isJson)
    writeJson(findings);
  else
    writeText(findings);
  bool isMissing = llvm::any_of(findings, [](const Finding &finding) {
    return finding.health == Health::Missing;
  });
  return isMissing ? kFailed : kDone;
}

} // namespace srt::command
