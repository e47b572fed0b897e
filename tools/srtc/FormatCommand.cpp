// tools/srtc/FormatCommand.cpp: srtc fmt.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"
#include "lib/Parse/Format.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct Format {
  Common common;
  bool isCheck = false;
  bool isInPlace = false;
};
} // namespace

/// What becomes of the formatted text.
static Exit deliver(const Format &format, llvm::StringRef before,
                    const std::string &after, srt::DiagnosticEngine &diags) {
  bool isSame = before == after;
  if (format.isCheck) {
    if (!isSame)
      llvm::outs() << format.common.file << ": not in the common layout\n";
    return isSame ? Exit::Ok : Exit::Diagnosed;
  }
  if (format.isInPlace && isSame)
    return Exit::Ok;
  bool isWritten = srt::writeOutput(format.isInPlace ? format.common.file : "-",
                                    after, diags);
  return isWritten ? Exit::Ok : Exit::Diagnosed;
}

static Exit run(const Format &format) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  std::optional<srt::FileId> file =
      srt::readInput(sources, format.common.file, diags);
  std::optional<std::string> text;
  if (file)
    text = srt::formatSrt(sources, *file, diags);
  Exit exit = Exit::Ok;
  if (text)
    exit = deliver(format, sources.text(*file), *text, diags);
  Exit said = finish(format.common, sources, diags);
  return said == Exit::Ok ? exit : said;
}

void addFormat(CLI::App &app, Exit &exit) {
  auto format = std::make_shared<Format>();
  CLI::App *command = app.add_subcommand(
      "fmt", "lay a .srt policy out as all are; comments stay");
  addInput(*command, format->common);
  auto *check = command->add_flag("--check", format->isCheck,
                                  "write nothing; exit 1 if it would change");
  command
      ->add_flag("-i,--in-place", format->isInPlace,
                 "write the result over the file")
      ->excludes(check);
  command->footer("Examples:\n"
                  "  srtc fmt agent.srt               to standard output\n"
                  "  srtc fmt -i agent.srt            in place\n"
                  "  srtc fmt --check agent.srt       for a commit hook");
  command->callback([format, &exit] {
    if (format->isInPlace && format->common.file == "-")
      throw CLI::ValidationError("--in-place", "standard input has no place");
    exit = run(*format);
  });
}

} // namespace srtc
