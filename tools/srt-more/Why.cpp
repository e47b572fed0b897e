// tools/srt-more/Why.cpp: writes explanations of denials.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Why.h"
#include "tools/srt/Request.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Program.h"

namespace srt::command {

namespace {
struct ExplainedRun {
  DeniedRun run;
  std::vector<Advice> advice;
};
} // namespace

static void writeText(llvm::raw_ostream &out, const ExplainedRun &explained) {
  out << "denied while `" << llvm::join(explained.run.words, " ")
               << "` ran:\n";
  for (const Advice &advice : explained.advice) {
    out << "  " << advice.denied.action << ' ' << advice.denied.path;
    if (advice.denied.times > 1)
      out << " (" << advice.denied.times << " times)";
    out << "\n    " << advice.why << '\n';
    if (!advice.statement.empty())
      out << "    would be allowed by: " << advice.statement << '\n';
  }
  if (explained.run.dropped != 0)
    out << "  and " << explained.run.dropped << " more\n";
}

static llvm::json::Value jsonOf(const ExplainedRun &explained) {
  llvm::json::Array denied;
  for (const Advice &advice : explained.advice) {
    llvm::json::Object row{{"action", advice.denied.action},
                           {advice.denied.about == About::Path ? "path" : "endpoint",
                            advice.denied.path},
                           {"call", advice.denied.call},
                           {"times", int64_t(advice.denied.times)},
                           {"why", advice.why}};
    row["rule"] = advice.denied.rule.empty()
                      ? llvm::json::Value(nullptr)
                      : llvm::json::Value(advice.denied.rule);
    row["statement"] = advice.statement.empty()
                           ? llvm::json::Value(nullptr)
                           : llvm::json::Value(advice.statement);
    denied.push_back(std::move(row));
  }
  return llvm::json::Object{{"run", llvm::json::Array(explained.run.words)},
                            {"policy", explained.run.policy},
                            {"denied", std::move(denied)}};
}

static void writeJson(llvm::raw_ostream &out,
                      const std::vector<ExplainedRun> &explained,
                      const std::string &patch) {
  llvm::json::Array runs;
  for (const ExplainedRun &each : explained)
    runs.push_back(jsonOf(each));
  out << llvm::json::Value(llvm::json::Object{
                      {"runs", std::move(runs)}, {"patch", patch}})
               << '\n';
}

/// Writes the commands that put the patch in force. A policy that is named each
/// time needs no agreement, and is named here, too.
static void writeCommands(llvm::raw_ostream &out, const Request &request) {
  out << "srt why --patch";
  if (!request.policy.empty()) {
    out << " --policy ";
    llvm::sys::printArg(out, request.policy, /*Quote=*/false);
  }
  out << " | patch -p1" << (request.policy.empty() ? " && srt trust" : "");
}

static void write(llvm::raw_ostream &out,
                  const std::vector<ExplainedRun> &explained,
                  const std::string &patch, const Request &request,
                  WhyFormat format) {
  switch (format) {
  case WhyFormat::Json:
    writeJson(out, explained, patch);
    return;
  case WhyFormat::Patch:
    out << patch;
    return;
  case WhyFormat::Text:
    for (const ExplainedRun &each : explained)
      writeText(out, each);
    if (patch.empty())
      return;
    out << "\nTo allow all of it, look at this, then: ";
    writeCommands(out, request);
    out << "\n\n" << patch;
    return;
  }
}

int explainRuns(llvm::raw_ostream &out, const std::vector<DeniedRun> &runs,
                const Job &job, WhyFormat format) {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<ir::Policy> policy = readPolicy(job, sources, diags);
  if (!policy) {
    show(sources, diags);
    return kFailed;
  }
  std::vector<ExplainedRun> explained;
  std::vector<Advice> all;
  for (const DeniedRun &run : runs) {
    explained.push_back({run, adviseOn(run.denied, *policy, job)});
    all.insert(all.end(), explained.back().advice.begin(),
               explained.back().advice.end());
  }
  write(out, explained, patchFor(all, job), job.request, format);
  return kDone;
}

} // namespace srt::command
