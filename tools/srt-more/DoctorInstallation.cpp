// tools/srt-more/DoctorInstallation.cpp: examines srt's own parts.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Doctor.h"
#include "tools/srt-more/Store.h"
#include "tools/srt-more/Trust.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include <unistd.h>

namespace srt::command {

const char *text(Health health) {
  switch (health) {
  case Health::Fine:
    return "fine";
  case Health::Weak:
    return "weak";
  case Health::Missing:
    return "missing";
  }
  return "";
}

static Finding examinePrograms(const Places &places) {
  for (const char *name : {"srt", "srt-load", "srt-broker", "srt-resolve"}) {
    std::string path = places.programs + "/" + name;
    if (access(path.c_str(), X_OK) != 0)
      return {"programs", Health::Missing, "`" + path + "` is not there",
              "install all programs of srtc in one folder"};
  }
  std::string agent = places.std + "/agent.srt";
  if (access(agent.c_str(), R_OK) != 0)
    return {"programs", Health::Missing, "`" + agent + "` is not there",
            "install std/ beside the programs, as ../share/srt/std"};
  return {"programs", Health::Fine, "programs and library are in place", ""};
}

static Finding examineFolder(const char *id, const std::string &folder,
                             const char *without) {
  std::string problem;
  if (makeFolder(folder, problem))
    return {id, Health::Fine, "`" + folder + "`", ""};
  return {id, Health::Weak, problem + ": " + without,
          "a HOME that you own, or XDG_CACHE_HOME and XDG_STATE_HOME"};
}

static Finding examinePolicy(const Job &job) {
  if (!job.found.problem.empty())
    return {"policy", Health::Missing, job.found.problem, job.found.hint};
  return {"policy", Health::Fine,
          std::string("the ") + text(job.found.choice) + " policy `" +
              job.found.path + "`, for the project `" + job.found.project + "`",
          ""};
}

/// What a program wrote to standard error, its first line.
static std::string firstLine(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().split('\n').first.str() : "";
}

/// Runs a command, as a user would: nothing else proves as much.
static Finding examineTrial(const Job &job) {
  llvm::SmallString<128> errors;
  if (llvm::sys::fs::createTemporaryFile("srt-doctor", "txt", errors))
    return {"trial", Health::Weak, "no temporary file can be made", ""};
  std::string srt = job.places.programs + "/srt";
  std::vector<llvm::StringRef> words = {srt};
  if (!job.request.policy.empty())
    words.insert(words.end(), {"--policy", job.request.policy});
  words.insert(words.end(), {"--", "true"});
  std::optional<llvm::StringRef> streams[] = {std::nullopt, std::nullopt,
                                              errors.str()};
  int status = llvm::sys::ExecuteAndWait(srt, words, std::nullopt, streams);
  std::string said = firstLine(errors);
  llvm::sys::fs::remove(errors);
  if (status == 0)
    return {"trial", Health::Fine, "`srt true` runs", ""};
  // 126 and 127 are told as -1: the sandbox was applied, and has no room for
  // `true`, which may be what the policy is about.
  if (status == -1)
    return {"trial", Health::Weak,
            "the sandbox starts, but `true` does not run in it: " + said,
            "that is well if the policy means it; else allow programs, and what "
            "they read to start: extend std/base.srt"};
  return {"trial", Health::Missing,
          "`srt true` ends with " + std::to_string(status) + ": " + said, ""};
}

std::vector<Finding> examineInstallation(const Job &job) {
  std::vector<Finding> findings = {
      examinePrograms(job.places),
      examineFolder("cache", job.places.cache, "policies are compiled each time"),
      examineFolder("state", job.places.state,
                    "agreement and denials cannot be written down"),
      examinePolicy(job)};
  bool isWhole = llvm::none_of(findings, [](const Finding &finding) {
    return finding.health == Health::Missing;
  });
  if (isWhole)
    findings.push_back(examineTrial(job));
  return findings;
}

} // namespace srt::command
