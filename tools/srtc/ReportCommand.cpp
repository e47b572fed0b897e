// tools/srtc/ReportCommand.cpp: srtc report.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"
#include "lib/Report/Report.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct ReportOptions {
  Common common;
  std::string against;
  std::string output = "-";
};
} // namespace

/// The page, unless something about the policies is wrong.
static std::optional<std::string> pageOf(const ReportOptions &options,
                                         srt::Sources &sources,
                                         srt::DiagnosticEngine &diags) {
  std::optional<srt::FileId> file =
      srt::readInput(sources, options.common.file, diags);
  std::optional<srt::FileId> against;
  if (file && !options.against.empty())
    against = srt::readInput(sources, options.against, diags);
  if (!file || (!options.against.empty() && !against))
    return std::nullopt;
  return srt::reportOf(sources, *file, against, optionsOf(options.common),
                       diags);
}

static Exit run(const ReportOptions &options) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  std::optional<std::string> page = pageOf(options, sources, diags);
  if (page && isAcceptable(options.common, diags))
    srt::writeOutput(options.output, *page, diags);
  return finish(options.common, sources, diags);
}

void addReport(CLI::App &app, Exit &exit) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App *command = app.add_subcommand(
      "report", "show a policy as a page of HTML, for people to look at");
  addInput(*command, options->common);
  addTarget(*command, options->common);
  command->add_option("--against", options->against,
                      "OLD: also show what it decides otherwise than that policy");
  command
      ->add_option("-o,--output", options->output,
                   "file to write; - is standard output")
      ->capture_default_str();
  command->footer(
      "One file that needs nothing else: what may be done to which place, by\n"
      "which rule, and how each rule is enforced. What the target cannot enforce\n"
      "is told in it.\n"
      "Examples:\n"
      "  srtc report agent.srt -o agent.html\n"
      "  srtc report new.srt --against old.srt -o review.html\n"
      "  srtc report agent.srt --target=linux-6.1 > agent.html\n"
      "Exit status: 0 written, 1 a policy does not read, 2 usage.");
  command->callback([options, &exit] { exit = run(*options); });
}

} // namespace srtc
