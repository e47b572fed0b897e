// lib/Report/HeadSection.cpp: name, target, and what becomes of the whole.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::report {

namespace {
struct Counts {
  size_t exact = 0, narrower = 0, wider = 0;
};
} // namespace

static Counts countsOf(const ir::Plan &plan) {
  Counts counts;
  for (const ir::Decision &decision : plan.decisions) {
    counts.exact += decision.exactness == ir::Exactness::Exact;
    counts.narrower += decision.exactness == ir::Exactness::Narrower;
    counts.wider += decision.exactness == ir::Exactness::Wider;
  }
  return counts;
}

/// The oldest Linux that refuses nothing, or "none".
static std::string oldestOf(const Matrix &matrix) {
  for (size_t i = 0; i < matrix.targets.size(); ++i) {
    bool isRefused = llvm::any_of(matrix.rows, [&](const MatrixRow &row) {
      return row.fates[i] == Fate::Refused;
    });
    if (!isRefused && matrix.targets[i] != "macos")
      return matrix.targets[i];
  }
  return "none";
}

static void writeSentence(Page &page) {
  const Facts &facts = page.facts;
  size_t errors = facts.findings.errors();
  std::string on = " on " + facts.target.name;
  Tone tone = errors != 0 ? Tone::Denied : Tone::Allowed;
  std::string text =
      errors != 0 ? "Refused" + on + ": it cannot be enforced as written (" +
                        counted(errors, "error", "errors") + ")."
                  : "Can be enforced" + on + ", and never more widely than "
                    "written.";
  if (errors == 0 && facts.plan && !facts.plan->accepted.empty()) {
    tone = Tone::Mixed;
    text = "Can be enforced" + on + ", in part more widely than written, as "
           "was accepted.";
  }
  page.html.element("p", {{"class", "sum " + spelling(tone).str()}}, [&] {
    page.html.element("span", {{"aria-hidden", "true"}}, signOf(tone));
    page.html.text(" " + text);
  });
}

static void writeFact(Page &page, llvm::StringRef name, llvm::StringRef value) {
  page.html.element("div", {}, [&] {
    page.html.element("dt", {}, name);
    page.html.element("dd", {}, value);
  });
}

static void writePlanFacts(Page &page, const ir::Plan &plan) {
  Counts counts = countsOf(plan);
  writeFact(page, "enforced exactly", std::to_string(counts.exact));
  writeFact(page, "more narrowly", std::to_string(counts.narrower));
  if (counts.wider != 0)
    writeFact(page, "MORE WIDELY", std::to_string(counts.wider));
  writeFact(page, "broker", plan.hasBroker() ? "runs beside it" : "not needed");
}

void writeHead(Page &page) {
  Html &html = page.html;
  const Facts &facts = page.facts;
  html.element("p", {{"class", "kicker"}},
               facts.diff ? "Policy report with comparison" : "Policy report");
  html.element("h1", {}, facts.now.policy.name);
  html.element("p", {{"class", "meta"}}, [&] {
    html.element("code", {}, facts.sources.name(facts.file));
    html.text(" for ");
    html.element("b", {}, facts.target.name);
    if (!facts.diff)
      return;
    html.text(", against ");
    html.element("code", {}, facts.sources.name(facts.against));
  });
  writeSentence(page);
  html.element("dl", {{"class", "facts"}}, [&] {
    writeFact(page, "rules", std::to_string(facts.now.policy.rules.size()));
    if (facts.plan)
      writePlanFacts(page, *facts.plan);
    writeFact(page, "oldest kernel for all", oldestOf(facts.matrix));
  });
}

} // namespace srt::report
