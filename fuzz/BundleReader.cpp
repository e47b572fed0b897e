// fuzz/BundleReader.cpp: bytes that the checker accepts can be read.
// SPDX-License-Identifier: Apache-2.0
//
// The loader indexes what srt_check_bundle() let through without checks of its
// own. srt-dump reads every record of every section, so it stands for that.
#include "fuzz/GuardedBytes.h"
#include "fuzz/Target.h"
#include "lib/Sim/BundleView.h"
#include "tools/srt-dump/Assemble.h"
#include "tools/srt-dump/Sections.h"

#include <cstring>

using namespace srt;

static bool isZero(const srt_view &view) {
  static const srt_view kNothing = {};
  return std::memcmp(&view, &kNothing, sizeof view) == 0;
}

static std::string recordsOf(const dump::Section &section) {
  std::string text;
  llvm::raw_string_ostream out(text);
  dump::printRecords(out, section);
  return text;
}

static size_t instructionsIn(const dump::Section &section) {
  size_t count = 0;
  for (const dump::Record &record : section.records)
    count += record.code.size();
  return count;
}

/// A listing must assemble to as many instructions as it was made from.
static void checkListing(const dump::Section &section) {
  size_t line = 0;
  auto program = dump::assemble(recordsOf(section), line);
  fuzz::require(program && program->size() == instructionsIn(section),
                "srt-dump does not read its own listing");
}

static void readAll(const srt_view &view) {
  std::vector<dump::Section> sections = dump::sectionsOf(view);
  std::string text;
  llvm::raw_string_ostream out(text);
  dump::printText(out, sections);
  dump::printJson(out, sections);
  for (const dump::Section &section : sections)
    if (section.shape == dump::Section::Shape::Code)
      checkListing(section);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz::GuardedBytes bytes(data, size);
  srt_view view;
  std::memset(&view, 0xa5, sizeof view);
  srt_reason reason = srt_check_bundle(bytes.data(), size, &view);
  fuzz::require(reason == SRT_OK || isZero(view),
                "a refused bundle has a view");
  if (reason != SRT_OK)
    return 0;
  readAll(view);
  std::string why;
  (void)sim::Bundle::open(fuzz::textOf(data, size), why);
  return 0;
}
