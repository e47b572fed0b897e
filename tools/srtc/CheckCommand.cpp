// tools/srtc/CheckCommand.cpp: srtc check.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Diag/Verify.h"
#include "lib/Driver/Files.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct Check {
  Common common;
  bool verifies = false;
};
} // namespace

/// Everything that compiling would say, and nothing written.
static bool check(const Common &common, srt::Sources &sources,
                  srt::DiagnosticEngine &diags) {
  std::optional<srt::FileId> file = srt::readInput(sources, common.file, diags);
  if (!file)
    return false;
  srt::Stage stage = srt::stageFor(common.target);
  srt::CompileOptions options = optionsOf(common);
  options.checks = srt::CheckDepth::Remarks;
  return srt::compileTo(stage, sources, *file, options, diags).has_value();
}

static Exit run(const Check &options) {
  const Common &common = options.common;
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  bool isFine = check(common, sources, diags);
  if (options.verifies)
    return srt::verifyExpectations(llvm::errs(), sources, diags)
               ? Exit::Ok
               : Exit::Diagnosed;
  Exit exit = finish(common, sources, diags);
  if (isFine && exit == Exit::Ok)
    llvm::outs() << common.file << ": fine for " << common.target << '\n';
  return exit;
}

void addCheck(CLI::App &app, Exit &exit) {
  auto check = std::make_shared<Check>();
  CLI::App *command =
      app.add_subcommand("check", "say what compiling would say; write nothing");
  addInput(*command, check->common);
  addTarget(*command, check->common);
  command->add_flag("--verify", check->verifies,
                    "print only how the diagnostics differ from the comments "
                    "`// expected-error {{text}}` and the like");
  command->footer("Examples:\n"
                  "  srtc check agent.srt\n"
                  "  srtc check agent.srt --target=linux-6.8 --diagnostics=json\n"
                  "  srtc check test/agent-errors.srt --verify");
  command->callback([check, command, &exit] {
    // Not excludes(): its words would change the help of both options.
    for (const char *other : {"--werror", "--diagnostics"})
      if (check->verifies && command->count(other) > 0)
        throw CLI::ValidationError("--verify",
                                   std::string("excludes ") + other);
    exit = run(*check);
  });
}

} // namespace srtc
