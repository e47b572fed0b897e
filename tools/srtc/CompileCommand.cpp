// tools/srtc/CompileCommand.cpp: srtc compile.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Depfile.h"
#include "lib/Driver/Files.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <memory>

namespace srtc {

namespace {
/// What was asked for of a depfile.
struct Depfile {
  bool isWanted = false;
  std::string file; // empty: beside the output
  std::vector<std::string> targets;
  bool isPhony = false;
};
struct Compile {
  Common common;
  Depfile depfile;
  std::string emit;
  std::string output;
  std::string generator = "own";
  bool isUnverified = false;
};
} // namespace

static srt::Stage stageOf(const Compile &compile) {
  if (!compile.emit.empty())
    return *srt::stageNamed(compile.emit);
  return srt::stageFor(compile.common.target);
}

/// agent.srt becomes agent.srtb here; text goes to standard output.
static std::string outputOf(const Compile &compile) {
  if (!compile.output.empty())
    return compile.output;
  if (stageOf(compile) != srt::Stage::Bundle || compile.common.file == "-")
    return "-";
  return llvm::sys::path::stem(compile.common.file).str() + ".srtb";
}

/// agent.srtb has agent.d beside it, as cc1's -MD would name it.
static std::string depfileOf(const Compile &compile,
                             const std::string &output) {
  if (!compile.depfile.file.empty())
    return compile.depfile.file;
  if (output == "-")
    throw CLI::ValidationError("-MD", "wants -MF FILE, for the output has no "
                                      "name");
  llvm::SmallString<128> name(output);
  llvm::sys::path::replace_extension(name, ".d");
  return name.str().str();
}

/// Writes the depfile. It comes before the output: after a kill between the
/// two, a build finds the output too old, and never without what it needs.
static bool writeDepfile(const Compile &compile, const std::string &output,
                         llvm::ArrayRef<std::string> files,
                         srt::DiagnosticEngine &diags) {
  std::string file = depfileOf(compile, output);
  std::vector<std::string> targets = compile.depfile.targets;
  if (targets.empty())
    targets.push_back(output);
  auto phony =
      compile.depfile.isPhony ? srt::PhonyRules::Yes : srt::PhonyRules::No;
  std::string problem;
  std::optional<std::string> text =
      srt::depfileText(targets, files, phony, problem);
  if (!text)
    srt::reportUnwritten(file, problem, diags);
  return text && srt::writeOutput(file, *text, diags);
}

/// Throws if one file would be two things.
static void checkOutputs(const Compile &compile, const std::string &output) {
  auto isSame = [](const std::string &one, const std::string &other) {
    return one != "-" && (one == other || llvm::sys::fs::equivalent(one, other));
  };
  if (isSame(output, compile.common.file))
    throw CLI::ValidationError("--output", output + " is the input");
  if (!compile.depfile.isWanted)
    return;
  std::string depfile = depfileOf(compile, output);
  if (isSame(depfile, compile.common.file) || isSame(depfile, output))
    throw CLI::ValidationError("-MF", depfile + " is the input or the output");
  if (output == "-" && compile.depfile.targets.empty())
    throw CLI::ValidationError("-MD", "wants -MT NAME, for the output has no "
                                      "name");
}

static Exit run(const Compile &compile) {
  // Nothing is written over the input.
  std::string output = outputOf(compile);
  checkOutputs(compile, output);

  srt::Sources sources;
  srt::DiagnosticEngine diags;
  srt::CompileOptions options = optionsOf(compile.common);
  std::vector<std::string> files; // what was read, the policy first
  if (compile.common.file != "-")
    files.push_back(compile.common.file);
  options.imports = &files;
  options.checks = srt::CheckDepth::Warnings;
  options.verifies = !compile.isUnverified;
  options.generator = *srt::backend::generatorNamed(compile.generator);
  std::optional<srt::FileId> file =
      srt::readInput(sources, compile.common.file, diags);
  std::optional<std::string> bytes;
  if (file)
    bytes = srt::compileTo(stageOf(compile), sources, *file, options, diags);
  // Nothing is written unless everything is fine.
  bool isFine = bytes && isAcceptable(compile.common, diags);
  if (isFine && compile.depfile.isWanted)
    isFine = writeDepfile(compile, output, files, diags);
  if (isFine)
    srt::writeOutput(output, *bytes, diags);
  return finish(compile.common, sources, diags);
}

void spellMakeOptions(std::vector<std::string> &arguments) {
  if (arguments.empty() || arguments[0] != "compile")
    return;
  // `-MF FILE` and `-MFFILE` both, as cc1 takes them.
  constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kValued[] = {
      {"-MF", "--depfile"}, {"-MT", "--depfile-target"}};
  for (std::string &word : arguments) {
    llvm::StringRef seen = word;
    if (seen == "--")
      return;
    if (seen == "-MD" || seen == "-MP")
      word = seen == "-MD" ? "--write-depfile" : "--depfile-phony";
    for (auto [shorter, longer] : kValued)
      if (llvm::StringRef(word).starts_with(shorter)) {
        llvm::StringRef value = seen.drop_front(shorter.size());
        word = value.empty() ? longer.str() : (longer + "=" + value).str();
        break;
      }
  }
}

static void addDepfile(CLI::App &command, Depfile &depfile) {
  command.add_flag("--write-depfile", depfile.isWanted,
                   "-MD: also write which files the output was made from, for "
                   "Make and Ninja");
  command
      .add_option("--depfile", depfile.file,
                  "-MF FILE: where to write that (default: beside the output, "
                  "ending in .d); implies -MD")
      ->each([&](const std::string &) { depfile.isWanted = true; });
  command
      .add_option("--depfile-target", depfile.targets,
                  "-MT NAME: what the build calls the output (default: as -o "
                  "does); may be repeated")
      ->allow_extra_args(false);
  command.add_flag("--depfile-phony", depfile.isPhony,
                   "-MP: let Make go on when an import is gone");
}

void addCompile(CLI::App &app, Exit &exit) {
  auto compile = std::make_shared<Compile>();
  CLI::App *command = app.add_subcommand(
      "compile", "compile a policy into a bundle, or into one of its stages");
  addInput(*command, compile->common);
  addTarget(*command, compile->common);
  command->add_option("-o,--output", compile->output,
                      "file to write; - is standard output");
  addDepfile(*command, compile->depfile);
  command->add_flag("--no-verify", compile->isUnverified,
                    "do not hold the bundle against the policy; for debugging");
  command
      ->add_option("--seccomp-generator", compile->generator,
                   "who makes the seccomp programs; libseccomp's are longer")
      ->check(CLI::IsMember({"own", "libseccomp"}))
      ->capture_default_str();
  command
      ->add_option("--emit", compile->emit,
                   "syntax, ir, plan, sbpl, bpf, landlock, bundle or engine")
      ->check([](const std::string &name) {
        return srt::stageNamed(name)
                   ? std::string()
                   : "must be one of " + llvm::join(srt::stageNames(), ", ");
      });
  command->footer("Examples:\n"
                  "  srtc compile agent.srt                 writes agent.srtb\n"
                  "  srtc compile agent.srt --emit=plan     shows each rule's mechanism\n"
                  "  srtc compile agent.srt --target=macos -o agent.sb\n"
                  "  srtc compile agent.srt --target=systemd -o 50-srt.conf\n"
                  "  srtc compile agent.srt -D cache=/var/cache/x -o out.srtb\n"
                  "  srtc compile agent.srt -o out.srtb -MD -MF out.d");
  command->callback([compile, &exit] { exit = run(*compile); });
}

} // namespace srtc
