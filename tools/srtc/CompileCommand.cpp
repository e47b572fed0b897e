// tools/srtc/CompileCommand.cpp: srtc compile.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <memory>

namespace srtc {

namespace {
struct Compile {
  Common common;
  std::string emit;
  std::string output;
  std::string generator = "own";
  bool isUnverified = false;
};
} // namespace

static srt::Stage stageOf(const Compile &compile) {
  if (!compile.emit.empty())
    return *srt::stageNamed(compile.emit);
  return compile.common.target == "macos" ? srt::Stage::Sbpl
                                          : srt::Stage::Bundle;
}

/// agent.srt becomes agent.srtb here; text goes to standard output.
static std::string outputOf(const Compile &compile) {
  if (!compile.output.empty())
    return compile.output;
  if (stageOf(compile) != srt::Stage::Bundle || compile.common.file == "-")
    return "-";
  return llvm::sys::path::stem(compile.common.file).str() + ".srtb";
}

static Exit run(const Compile &compile) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  srt::CompileOptions options = optionsOf(compile.common);
  options.checks = srt::CheckDepth::Warnings;
  options.verifies = !compile.isUnverified;
  options.generator = *srt::backend::generatorNamed(compile.generator);
  std::optional<srt::FileId> file =
      srt::readInput(sources, compile.common.file, diags);
  std::optional<std::string> bytes;
  if (file)
    bytes = srt::compileTo(stageOf(compile), sources, *file, options, diags);
  // Nothing is written unless everything is fine, and never over the input.
  std::string output = outputOf(compile);
  bool isInput = output != "-" &&
                 llvm::sys::fs::equivalent(compile.common.file, output);
  if (isInput)
    throw CLI::ValidationError("--output", output + " is the input");
  if (bytes && isAcceptable(compile.common, diags))
    srt::writeOutput(output, *bytes, diags);
  return finish(compile.common, sources, diags);
}

void addCompile(CLI::App &app, Exit &exit) {
  auto compile = std::make_shared<Compile>();
  CLI::App *command = app.add_subcommand(
      "compile", "compile a policy into a bundle, or into one of its stages");
  addInput(*command, compile->common);
  addTarget(*command, compile->common);
  command->add_option("-o,--output", compile->output,
                      "file to write; - is standard output");
  command->add_flag("--no-verify", compile->isUnverified,
                    "do not hold the bundle against the policy; for debugging");
  command
      ->add_option("--seccomp-generator", compile->generator,
                   "who makes the seccomp programs; libseccomp's are longer")
      ->check(CLI::IsMember({"own", "libseccomp"}))
      ->capture_default_str();
  command
      ->add_option("--emit", compile->emit,
                   "syntax, ir, plan, sbpl, bpf, landlock or bundle")
      ->check([](const std::string &name) {
        return srt::stageNamed(name)
                   ? std::string()
                   : "must be one of " + llvm::join(srt::stageNames(), ", ");
      });
  command->footer("Examples:\n"
                  "  srtc compile agent.srt                 writes agent.srtb\n"
                  "  srtc compile agent.srt --emit=plan     shows each rule's mechanism\n"
                  "  srtc compile agent.srt --target=macos -o agent.sb\n"
                  "  srtc compile agent.srt -D cache=/var/cache/x -o out.srtb");
  command->callback([compile, &exit] { exit = run(*compile); });
}

} // namespace srtc
