// tools/srtc/ExplainCommand.cpp: srtc explain.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/EventArguments.h"

#include "lib/Diag/Pages.h"
#include "lib/Driver/Explain.h"
#include "lib/Driver/ExplainEvent.h"
#include "lib/Driver/Files.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct ExplainOptions {
  Common common;
  EventArguments asked;
  bool isJson = false;
};
} // namespace

static Exit explainPlan(const Common &common) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  std::optional<srt::FileId> file =
      srt::readInput(sources, common.file, diags);
  std::optional<srt::ir::Plan> plan;
  if (file)
    plan = srt::compileToPlan(sources, *file, optionsOf(common), diags);
  if (plan)
    srt::explainPlan(llvm::outs(), *plan, sources);
  return finish(common, sources, diags);
}

static Exit explainEvents(const ExplainOptions &options) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  std::optional<srt::FileId> file =
      srt::readInput(sources, options.common.file, diags);
  std::optional<srt::ir::Policy> policy;
  if (file)
    policy = srt::compileToPolicy(sources, *file, optionsOf(options.common), diags);
  if (!policy)
    return finish(options.common, sources, diags);
  srt::sim::Bindings bindings = bindingsOf(*policy, options.asked);
  for (const srt::sim::Event &event : eventsOf(*policy, bindings, options.asked)) {
    srt::EventExplanation found = srt::explainEvent(*policy, bindings, event);
    (options.isJson ? srt::writeExplanationJson
                    : srt::writeExplanation)(llvm::outs(), found, *policy, sources);
  }
  return finish(options.common, sources, diags);
}

static Exit run(const ExplainOptions &options) {
  if (!options.asked.action.empty())
    return explainEvents(options);
  llvm::StringRef page = srt::pageOf(options.common.file);
  if (page.empty())
    return explainPlan(options.common);
  llvm::outs() << page;
  return Exit::Ok;
}

void addExplain(CLI::App &app, Exit &exit) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App *command = app.add_subcommand(
      "explain", "explain a diagnostic, how each rule of a policy is enforced, "
                 "or why an event gets its verdict");
  addInput(*command, options->common);
  command->get_option("FILE")->description(
      "policy file, or the code of a diagnostic such as E2003");
  addTarget(*command, options->common);
  addEventArguments(*command, options->asked, Needed::No);
  command->add_flag("--json", options->isJson,
                    "explain an event as JSON, one object a line");
  command->footer("Examples:\n"
                  "  srtc explain E2003\n"
                  "  srtc explain agent.srt --target=linux-6.12\n"
                  "  srtc explain agent.srt read /etc/shadow\n"
                  "  srtc explain agent.srt connect tcp:registry.example.com:443");
  command->callback([options, &exit] { exit = run(*options); });
}

} // namespace srtc
