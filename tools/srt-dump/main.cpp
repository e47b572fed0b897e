// tools/srt-dump/main.cpp: shows what a bundle holds.
// SPDX-License-Identifier: Apache-2.0
//
// Exit status: 0 done, 1 something was reported, 2 wrong usage. Nothing is
// printed of a bundle that the loader would refuse as damaged.
#include "lib/Diag/Render.h"
#include "lib/Driver/Files.h"
#include "tools/srt-dump/Assemble.h"
#include "tools/srt-dump/Sections.h"
#include "tools/manual/Command.h"
#include "tools/manual/Version.h"

#include "llvm/ADT/STLExtras.h"

#include <CLI/CLI.hpp>

#include <cstring>

using namespace srt;

namespace {
struct Options {
  std::string file;
  std::string section;
  bool isJson = false;
  bool assembles = false;
};

/// The bytes of a bundle where the checker wants them, and its view of them.
struct Bundle {
  std::vector<uint64_t> words; // aligned to 8 bytes
  srt_view view{};
};
} // namespace

static constexpr const char *kFooter =
    R"(Examples (srtc writes bundles):
  srtc compile examples/agent.srt -o agent.srtb
  srt-dump agent.srtb
  srt-dump --section=roots agent.srtb
  srt-dump --json agent.srtb | python3 -m json.tool
  srt-dump --section=programs agent.srtb | srt-dump --assemble -

Exit status: 0 done; 1 the file cannot be read, or is not a sound bundle or
listing; 2 wrong usage.)";

/// Checks the bytes, or reports E4006.
static bool open(const Options &options, llvm::StringRef bytes, Bundle &bundle,
                 DiagnosticEngine &diags) {
  bundle.words.resize(bytes.size() / 8 + 1);
  std::memcpy(bundle.words.data(), bytes.data(), bytes.size());
  const auto *first = reinterpret_cast<const uint8_t *>(bundle.words.data());
  srt_reason reason = srt_check_bundle(first, bytes.size(), &bundle.view);
  if (reason != SRT_OK)
    diags.report({}, diag::BadBundle, shown(options.file, 4096),
                 srt_check_reason(reason));
  return reason == SRT_OK;
}

/// Keeps the section that was asked for; all of them if none was.
static void choose(const Options &options,
                   std::vector<dump::Section> &sections) {
  if (!options.section.empty())
    llvm::erase_if(sections, [&](const dump::Section &section) {
      return section.name != options.section;
    });
}

/// Says first what is not enforced: the rest would read like a promise.
static void printWarning(const srt_view &view) {
  if (view.accepted_count != 0)
    llvm::outs() << "ACCEPTED-WIDER: " << view.accepted_count
                 << " rule(s) enforced more widely than written, see "
                    "`accepted`\n";
}

static void print(const Options &options, const srt_view &view) {
  std::vector<dump::Section> sections = dump::sectionsOf(view);
  choose(options, sections);
  if (options.isJson)
    return dump::printJson(llvm::outs(), sections);
  if (!options.section.empty())
    return dump::printRecords(llvm::outs(), sections.front());
  printWarning(view);
  dump::printText(llvm::outs(), sections);
}

/// Prints the numbers of a listing, or says which line is no instruction.
static bool printAssembled(const Options &options, llvm::StringRef listing) {
  size_t line = 0;
  auto program = dump::assemble(listing, line);
  if (!program) {
    llvm::errs() << "srt-dump: " << shown(options.file, 4096) << ':' << line
                 << ": not an instruction as srt-dump prints it\n";
    return false;
  }
  for (kernel::BpfInsn insn : *program)
    llvm::outs() << dump::wordText(insn) << '\n';
  return true;
}

/// Opens and prints a bundle.
static bool printBundle(const Options &options, llvm::StringRef bytes,
                        DiagnosticEngine &diags) {
  Bundle bundle;
  if (!open(options, bytes, bundle, diags))
    return false;
  print(options, bundle.view);
  return true;
}

/// Returns the exit status.
static int run(const Options &options) {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<FileId> file = readInput(sources, options.file, diags);
  bool isDone = file.has_value();
  if (isDone && options.assembles)
    isDone = printAssembled(options, sources.text(*file));
  else if (isDone)
    isDone = printBundle(options, sources.text(*file), diags);
  renderText(llvm::errs(), sources, diags, Colours::Off);
  return isDone ? 0 : 1;
}

int main(int argc, char **argv) {
  CLI::App app("Shows what a bundle (.srtb) holds.", "srt-dump");
  app.footer(kFooter);
  Options options;
  app.add_option("file", options.file, "Bundle, or - for stdin")->required();
  auto *json = app.add_flag("--json", options.isJson, "Print one JSON object");
  auto *section =
      app.add_option("--section", options.section, "Print this section alone")
          ->check(CLI::IsMember(dump::sectionNames()));
  app.add_flag("--assemble", options.assembles,
               "FILE is a listing of programs: print its instructions in hex")
      ->excludes(json)
      ->excludes(section);
  app.set_version_flag("--version", manual::versionText("srt-dump"));
  if (manual::generate(manual::commandOf(app, "srt-dump", {}), argc, argv))
    return 0;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return run(options);
}
