// lib/Report/SourcesSection.cpp: the sources, line by line.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

namespace srt::report {

/// How many lines the text has; an end of line at its end begins no other.
static size_t linesOf(llvm::StringRef text) {
  return text.count('\n') + (!text.empty() && !text.ends_with("\n"));
}

static void writeSource(Page &page, FileId file) {
  Html &html = page.html;
  llvm::StringRef text = page.facts.sources.text(file);
  size_t count = linesOf(text);
  size_t told = std::min(count, kMaxLines);
  html.element("details", {{"class", "source"}}, [&] {
    html.element("summary", {}, [&] {
      html.element("code", {}, page.facts.sources.name(file));
      html.text(", " + counted(count, "line", "lines"));
    });
    html.element("ol", {}, [&] {
      for (uint32_t line = 1; line <= told; ++line)
        html.element("li", {{"id", page.anchorOf(file, line)}}, [&] {
          html.element("code", {}, page.facts.sources.line(file, line));
        });
    });
    page.leftOut(count - told, "lines");
  });
}

void writeSources(Page &page) {
  size_t told = 0, leftOut = 0;
  for (uint32_t i = 0; i < page.facts.sources.count(); ++i) {
    FileId file{i};
    bool isAgain = page.firstNamed(file) != file;
    if (isAgain || page.facts.sources.text(file).empty())
      continue;
    if (i >= kMaxSources)
      ++leftOut;
    else
      writeSource(page, file), ++told;
  }
  if (told == 0)
    page.html.element("p", {{"class", "note"}}, "There is no text to show.");
  page.leftOut(leftOut, "sources");
}

} // namespace srt::report
