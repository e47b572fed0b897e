// lib/Report/TargetsSection.cpp: what becomes of each rule on each target.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

namespace {
/// Reasons that are told; they repeat a lot.
constexpr size_t kMaxReasons = 60;

class TargetsWriter {
public:
  explicit TargetsWriter(Page &page)
      : page(page), html(page.html), matrix(page.facts.matrix) {}
  void write();

private:
  void writeRow(const MatrixRow &row);
  void writeFate(const MatrixRow &row, size_t column);
  size_t noteOf(const std::string &reason);
  void writeNotes();

  Page &page;
  Html &html;
  const Matrix &matrix;
  std::map<const MatrixRow *, ir::RuleId> rules; // the first of each row
  std::vector<std::string> notes; // each reason once, in order
};
} // namespace

static Tone toneOf(Fate fate) {
  switch (fate) {
  case Fate::Absent:
    return Tone::Unsaid;
  case Fate::Exact:
  case Fate::Carried:
    return Tone::Allowed;
  case Fate::Narrower:
    return Tone::Mixed;
  case Fate::Wider:
    return Tone::Asked;
  case Fate::Refused:
    return Tone::Denied;
  }
  llvm_unreachable("unknown fate");
}

/// The number of a reason's note, or 0 if there are too many.
size_t TargetsWriter::noteOf(const std::string &reason) {
  for (size_t i = 0; i < notes.size(); ++i)
    if (notes[i] == reason)
      return i + 1;
  if (notes.size() >= kMaxReasons)
    return 0;
  notes.push_back(reason);
  return notes.size();
}

void TargetsWriter::writeFate(const MatrixRow &row, size_t column) {
  Fate fate = row.fates[column];
  llvm::StringRef text = spelling(fate);
  page.badge(toneOf(fate), fate == Fate::Absent ? "not for it" : text,
             row.reasons[column]);
  if (row.reasons[column].empty())
    return;
  if (size_t note = noteOf(row.reasons[column])) {
    std::string number = std::to_string(note);
    html.element("a", {{"class", "ref"}, {"href", "#N" + number}}, number);
  }
}

void TargetsWriter::writeRow(const MatrixRow &row) {
  html.element("tr", {{"role", "row"}}, [&] {
    html.element("th", {{"scope", "row"}, {"role", "rowheader"}}, [&] {
      constexpr size_t kSaysWidth = 48;
      auto it = rules.find(&row);
      if (it != rules.end())
        page.rule(it->second);
      html.text(" ");
      html.element("span", {}, [&] { html.text(row.says, kSaysWidth); });
    });
    for (size_t i = 0; i < matrix.targets.size(); ++i)
      html.element("td", {{"role", "cell"}}, [&] { writeFate(row, i); });
  });
}

void TargetsWriter::writeNotes() {
  if (notes.empty())
    return;
  html.element("ol", {{"class", "reasons"}}, [&] {
    for (size_t i = 0; i < notes.size(); ++i)
      html.element("li", {{"id", "N" + std::to_string(i + 1)}},
                   [&] { page.message(notes[i]); });
  });
}

void TargetsWriter::write() {
  size_t told = std::min(matrix.rows.size(), kMaxRules);
  size_t count = page.facts.now.policy.rules.size();
  for (uint32_t i = 0; i < std::min(count, kMaxRules); ++i)
    rules.try_emplace(page.facts.rowOf({i}), ir::RuleId{i});
  html.element(
      "div",
      {{"class", "scroll matrix"},
       {"tabindex", "0"},
       {"role", "region"},
       {"aria-label", "Rules on targets"}},
      [&] {
        html.element("table", {}, [&] {
          html.element("thead", {}, [&] {
            html.element("tr", {}, [&] {
              html.element("th", {{"scope", "col"}}, "rule");
              for (const std::string &target : matrix.targets)
                html.element("th", {{"scope", "col"}}, target);
            });
          });
          html.element("tbody", {}, [&] {
            for (size_t i = 0; i < told; ++i)
              writeRow(matrix.rows[i]);
          });
        });
      });
  page.leftOut(matrix.rows.size() - told, "rules");
  writeNotes();
  html.element("p", {{"class", "note"}},
               "Carried: not refused; whether it is narrower than written, the "
               "profile says. Not for it: a rule of another system.");
}

void writeTargets(Page &page) { TargetsWriter(page).write(); }

} // namespace srt::report
