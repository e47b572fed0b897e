// tools/srt-more/PsVerb.cpp: srt ps, the sandboxes that run.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Sandboxes.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <ctime>

namespace srt::command {

/// "12s", "3m", "5h" or "9d".
static std::string age(int64_t since, int64_t now) {
  int64_t seconds = std::max<int64_t>(now - since, 0);
  if (seconds < 60)
    return std::to_string(seconds) + "s";
  if (seconds < 3600)
    return std::to_string(seconds / 60) + "m";
  if (seconds < 48 * 3600)
    return std::to_string(seconds / 3600) + "h";
  return std::to_string(seconds / 86400) + "d";
}

static std::string numberOr(long number) {
  return number == 0 ? "-" : std::to_string(number);
}

/// "3", or "3 (1 open)" while somebody should answer; "-" without a broker.
static std::string asked(const RunningSandbox &sandbox) {
  if (!sandbox.counts)
    return "-";
  std::string text = std::to_string(sandbox.counts->asked);
  if (sandbox.counts->open != 0)
    text += " (" + std::to_string(sandbox.counts->open) + " open)";
  return text;
}

static void showText(const std::vector<RunningSandbox> &found) {
  int64_t now = std::time(nullptr);
  llvm::outs() << llvm::format("%8s %8s %6s %8s %7s %-10s  %s\n", "PID", "BROKER",
                               "SINCE", "MEMORY", "DENIED", "ASKED",
                               "COMMAND (POLICY)");
  for (const RunningSandbox &sandbox : found) {
    std::string memory =
        std::to_string((sandbox.memory + sandbox.brokerMemory) / 1024) + "M";
    std::string denied =
        sandbox.counts ? std::to_string(sandbox.counts->denied) : "-";
    llvm::outs() << llvm::format(
        "%8s %8s %6s %8s %7s %-10s  ", numberOr(sandbox.command).c_str(),
        numberOr(sandbox.broker).c_str(), age(sandbox.since, now).c_str(),
        memory.c_str(), denied.c_str(), asked(sandbox).c_str());
    llvm::outs() << llvm::join(sandbox.words, " ") << " (" << sandbox.policy
                 << ")\n";
  }
}

static llvm::json::Value orNull(long number) {
  return number == 0 ? llvm::json::Value(nullptr) : llvm::json::Value(number);
}

static llvm::json::Object toJson(const RunningSandbox &sandbox) {
  llvm::json::Object out{{"id", sandbox.id.text()},
                         {"pid", orNull(sandbox.command)},
                         {"broker", orNull(sandbox.broker)},
                         {"run", llvm::json::Array(sandbox.words)},
                         {"policy", sandbox.policy},
                         {"project", sandbox.project},
                         {"cwd", sandbox.cwd},
                         {"since", sandbox.since},
                         {"memory_kib", sandbox.memory},
                         {"broker_memory_kib", sandbox.brokerMemory}};
  const char *names[] = {"denied", "asked", "open"};
  for (const char *name : names)
    out[name] = nullptr;
  if (sandbox.counts) {
    out["denied"] = sandbox.counts->denied;
    out["asked"] = sandbox.counts->asked;
    out["open"] = sandbox.counts->open;
  }
  return out;
}

static void showJson(const std::vector<RunningSandbox> &found,
                     const std::string &problem) {
  llvm::json::Array rows;
  for (const RunningSandbox &sandbox : found)
    rows.push_back(toJson(sandbox));
  llvm::json::Object all{{"sandboxes", std::move(rows)}, {"problem", nullptr}};
  if (!problem.empty())
    all["problem"] = problem;
  llvm::outs() << llvm::json::Value(std::move(all)) << "\n";
}

int runPs(const Job &job) {
  bool isJson = false;
  CLI::App app("show the sandboxes of this user that run", "srt ps");
  app.add_flag("--json", isJson, "for machines");
  app.footer("Examples:\n  srt ps\n  srt ps --json\n\n"
             "To run the command ps: srt run ps.\n"
             "Exit status: 0, or 1 if sandboxes cannot be noted here, 2 usage.");
  parseWords(app, job);
  std::vector<RunningSandbox> found = runningSandboxes(job.places);
  std::string problem = whyNotNoted(job.places);
  if (isJson)
    showJson(found, problem);
  else
    showText(found);
  llvm::outs().flush();
  if (problem.empty())
    return kDone;
  complain("sandboxes that are started here are not noted: " + problem);
  return kFailed;
}

} // namespace srt::command
