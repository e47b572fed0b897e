// tools/srt-sim/main.cpp: holds policy, IR and bundle against verdict tables.
// SPDX-License-Identifier: Apache-2.0
//
// Exit status: 0 all agree, 1 something disagrees or was reported, 2 wrong
// usage.
#include "tools/srt-sim/FilterTable.h"
#include "tools/srt-sim/RandomRun.h"

#include "lib/Diag/Render.h"
#include "lib/Driver/Files.h"
#include "lib/Sim/DeriveEvents.h"
#include "tools/manual/Command.h"
#include "tools/manual/Version.h"

#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

using namespace srt;
using namespace srt::sim;

namespace {
struct Options {
  CaseOptions making;
  std::string file;
  std::vector<std::string> evaluators;
  Format format = Format::Text;
  bool enumerates = false;
  bool isFilter = false;
  uint64_t random = 0;
  uint64_t seed = 1;
};

class Session {
public:
  explicit Session(const Options &options) : options(options) {}
  int run();

private:
  bool runTable(FileId file);
  bool runPolicy(FileId file);
  bool runFilter(FileId file);
  std::optional<Case> make(FileId file, const VerdictTable &table,
                           MissingValues missing);
  size_t enumerate(const Case &asked);

  const Options &options;
  Sources sources;
  DiagnosticEngine diags;
};
} // namespace

std::optional<Case> Session::make(FileId file, const VerdictTable &table,
                                  MissingValues missing) {
  // The same name and the same lines, so that places stay what they were.
  FileId policy =
      sources.add(sources.name(file),
                  sources.text(file).take_front(table.policySize).str());
  CaseInput input;
  input.file = policy;
  input.searchPath = table.searchPath.value_or(Bindings().searchPath);
  input.range = sources.range(file, table.policySize, table.policySize);
  for (const Binding &binding : table.bindings) {
    input.values.emplace(binding.name, binding.value);
    input.range = binding.range;
  }
  return makeCase(sources, input, missing, options.making, diags);
}

size_t Session::enumerate(const Case &asked) {
  DerivedCounts counts;
  std::vector<Event> events =
      deriveEvents(asked.policy->policy, asked.policy->bindings);
  std::vector<Disagreement> found = compareEvents(events, asked, counts);
  report(found, options.file, options.format);
  std::vector<Disagreement> strange = compareStrangers(asked, counts);
  report(strange, options.file, options.format);
  size_t sum = found.size() + strange.size();
  summarise(counts, asked, sum, options.format);
  return sum;
}

/// Returns true if all is well.
bool Session::runTable(FileId file) {
  std::optional<VerdictTable> table = readTable(sources, file, diags);
  auto asked =
      table ? make(file, *table, MissingValues::AreErrors) : std::nullopt;
  if (!asked)
    return false;
  std::vector<Disagreement> found = compareRows(*table, *asked);
  report(found, options.file, options.format);
  summarise("rows", table->rows.size(), options.making.evaluators.size(),
            found.size(), options.format);
  size_t derived = options.enumerates ? enumerate(*asked) : 0;
  return found.empty() && derived == 0;
}

/// A policy without a table: derived events only.
bool Session::runPolicy(FileId file) {
  VerdictTable none;
  none.policySize = sources.text(file).size();
  auto asked = make(file, none, MissingValues::AreInvented);
  return asked && enumerate(*asked) == 0;
}

bool Session::runFilter(FileId file) {
  std::optional<size_t> disagreements = runFilterTable(sources, file, diags);
  if (!disagreements)
    return false;
  llvm::outs() << (*disagreements == 0 ? "agree\n" : "");
  return *disagreements == 0;
}

int Session::run() {
  if (options.random != 0)
    return runRandom(options.random, options.seed, options.making,
                     options.format) != 0;
  std::optional<FileId> file = readInput(sources, options.file, diags);
  bool isPolicy = llvm::StringRef(options.file).ends_with(".srt");
  bool isFine = file && (options.isFilter ? runFilter(*file)
                         : isPolicy       ? runPolicy(*file)
                                          : runTable(*file));
  // Warnings are for srtc to say; here they would drown what is compared.
  if (diags.errors() != 0 && options.format == Format::Json)
    renderJson(llvm::errs(), sources, diags);
  else if (diags.errors() != 0)
    renderText(llvm::errs(), sources, diags, Colours::Off);
  return isFine && diags.errors() == 0 ? 0 : 1;
}

/// Adds the flags; the booleans and lists are read after parsing.
static void addOptions(CLI::App &app, Options &options, bool &isJson) {
  app.add_option("file", options.file,
                 "Verdict table; or a policy (.srt), which is enumerated");
  app.add_option("--evaluators", options.evaluators,
                 "Whom to ask: policy, ir, bundle (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"policy", "ir", "bundle"}));
  app.add_flag(
         "--all", [](int64_t) {}, "Ask all evaluators (the default)")
      ->excludes("--evaluators");
  app.add_option("--bundle", options.making.bundleFile,
                 "Ask this bundle instead of compiling one");
  app.add_option("--ir", options.making.irFile,
                 "Ask this IR text instead of running the passes");
  app.add_option("--target", options.making.target, "Target to compile for");
  app.add_flag("--enumerate", options.enumerates,
               "Ask about events made from the policy's own words too");
  app.add_option("--random", options.random,
                 "Compare the forms of this many random policies");
  app.add_option("--seed", options.seed, "First seed for --random");
  app.add_flag("--filter", options.isFilter,
               "The file is a table of BPF instructions and runs");
  app.add_flag("--json", isJson, "Print JSON, one object a line");
}

static void chooseEvaluators(Options &options) {
  if (options.evaluators.empty())
    return;
  options.making.evaluators.clear();
  for (Evaluator evaluator :
       {Evaluator::Policy, Evaluator::Ir, Evaluator::Bundle})
    for (const std::string &name : options.evaluators)
      if (name == spelling(evaluator))
        options.making.evaluators.insert(evaluator);
  // The others are always held against it.
  options.making.evaluators.insert(Evaluator::Policy);
}

int main(int argc, char **argv) {
  CLI::App app("Asks a policy, its IR and its bundle what they say to events.",
               "srt-sim");
  Options options;
  bool isJson = false;
  addOptions(app, options, isJson);
  app.set_version_flag("--version", manual::versionText("srt-sim"));
  if (manual::generate(manual::commandOf(app, "srt-sim", {}), argc, argv))
    return 0;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (options.file.empty() && options.random == 0) {
    llvm::errs() << "srt-sim: no file, and no --random\n";
    return 2;
  }
  options.format = isJson ? Format::Json : Format::Text;
  chooseEvaluators(options);
  return Session(options).run();
}
