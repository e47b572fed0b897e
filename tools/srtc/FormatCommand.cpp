// tools/srtc/FormatCommand.cpp: srtc fmt.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"
#include "lib/Parse/Format.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct Format {
  Common common;
  std::vector<std::string> files;
  bool isCheck = false;
  bool isInPlace = false;
};

/// A file that could be laid out.
struct Formatted {
  std::string path;
  llvm::StringRef before; // owned by the sources
  std::string after;

  bool isSame() const { return before == after; }
};
} // namespace

static std::vector<Formatted> formatAll(const Format &format,
                                        srt::Sources &sources,
                                        srt::DiagnosticEngine &diags) {
  std::vector<Formatted> done;
  for (const std::string &path : format.files) {
    std::optional<srt::FileId> file = srt::readInput(sources, path, diags);
    std::optional<std::string> text;
    if (file)
      text = srt::formatSrt(sources, *file, diags);
    if (text)
      done.push_back({path, sources.text(*file), std::move(*text)});
  }
  return done;
}

/// What becomes of the texts: files that could not be read do not keep others
/// from being written in place, but nothing else is written by halves.
static Exit deliver(const Format &format, const std::vector<Formatted> &done,
                    srt::DiagnosticEngine &diags) {
  if (format.isCheck) {
    for (const Formatted &each : done)
      if (!each.isSame())
        llvm::outs() << each.path << ": not in the common layout\n";
    bool isFine = llvm::all_of(done, [](const auto &f) { return f.isSame(); });
    return isFine ? Exit::Ok : Exit::Diagnosed;
  }
  bool isWritten = true;
  if (format.isInPlace) {
    for (const Formatted &each : done)
      if (!each.isSame())
        isWritten &= srt::writeOutput(each.path, each.after, diags);
  } else if (diags.errors() == 0) {
    std::string whole;
    for (const Formatted &each : done)
      whole += each.after;
    isWritten = srt::writeOutput("-", whole, diags);
  }
  return isWritten ? Exit::Ok : Exit::Diagnosed;
}

static Exit run(const Format &format) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  std::vector<Formatted> done = formatAll(format, sources, diags);
  Exit exit = deliver(format, done, diags);
  Exit said = finish(format.common, sources, diags);
  return said == Exit::Ok ? exit : said;
}

void addFormat(CLI::App &app, Exit &exit) {
  auto format = std::make_shared<Format>();
  CLI::App *command = app.add_subcommand(
      "fmt", "lay .srt policies out as all are; comments stay");
  command
      ->add_option("FILE", format->files,
                   "policy files (.srt); - reads standard input")
      ->required();
  addDiagnostics(*command, format->common);
  auto *check = command->add_flag("--check", format->isCheck,
                                  "write nothing; exit 1 if one would change");
  command
      ->add_flag("-i,--in-place", format->isInPlace,
                 "write each result over its file")
      ->excludes(check);
  command->footer("Examples:\n"
                  "  srtc fmt agent.srt               to standard output\n"
                  "  srtc fmt -i agent.srt team.srt   in place\n"
                  "  srtc fmt --check *.srt           for a commit hook");
  command->callback([format, &exit] {
    if (format->isInPlace && llvm::is_contained(format->files, "-"))
      throw CLI::ValidationError("--in-place", "standard input has no place");
    exit = run(*format);
  });
}

} // namespace srtc
