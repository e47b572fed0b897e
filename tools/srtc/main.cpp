// tools/srtc/main.cpp: the policy compiler's command line.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/EventArguments.h"

#include "lib/Backend/Engine.h"
#include "lib/Support/Heap.h"
#include "tools/manual/Command.h"
#include "tools/manual/Version.h"

#include <csignal>

/// Values of options that CLI11 is told a check for, and no list.
static srt::manual::Choices choices() {
  auto texts = [](llvm::ArrayRef<llvm::StringRef> names) {
    return std::vector<std::string>(names.begin(), names.end());
  };
  std::vector<std::string> targets = texts(srt::kernel::targetNames());
  for (llvm::StringRef engine : srt::backend::engineNames())
    targets.push_back(engine.str());
  return {{"--target", targets},
          {"--emit", texts(srt::stageNames())}};
}

int main(int argc, char **argv) {
  srt::preferLargePages();
  CLI::App app("srtc: checks policies and compiles them for the kernel to "
               "enforce.");
  app.set_version_flag("--version", srt::manual::versionText("srtc"));
  app.require_subcommand(1);
  app.footer("Exit status: 0 done, 1 an input was found wanting, 2 usage,\n"
             "             3 and 4 verdicts of `srtc query` (deny, ask),\n"
             "             5 to 7 of `srtc diff` (narrowed, widened, both).\n"
             "Example: srtc compile examples/agent.srt -o agent.srtb");
  srtc::Exit exit = srtc::Exit::Ok;
  srtc::addCompile(app, exit);
  srtc::addCheck(app, exit);
  srtc::addExplain(app, exit);
  srtc::addQuery(app, exit);
  srtc::addTest(app, exit);
  srtc::addFormat(app, exit);
  srtc::addDiff(app, exit);
  srtc::addMatrix(app, exit);
  srtc::addReport(app, exit);
  srtc::addImport(app, exit);
  if (srt::manual::generate(srt::manual::commandOf(app, "srtc", choices()),
                            argc, argv))
    return int(srtc::Exit::Ok);
  // A file size limit is an error of write(2) like any other, to be reported
  // and cleaned up after.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    srtc::spellMakeOptions(arguments);
    srtc::separateCommand(app, arguments);
    std::vector<const char *> words{argv[0]};
    for (const std::string &argument : arguments)
      words.push_back(argument.c_str());
    app.parse(int(words.size()), words.data());
  } catch (const CLI::ParseError &error) {
    exit = app.exit(error) == 0 ? srtc::Exit::Ok : srtc::Exit::Usage;
  }
  return int(srtc::isOutputWritten() ? exit : srtc::Exit::Diagnosed);
}
