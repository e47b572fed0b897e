// tools/srtc/DiffCommand.cpp: srtc diff.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Diff.h"
#include "lib/Driver/Files.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct DiffOptions {
  Common common; // `file` is the old policy
  std::string after;
  std::string format = "text";
};
} // namespace

static srt::DiffFormat formatNamed(llvm::StringRef name) {
  if (name == "markdown")
    return srt::DiffFormat::Markdown;
  if (name == "json")
    return srt::DiffFormat::Json;
  return name == "sarif" ? srt::DiffFormat::Sarif : srt::DiffFormat::Text;
}

static std::optional<srt::ir::Policy>
policyIn(const std::string &name, const srt::CompileOptions &options,
         srt::Sources &sources, srt::DiagnosticEngine &diags) {
  std::optional<srt::FileId> file = srt::readInput(sources, name, diags);
  if (!file)
    return std::nullopt;
  return srt::compileToPolicy(sources, *file, options, diags);
}

static Exit statusOf(const srt::Diff &diff) {
  if (diff.isWidened && diff.isNarrowed)
    return Exit::WidenedAndNarrowed;
  if (diff.isWidened)
    return Exit::Widened;
  return diff.isNarrowed ? Exit::Narrowed : Exit::Ok;
}

static Exit run(const DiffOptions &options) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  srt::CompileOptions compiling = optionsOf(options.common);
  auto before = policyIn(options.common.file, compiling, sources, diags);
  auto after = policyIn(options.after, compiling, sources, diags);
  if (!before || !after)
    return finish(options.common, sources, diags);
  srt::Diff diff = srt::diffOf(*before, *after);
  if (diff.isIncomplete)
    diags.report({}, srt::diag::CompareGivenUp);
  srt::writeDiff(llvm::outs(), diff, formatNamed(options.format), sources);
  Exit found = finish(options.common, sources, diags);
  return found == Exit::Ok ? statusOf(diff) : found;
}

void addDiff(CLI::App &app, Exit &exit) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App *command = app.add_subcommand(
      "diff", "say what one policy decides otherwise than another");
  addInput(*command, options->common);
  command->get_option("FILE")->description("the old policy");
  command->add_option("NEW", options->after, "the new policy")->required();
  command
      ->add_option("--format", options->format, "text, markdown, json or sarif")
      ->check(CLI::IsMember({"text", "markdown", "json", "sarif"}))
      ->capture_default_str();
  command->footer(
      "Meanings are compared, not texts: what may a program do now that it could\n"
      "not, and the other way round, whatever the params turn out to be.\n"
      "Examples:\n"
      "  srtc diff old.srt new.srt\n"
      "  srtc diff --format=markdown old.yaml new.yaml\n"
      "Exit status: 0 equal, 5 narrowed, 6 widened, 7 both, 1 a policy is wrong.");
  command->callback([options, &exit] { exit = run(*options); });
}

} // namespace srtc
