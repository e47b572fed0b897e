// tools/srtc/ImportCommand.cpp: srtc import.
// SPDX-License-Identifier: Apache-2.0
#include "tools/import/Import.h"
#include "tools/srtc/Command.h"

#include <memory>

namespace srtc {

namespace {
struct ImportOptions {
  std::string format, file;
  std::string output = "-";
};
} // namespace

void addImport(CLI::App &app, Exit &exit) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App *command = app.add_subcommand(
      "import", "write a policy from the settings of another tool");
  command->add_option("FILE", options->file, "- reads standard input")->required();
  command->add_option("--from", options->format, "what kind of file it is")
      ->required()
      ->check(CLI::IsMember(srt::import::formatNames()));
  command->add_option("-o,--output", options->output,
                      "file to write; - is standard output");
  command->footer("Examples:\n"
                  "  srtc import --from=srt-settings ~/.srt-settings.json -o mine.srt\n"
                  "  srtc import --from=claude-code .claude/settings.json\n"
                  "  srtc import --from=apparmor /etc/apparmor.d/usr.bin.man\n"
                  "  srtc import --from=oci-seccomp default.json");
  command->callback([options, &exit] {
    exit = srt::import::runImport("srtc", options->format, options->file,
                                  options->output) == 0
               ? Exit::Ok
               : Exit::Diagnosed;
  });
}

} // namespace srtc
