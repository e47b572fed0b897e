// tools/srtc/CheckCommand.cpp: srtc check.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

/// Everything that compiling would say, and nothing written.
static bool check(const Common &common, srt::Sources &sources,
                  srt::DiagnosticEngine &diags) {
  std::optional<srt::FileId> file = srt::readInput(sources, common.file, diags);
  if (!file)
    return false;
  auto stage = common.target == "macos" ? srt::Stage::Sbpl : srt::Stage::Bundle;
  return srt::compileTo(stage, sources, *file, optionsOf(common), diags)
      .has_value();
}

static Exit run(const Common &common) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  bool isFine = check(common, sources, diags);
  Exit exit = finish(common, sources, diags);
  if (isFine && exit == Exit::Ok)
    llvm::outs() << common.file << ": fine for " << common.target << '\n';
  return exit;
}

void addCheck(CLI::App &app, Exit &exit) {
  auto common = std::make_shared<Common>();
  CLI::App *command =
      app.add_subcommand("check", "say what compiling would say; write nothing");
  addInput(*command, *common);
  addTarget(*command, *common);
  command->footer("Examples:\n"
                  "  srtc check agent.srt\n"
                  "  srtc check agent.srt --target=linux-6.8 --diagnostics=json");
  command->callback([common, &exit] { exit = run(*common); });
}

} // namespace srtc
