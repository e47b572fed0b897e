// lib/Report/Report.cpp: the page around the sections.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Report.h"

#include "lib/Report/Assets.h"
#include "lib/Report/Sections.h"

#include "llvm/Support/Base64.h"
#include "llvm/Support/SHA256.h"

namespace srt::report {

namespace {
struct Section {
  llvm::StringLiteral id, title;
  void (*write)(Page &);
};
constexpr Section kSections[] = {
    {"glance", "At a glance", writeGlance},
    {"difference", "What changed", writeDifference},
    {"findings", "Checks", writeFindings},
    {"files", "Files", writeFiles},
    {"programs", "Programs", writePrograms},
    {"network", "Network", writeNetwork},
    {"calls", "System calls and processes", writeCalls},
    {"settings", "Environment and limits", writeSettings},
    {"rules", "Rules", writeRules},
    {"targets", "Targets", writeTargets},
    {"plan", "Plan", writePlan},
    {"sources", "Sources", writeSources},
};
} // namespace

static bool isThere(const Section &section, const Facts &facts) {
  return section.id != "difference" || facts.diff;
}

/// How a content security policy names one inline text.
static std::string hashOf(llvm::StringRef text) {
  return "'sha256-" +
         llvm::encodeBase64(llvm::SHA256::hash(llvm::ArrayRef(
             reinterpret_cast<const uint8_t *>(text.data()), text.size()))) +
         "'";
}

/// Even if some text became markup, it could not run or fetch anything.
static std::string securityPolicy() {
  return "default-src 'none'; style-src " + hashOf(styleSheet()) +
         "; script-src " + hashOf(script()) +
         "; img-src data:; base-uri 'none'; form-action 'none'";
}

static void writeHtmlHead(Html &html, const Facts &facts) {
  html.element("head", {}, [&] {
    html.single("meta", {{"charset", "utf-8"}});
    html.single("meta", {{"http-equiv", "Content-Security-Policy"},
                         {"content", securityPolicy()}});
    html.single("meta", {{"name", "viewport"},
                         {"content", "width=device-width, initial-scale=1"}});
    html.single("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.single("meta", {{"name", "generator"}, {"content", "srtc report"}});
    // Without it browsers ask the server for an icon.
    html.single("link", {{"rel", "icon"}, {"href", "data:,"}});
    html.element("title", {}, "Policy " + facts.now.policy.name);
    html.element("style", {}, [&] { html.trusted(styleSheet()); });
  });
}

static void writeNavigation(Html &html, const Facts &facts) {
  html.element("nav", {{"aria-label", "Sections"}}, [&] {
    html.element("ul", {}, [&] {
      for (const Section &section : kSections)
        if (isThere(section, facts))
          html.element("li", {}, [&] {
            html.element("a", {{"href", "#" + section.id.str()}},
                         section.title);
          });
    });
  });
}

static void writeSection(Page &page, const Section &section) {
  std::string title = section.id.str() + "-title";
  page.html.element(
      "section", {{"id", section.id.str()}, {"aria-labelledby", title}}, [&] {
        page.html.element("h2", {{"id", title}}, section.title);
        section.write(page);
      });
}

static void writeBody(Html &html, Page &page) {
  html.element("body", {}, [&] {
    html.element("a", {{"class", "skip"}, {"href", "#main"}},
                 "Skip to the report");
    html.element("header", {}, [&] { writeHead(page); });
    html.element("div", {{"class", "page"}}, [&] {
      writeNavigation(html, page.facts);
      html.element("main", {{"id", "main"}}, [&] {
        for (const Section &section : kSections)
          if (isThere(section, page.facts))
            writeSection(page, section);
      });
    });
    html.element("script", {}, [&] { html.trusted(script()); });
  });
}

static std::string pageOf(const Facts &facts) {
  std::string out = "<!DOCTYPE html>\n";
  Html html(out);
  llvm::SmallVector<const Subject *, 2> subjects{&facts.now};
  if (facts.before)
    subjects.push_back(&*facts.before);
  Examples examples(subjects);
  Page page(html, facts, examples);
  html.element("html", {{"lang", "en"}}, [&] {
    writeHtmlHead(html, facts);
    writeBody(html, page);
  });
  return out;
}

} // namespace srt::report

namespace srt {

std::optional<std::string> reportOf(Sources &sources, FileId file,
                                    std::optional<FileId> against,
                                    const CompileOptions &options,
                                    DiagnosticEngine &diags) {
  report::Facts facts(sources, options);
  if (!report::gather(facts, file, against, diags))
    return std::nullopt;
  return report::pageOf(facts);
}

} // namespace srt
