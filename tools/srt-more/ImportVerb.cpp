// tools/srt-more/ImportVerb.cpp: srt import, as srtc has it.
// SPDX-License-Identifier: Apache-2.0
#include "tools/import/Import.h"
#include "tools/srt-more/Verb.h"

namespace srt::command {

int runImportVerb(const Job &job) {
  std::string format, file, output = "-";
  CLI::App app("write a policy from the settings of another tool", "srt import");
  app.add_option("FILE", file, "- reads standard input")->required();
  app.add_option("--from", format, "what kind of file it is")
      ->required()
      ->check(CLI::IsMember(import::formatNames()));
  app.add_option("-o,--output", output, "file to write; - is standard output");
  app.footer("Examples:\n"
             "  srt import --from=srt-settings ~/.srt-settings.json -o mine.srt\n"
             "  srt import --from=claude-code .claude/settings.json\n\n"
             "Exit status: 0 written, 1 something is wrong with the file, 2 usage.");
  parseWords(app, job);
  return import::runImport("srt", format, file, output);
}

} // namespace srt::command
