// tools/srtc/TestCommand.cpp: srtc test.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"
#include "lib/Driver/RunTests.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct Test {
  Common common;
  std::vector<std::string> bindings;
  bool isJson = false;
};
} // namespace

static void writePlace(const srt::Sources &sources, srt::SourceRange range) {
  llvm::outs() << sources.name(range.file) << ':' << range.line << ':'
               << range.column;
}

/// Says what decided against the expectation.
static void writeReason(const srt::ir::Policy &policy,
                        const srt::Sources &sources,
                        const srt::TestResult &result) {
  if (!result.found.rule) {
    llvm::outs() << "no rule allows it\n";
    return;
  }
  const srt::ir::Rule &rule = policy.rule(*result.found.rule);
  llvm::outs() << srt::ir::ruleName(*result.found.rule);
  if (rule.origin == srt::ir::Rule::Origin::Implied) {
    llvm::outs() << ", implied\n";
    return;
  }
  llvm::outs() << " at ";
  writePlace(sources, rule.range);
  llvm::outs() << '\n';
}

static void writeText(const srt::ir::Policy &policy, const srt::Sources &sources,
                      const std::vector<srt::TestResult> &results) {
  size_t failed = 0;
  for (const srt::TestResult &result : results) {
    if (result.isMet())
      continue;
    ++failed;
    writePlace(sources, result.range);
    llvm::outs() << ": test \"" << srt::shown(result.test) << "\": expected "
                 << srt::ir::spelling(result.expected) << ", the policy says "
                 << srt::ir::spelling(result.found.effect) << ' '
                 << srt::ir::spelling(result.leaf) << ": ";
    writeReason(policy, sources, result);
  }
  llvm::outs() << results.size() - failed << " passed, " << failed
               << " failed\n";
}

static void writeJson(const srt::Sources &sources,
                      const std::vector<srt::TestResult> &results) {
  for (const srt::TestResult &result : results) {
    llvm::json::OStream json(llvm::outs());
    json.object([&] {
      json.attribute("test", llvm::json::fixUTF8(result.test));
      json.attribute("file", llvm::json::fixUTF8(sources.name(result.range.file)));
      json.attribute("line", result.range.line);
      json.attribute("action", srt::ir::spelling(result.leaf));
      json.attribute("resource", llvm::json::fixUTF8(result.resource));
      json.attribute("expected", srt::ir::spelling(result.expected));
      json.attribute("found", srt::ir::spelling(result.found.effect));
      if (result.found.rule)
        json.attribute("rule", srt::ir::ruleName(*result.found.rule));
    });
    llvm::outs() << '\n';
  }
}

static Exit run(const Test &test) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  srt::CompileOptions options = optionsOf(test.common);
  std::optional<srt::FileId> file =
      srt::readInput(sources, test.common.file, diags);
  std::optional<srt::CheckedPolicy> checked;
  if (file)
    checked = srt::compileToChecked(sources, *file, options, diags);
  if (!checked)
    return finish(test.common, sources, diags);
  srt::sim::Bindings bindings = srt::testBindings(checked->policy);
  bindParams(checked->policy, test.bindings, bindings);
  std::vector<srt::TestResult> results =
      srt::runTests(*checked, bindings, diags);
  if (test.isJson)
    writeJson(sources, results);
  else
    writeText(checked->policy, sources, results);
  Exit exit = finish(test.common, sources, diags);
  bool isMet = llvm::all_of(results, [](const auto &r) { return r.isMet(); });
  return isMet ? exit : Exit::Diagnosed;
}

void addTest(CLI::App &app, Exit &exit) {
  auto test = std::make_shared<Test>();
  CLI::App *command = app.add_subcommand(
      "test", "run the `test` blocks of a policy and of all that it extends");
  addInput(*command, test->common);
  addTarget(*command, test->common);
  command->add_option("--bind", test->bindings,
                      "PARAM=/path: value of a path param")
      ->allow_extra_args(false);
  command->add_flag("--json", test->isJson, "one JSON object a line");
  command->footer("Examples:\n"
                  "  srtc test agent.srt\n"
                  "  srtc test agent.srt --tool npm --bind project=/srv/app\n"
                  "Exit status: 0 all passed, 1 some failed or the policy is wrong.");
  command->callback([test, &exit] { exit = run(*test); });
}

} // namespace srtc
