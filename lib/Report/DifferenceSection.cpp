// lib/Report/DifferenceSection.cpp: what is decided otherwise than before.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

namespace {
class DifferenceWriter {
public:
  DifferenceWriter(Page &page, const Diff &diff)
      : page(page), html(page.html), diff(diff) {}
  void write();

private:
  void writeSummary();
  void writeChange(const DiffChange &change);
  void writeRegion(const DiffRegion &region);
  void writeSettings();

  Page &page;
  Html &html;
  const Diff &diff;
};
} // namespace

static Tone toneOf(SettingChange::Kind kind) {
  switch (kind) {
  case SettingChange::Kind::Widened:
    return Tone::Asked;
  case SettingChange::Kind::Narrowed:
    return Tone::Allowed;
  case SettingChange::Kind::Other:
    return Tone::Mixed;
  }
  llvm_unreachable("unknown kind");
}

static llvm::StringRef wordOf(SettingChange::Kind kind) {
  switch (kind) {
  case SettingChange::Kind::Widened:
    return "wider";
  case SettingChange::Kind::Narrowed:
    return "narrower";
  case SettingChange::Kind::Other:
    return "changed";
  }
  llvm_unreachable("unknown kind");
}

void DifferenceWriter::writeSummary() {
  llvm::StringRef text = "The two decide every event alike.";
  if (diff.isWidened && diff.isNarrowed)
    text = "Some of what was not permitted is now, and the other way round.";
  else if (diff.isWidened)
    text = "Wider: a program may do more than it could before.";
  else if (diff.isNarrowed)
    text = "Narrower: a program may do less than it could before.";
  Tone tone = diff.isWidened ? Tone::Asked : Tone::Allowed;
  html.element("p", {{"class", "sum " + spelling(tone).str()}}, [&] {
    html.element("span", {{"aria-hidden", "true"}},
                 diff.isWidened ? "\u25b2" : diff.isNarrowed ? "\u25bc" : "=");
    html.text(" ");
    html.text(text);
  });
  if (diff.isIncomplete)
    html.element("p", {}, "The search was given up: there may be more changes.");
}

void DifferenceWriter::writeRegion(const DiffRegion &region) {
  html.element("tr", {{"role", "row"}}, [&] {
    page.cell("what", [&] {
      html.element("code", {}, regionText(region.region));
    });
    page.cell("for example", [&] {
      html.element("code", {}, region.event);
      if (!region.region.witness.binding.empty())
        html.text(" " + region.region.witness.binding);
    });
    page.cell("before", [&] {
      page.badge(toneOf({region.before.effect, region.before.rule}),
                   ir::spelling(region.before.effect));
      html.text(" " +
                deciderText(region.before, *diff.before, page.facts.sources));
    });
    page.cell("after", [&] {
      page.badge(toneOf({region.after.effect, region.after.rule}),
                   ir::spelling(region.after.effect));
      html.text(" ");
      if (region.after.rule)
        page.rule(*region.after.rule);
      else
        html.text("no rule allows it");
    });
  });
}

static llvm::StringRef participle(ir::Effect effect) {
  switch (effect) {
  case ir::Effect::Allow:
    return "allowed";
  case ir::Effect::Ask:
    return "asked about";
  case ir::Effect::Deny:
    return "denied";
  }
  llvm_unreachable("unknown effect");
}

void DifferenceWriter::writeChange(const DiffChange &change) {
  bool isWider = widens(change.change.from, change.change.to);
  html.element(
      "div", {{"class", isWider ? "change wider" : "change narrower"}}, [&] {
        html.element("h3", {}, [&] {
          html.element("span", {{"aria-hidden", "true"}},
                       isWider ? "\u25b2" : "\u25bc");
          html.text(" Now " + participle(change.change.to).str() + ", was " +
                    participle(change.change.from).str() + ": " +
                    llvm::join(change.actions, ", "));
        });
        html.element("div", {{"class", "stack"}}, [&] {
          page.table("Changes", {"what", "for example", "before", "after"},
                     [&] {
                       for (const DiffRegion &region :
                            llvm::ArrayRef(change.regions)
                                .take_front(kMaxListed))
                         writeRegion(region);
                     });
        });
        if (change.change.hasMore || change.regions.size() > kMaxListed)
          html.element("p", {{"class", "left-out"}}, "\u2026 and more.");
      });
}

void DifferenceWriter::writeSettings() {
  if (diff.settings.empty())
    return;
  html.element("h3", {}, "Settings");
  size_t told = std::min(diff.settings.size(), kMaxListed);
  html.element("ul", {{"class", "chips big"}}, [&] {
    for (const SettingChange &setting :
         llvm::ArrayRef(diff.settings).take_front(told))
      html.element("li", {}, [&] {
        page.badge(toneOf(setting.kind),
                   wordOf(setting.kind).str() + ": " +
                       (setting.isNew ? "now " : "no longer ") + setting.text);
      });
  });
  page.leftOut(diff.settings.size() - told, "settings");
}

void DifferenceWriter::write() {
  writeSummary();
  for (const DiffChange &change :
       llvm::ArrayRef(diff.changes).take_front(kMaxListed))
    writeChange(change);
  writeSettings();
}

void writeDifference(Page &page) {
  DifferenceWriter(page, *page.facts.diff).write();
}

} // namespace srt::report
