// tools/srt-opt/main.cpp: reads IR text, runs passes over it, prints it.
// SPDX-License-Identifier: Apache-2.0
//
// Plan text is read, verified and printed; passes work on policies alone. Exit
// status: 0 done, 1 something was reported, 2 wrong usage. Nothing is printed
// to standard output unless all went well.
#include "lib/Diag/Render.h"
#include "lib/IR/PlanPrint.h"
#include "lib/IR/PlanRead.h"
#include "lib/IR/PlanRoundTrip.h"
#include "lib/IR/PlanVerify.h"
#include "lib/IR/Print.h"
#include "lib/IR/Read.h"
#include "lib/IR/RoundTrip.h"
#include "lib/IR/Verify.h"
#include "lib/Transforms/Pass.h"
#include "tools/manual/Command.h"
#include "tools/manual/Version.h"

#include "llvm/Support/MemoryBuffer.h"

#include <CLI/CLI.hpp>

#include <cstdlib>

using namespace srt;

namespace {
struct Options {
  std::string file;
  std::vector<std::string> passes;
  ir::Locations locations = ir::Locations::Off;
  bool verifiesRoundTrip = false;
};
} // namespace

/// Returns the file's text as a new source, or reports E4001.
static std::optional<FileId> load(const std::string &file, Sources &sources,
                                  DiagnosticEngine &diags) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(file);
  if (!buffer) {
    diags.report({}, diag::CannotRead, file, buffer.getError().message());
    return std::nullopt;
  }
  return sources.add(file == "-" ? "<stdin>" : file,
                     (*buffer)->getBuffer().str());
}

/// Reports E4008.
static bool reportBug(SourceRange range, const std::string &why,
                      DiagnosticEngine &diags) {
  diags.report(range, diag::Internal, why);
  return false;
}

/// Holds the policy against its text, if asked to.
static bool roundTrips(const Options &options, const ir::Policy &policy,
                       const Sources &sources, DiagnosticEngine &diags) {
  std::string why;
  return !options.verifiesRoundTrip || ir::roundTrips(policy, sources, why) ||
         reportBug(policy.range, why, diags);
}

/// Reads, runs the passes and returns the policy, or nothing after an error.
static std::optional<ir::Policy> optimised(const Options &options, FileId file,
                                           Sources &sources,
                                           DiagnosticEngine &diags) {
  auto policy = ir::readPolicy(sources, file, diags);
  if (!policy || !ir::verifyOrReport(*policy, diags) ||
      !roundTrips(options, *policy, sources, diags))
    return std::nullopt;
  for (const std::string &pass : options.passes)
    if (!transforms::runPass(pass, *policy, diags) ||
        !ir::verifyOrReport(*policy, diags) ||
        !roundTrips(options, *policy, sources, diags))
      return std::nullopt;
  return diags.errors() == 0 ? std::move(policy) : std::nullopt;
}

static bool printOptimised(const Options &options, FileId file,
                           Sources &sources, DiagnosticEngine &diags) {
  auto policy = optimised(options, file, sources, diags);
  if (policy)
    ir::print(llvm::outs(), *policy, sources, options.locations);
  return policy.has_value();
}

/// Reads, verifies and prints plan text.
static bool printPlanAgain(const Options &options, FileId file,
                           Sources &sources, DiagnosticEngine &diags) {
  auto plan = ir::readPlan(sources, file, diags);
  if (!plan || !ir::verifyPlanOrReport(*plan, diags))
    return false;
  std::string why;
  if (options.verifiesRoundTrip && !ir::planRoundTrips(*plan, sources, why))
    return reportBug(plan->policy.range, why, diags);
  ir::printPlan(llvm::outs(), *plan, sources, options.locations);
  return true;
}

/// Returns the exit status.
static int run(const Options &options) {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<FileId> file = load(options.file, sources, diags);
  bool isPlan = file && ir::looksLikePlan(sources.text(*file));
  if (isPlan && !options.passes.empty()) {
    llvm::errs() << "srt-opt: --pass works on a policy; `" << options.file
                 << "` holds a plan\n";
    return 2;
  }
  auto print = isPlan ? printPlanAgain : printOptimised;
  bool isDone = file && print(options, *file, sources, diags);
  renderText(llvm::errs(), sources, diags, Colours::Off);
  return isDone ? 0 : 1;
}

int main(int argc, char **argv) {
  CLI::App app(
      "Runs passes over the IR text of a policy, or checks the text of a plan.",
      "srt-opt");
  Options options;
  bool printsLocations = false;
  app.add_option("file", options.file,
                 "IR text (.srtir) or plan text (.srtplan), or - for stdin")
      ->required();
  app.add_option("--pass", options.passes, "Run this pass; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_flag("--locations", printsLocations,
               "Print where each part was written");
  app.add_flag("--verify-roundtrip", options.verifiesRoundTrip,
               "Print, read back and compare (also with SRT_ROUNDTRIP=1)");
  app.set_version_flag("--version", manual::versionText("srt-opt"));
  if (manual::generate(manual::commandOf(app, "srt-opt", {}), argc, argv))
    return 0;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options.locations = printsLocations ? ir::Locations::On : ir::Locations::Off;
  const char *always = std::getenv("SRT_ROUNDTRIP");
  options.verifiesRoundTrip |= always && llvm::StringRef(always) == "1";
  return run(options);
}
