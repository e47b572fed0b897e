// tools/srt-lsp/main.cpp: the language server for editors, over stdio.
// SPDX-License-Identifier: Apache-2.0
//
// Exit status: 0 after a `shutdown`, 1 if the input ended without one, 2 wrong
// usage.
#include "lib/Lsp/Server.h"
#include "tools/manual/Command.h"
#include "tools/manual/Version.h"

#include <CLI/CLI.hpp>

#include <unistd.h>

static constexpr const char *kFooter =
    R"(Editors start it; docs/Editors.md says how. By hand:
  printf 'Content-Length: 58\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}' | srt-lsp

Exit status: 0 after a `shutdown`; 1 the input ended without one; 2 wrong
usage.)";

int main(int argc, char **argv) {
  CLI::App app("srt-lsp: the language server for policies, over standard "
               "input and output.");
  app.set_version_flag("--version", srt::manual::versionText("srt-lsp"));
  app.footer(kFooter);
  srt::CompileOptions options;
  srt::lsp::Bounds bounds;
  unsigned seconds = unsigned(bounds.limit.count());
  bool isStdio = false;
  app.add_option("--target", options.target, "what policies are checked for")
      ->capture_default_str();
  app.add_option("--std", options.stdFolder,
                 "directory that `import \"std/...\"` looks in");
  app.add_option("--time-limit", seconds, "seconds for one answer, 1 to 600")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  app.add_flag("--stdio", isStdio, "what it does anyway; editors say it");
  if (srt::manual::generate(srt::manual::commandOf(app, "srt-lsp", {}), argc,
                            argv))
    return 0;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  bounds.limit = std::chrono::seconds(seconds);
  int status = srt::lsp::Server(options, bounds, llvm::outs()).serve(STDIN_FILENO);
  // LLVM ends the program over an error that nobody cleared: the editor is gone.
  llvm::outs().clear_error();
  return status;
}
