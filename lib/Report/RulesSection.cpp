// lib/Report/RulesSection.cpp: every rule, and how it is enforced.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/IR/PatternText.h"
#include "lib/Report/Clashes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

namespace {
/// Notes of one decision that are written out.
constexpr size_t kMaxNotes = 4;

using Clashes = std::map<ir::RuleId, std::vector<Clash>>;

class RuleWriter {
public:
  RuleWriter(Page &page, ir::RuleId id, const Clashes &clashes)
      : page(page), html(page.html), policy(page.facts.now.policy),
        id(id), rule(policy.rule(id)), clashes(clashes) {
    if (page.facts.plan)
      decision = &page.facts.plan->decisions[id.value];
  }
  void write();

private:
  void writeSays();
  void writePatterns(llvm::StringRef before,
                     const std::vector<ir::Pattern> &patterns);
  void writeNotes();
  void writeClashes();
  void writeMechanism();
  void writeExactness();
  std::string costText() const;

  Page &page;
  Html &html;
  const ir::Policy &policy;
  ir::RuleId id;
  const ir::Rule &rule;
  const Clashes &clashes;
  const ir::Decision *decision = nullptr;
};
} // namespace

void RuleWriter::writePatterns(llvm::StringRef before,
                               const std::vector<ir::Pattern> &patterns) {
  html.text(before);
  size_t told = std::min(patterns.size(), kMaxPatterns);
  for (size_t i = 0; i < told; ++i) {
    html.text(i == 0 ? " " : ", ");
    html.element("code", {}, ir::text(patterns[i], policy.params));
  }
  if (told < patterns.size())
    html.text(" and " + std::to_string(patterns.size() - told) + " more");
}

void RuleWriter::writeNotes() {
  if (!decision || decision->notes.empty())
    return;
  html.element("ul", {{"class", "notes"}}, [&] {
    for (const std::string &note :
         llvm::ArrayRef(decision->notes).take_front(kMaxNotes))
      html.element("li", {}, [&] { page.message(note); });
    if (decision->notes.size() > kMaxNotes)
      html.element("li", {},
                   "and " +
                       counted(decision->notes.size() - kMaxNotes, "more note",
                               "more notes"));
  });
}

void RuleWriter::writeClashes() {
  auto it = clashes.find(id);
  if (it == clashes.end())
    return;
  html.element("ul", {{"class", "notes"}}, [&] {
    for (const Clash &clash : it->second)
      html.element("li", {}, [&] {
        html.text(clash.isStronger ? "gives way to " : "beats ");
        page.rule(clash.other);
        html.text(" on ");
        html.element("code", {}, clash.event);
      });
  });
}

void RuleWriter::writeSays() {
  page.badge(toneOf(rule.effect), ir::spelling(rule.effect));
  html.text(" ");
  for (size_t i = 0; i < rule.actions.size(); ++i)
    html.element("b", {},
                 (i == 0 ? "" : ", ") + ir::spelling(rule.actions[i]).str());
  writePatterns("", rule.patterns);
  if (!rule.excepts.empty())
    writePatterns(" except", rule.excepts);
  writeNotes();
  writeClashes();
}

void RuleWriter::writeMechanism() {
  if (!decision) {
    html.text("Seatbelt");
    return;
  }
  std::string text;
  for (ir::Mechanism mechanism : decision->mechanisms)
    text += (text.empty() ? "" : " + ") + ir::spelling(mechanism).str();
  html.text(text);
}

static Tone toneOf(ir::Exactness exactness) {
  switch (exactness) {
  case ir::Exactness::Exact:
    return Tone::Allowed;
  case ir::Exactness::Narrower:
    return Tone::Mixed;
  case ir::Exactness::Wider:
    return Tone::Denied;
  }
  llvm_unreachable("unknown exactness");
}

void RuleWriter::writeExactness() {
  if (decision)
    page.badge(toneOf(decision->exactness),
                 ir::spelling(decision->exactness));
}

/// When the rule costs something while the command runs, on this target.
std::string RuleWriter::costText() const {
  if (decision &&
      llvm::is_contained(decision->mechanisms, ir::Mechanism::Broker))
    return "broker";
  llvm::StringRef cost = costOf(rule);
  bool isMoment = cost == "open" || cost == "connect";
  return (isMoment ? "at " : cost == "call" ? "each " : "") + cost.str();
}

/// "Linux 6.12" of "linux-6.12".
static std::string kernelText(llvm::StringRef target) {
  bool isLinux = target.consume_front("linux-");
  return (isLinux ? "Linux " : "") + target.str();
}

void RuleWriter::write() {
  const MatrixRow *row = page.facts.rowOf(id);
  std::string name = ir::ruleName(id);
  html.element("tr", {{"role", "row"}, {"id", name}}, [&] {
    html.element("th", {{"scope", "row"}, {"role", "rowheader"}}, [&] {
      html.element("a", {{"class", "rule"}, {"href", "#" + name}}, name);
    });
    page.cell("says", [&] { writeSays(); });
    page.cell("enforced by", [&] { writeMechanism(); });
    page.cell("how", [&] { writeExactness(); });
    page.cell("since", [&] { html.text(row ? kernelText(row->oldest) : ""); });
    page.cell("cost", [&] { html.text(costText()); });
    page.cell("where", [&] {
      if (rule.origin == ir::Rule::Origin::Implied)
        html.text("implied");
      else
        page.place(rule.range);
    });
  });
}

void writeRules(Page &page) {
  const ir::Policy &policy = page.facts.now.policy;
  Clashes clashes = clashesOf(page.facts, page.judge, page.examples);
  size_t told = std::min(policy.rules.size(), kMaxRules);
  page.html.element("p", {{"class", "tools"}, {"data-tools", "rules"}}, "");
  page.html.element("div", {{"class", "stack"}, {"id", "rule-table"}}, [&] {
    page.table("Rules",
               {"rule", "says", "enforced by", "how", "since", "cost", "where"},
               [&] {
                 for (uint32_t i = 0; i < told; ++i)
                   RuleWriter(page, {i}, clashes).write();
               });
  });
  page.leftOut(policy.rules.size() - told, "rules");
}

} // namespace srt::report
