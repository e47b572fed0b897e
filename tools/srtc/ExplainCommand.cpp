// tools/srtc/ExplainCommand.cpp: srtc explain.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Diag/Pages.h"
#include "lib/Driver/Explain.h"
#include "lib/Driver/Files.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

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

static Exit run(const Common &common) {
  llvm::StringRef page = srt::pageOf(common.file);
  if (page.empty())
    return explainPlan(common);
  llvm::outs() << page;
  return Exit::Ok;
}

void addExplain(CLI::App &app, Exit &exit) {
  auto common = std::make_shared<Common>();
  CLI::App *command = app.add_subcommand(
      "explain", "explain a diagnostic, or how each rule of a policy is enforced");
  addInput(*command, *common);
  command->get_option("FILE")->description(
      "policy file, or the code of a diagnostic such as E2003");
  addTarget(*command, *common);
  command->footer("Examples:\n"
                  "  srtc explain E2003\n"
                  "  srtc explain agent.srt --target=linux-6.12");
  command->callback([common, &exit] { exit = run(*common); });
}

} // namespace srtc
