// tools/srtc/MatrixCommand.cpp: srtc matrix.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"
#include "lib/Driver/Matrix.h"

#include <memory>

namespace srtc {

namespace {
struct MatrixOptions {
  Common common;
  bool isJson = false;
};
} // namespace

static Exit run(const MatrixOptions &options) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  std::optional<srt::FileId> file =
      srt::readInput(sources, options.common.file, diags);
  std::optional<srt::Matrix> matrix;
  if (file)
    matrix = srt::matrixOf(sources, *file, optionsOf(options.common), diags);
  if (matrix && options.isJson)
    srt::writeMatrixJson(llvm::outs(), *matrix, sources);
  else if (matrix)
    srt::writeMatrix(llvm::outs(), *matrix);
  return finish(options.common, sources, diags);
}

void addMatrix(CLI::App &app, Exit &exit) {
  auto options = std::make_shared<MatrixOptions>();
  CLI::App *command = app.add_subcommand(
      "matrix", "show what becomes of each rule on each target");
  addInput(*command, options->common);
  command->add_flag("--json", options->isJson, "one object a line");
  command->footer(
      "Each rule is exact, narrower than written, or refused; `carried` leaves\n"
      "open which of the first two; - means that it is not for that system.\n"
      "`since` is the oldest Linux that takes it, `cost`\n"
      "what it slows down while the command runs.\n"
      "Examples:\n"
      "  srtc matrix agent.srt\n"
      "  srtc matrix agent.srt --json");
  command->callback([options, &exit] { exit = run(*options); });
}

} // namespace srtc
