// lib/Report/FindingsSection.cpp: what reading, checking and planning found.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

/// A finding looks like the verdict that a reader should be reminded of.
static Tone toneOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return Tone::Denied;
  case Severity::Warning:
    return Tone::Asked;
  case Severity::Remark:
    return Tone::Unsaid;
  }
  llvm_unreachable("unknown severity");
}

static llvm::StringRef signOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "\u2715";
  case Severity::Warning:
    return "!";
  case Severity::Remark:
    return "i";
  }
  llvm_unreachable("unknown severity");
}

static void writeHints(Page &page, const Diagnostic &found) {
  Html &html = page.html;
  if (found.hints.empty() && found.notes.empty())
    return;
  html.element("ul", {}, [&] {
    for (const std::string &hint : found.hints)
      html.element("li", {}, [&] { page.message(hint); });
    for (const Note &note : found.notes)
      html.element("li", {}, [&] {
        page.message(note.text + " ");
        page.place(note.range);
      });
  });
}

static void writeFinding(Page &page, const Diagnostic &found) {
  Html &html = page.html;
  std::string look = "finding " + spelling(toneOf(found.severity)).str();
  html.element("li", {{"class", look}}, [&] {
    html.element("p", {}, [&] {
      html.element("span", {{"class", "sev"}}, [&] {
        html.element("span", {{"aria-hidden", "true"}}, signOf(found.severity));
        html.text(" " + srt::spelling(found.severity).str());
      });
      html.text(" ");
      html.element("code", {}, code(found.kind));
      html.text(" ");
      page.place(found.range);
    });
    html.element("p", {{"class", "message"}},
                 [&] { page.message(found.message); });
    if (!found.range.isNowhere())
      html.element("pre", {}, [&] {
        html.text(page.facts.sources
                      .line(page.firstNamed(found.range.file), found.range.line)
                      .trim(),
                  Html::kLongest);
      });
    writeHints(page, found);
  });
}

static void writeUnsearched(Page &page) {
  if (page.facts.isSearched)
    return;
  page.html.element("p", {{"class", "left-out"}}, [&] {
    page.html.text("The policy is too large to look here for rules that change "
                   "nothing: ");
    page.html.element("code", {}, "srtc check");
    page.html.text(" does, and takes its time.");
  });
}

void writeFindings(Page &page) {
  writeUnsearched(page);
  std::vector<const Diagnostic *> all = page.facts.findings.sorted();
  if (all.empty()) {
    page.html.element("p", {{"class", "note"}}, "The compiler found nothing.");
    return;
  }
  // Errors first; within one severity the order of the sources.
  size_t told = 0;
  page.html.element("ul", {{"class", "findings"}}, [&] {
    for (Severity severity :
         {Severity::Error, Severity::Warning, Severity::Remark})
      for (const Diagnostic *each : all)
        if (each->severity == severity && told < kMaxListed) {
          writeFinding(page, *each);
          ++told;
        }
  });
  page.leftOut(all.size() - told + page.facts.findings.dropped(), "findings");
  page.html.element("p", {{"class", "note"}}, [&] {
    page.html.element("code", {}, "srtc explain CODE");
    page.html.text(" explains a finding.");
  });
}

} // namespace srt::report
