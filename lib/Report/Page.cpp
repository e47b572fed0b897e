// lib/Report/Page.cpp: what the sections of a report share.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Page.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

Tone toneOf(ir::Effect effect) {
  switch (effect) {
  case ir::Effect::Allow:
    return Tone::Allowed;
  case ir::Effect::Ask:
    return Tone::Asked;
  case ir::Effect::Deny:
    return Tone::Denied;
  }
  llvm_unreachable("unknown effect");
}

std::string counted(size_t count, llvm::StringRef singular,
                    llvm::StringRef plural) {
  return std::to_string(count) + " " +
         (count == 1 ? singular : plural).str();
}

static void writeBadge(Html &html, Tone tone, llvm::StringRef aloud,
                       llvm::StringRef label, llvm::StringRef details) {
  auto inside = [&] {
    // Read aloud, the sign would be a name that nobody knows.
    html.element("span", {{"aria-hidden", "true"}}, signOf(tone));
    if (!aloud.empty())
      html.element("span", {{"class", "sr"}}, aloud);
    html.text(" ");
    html.text(label);
  };
  std::string look = "v " + spelling(tone).str();
  if (details.empty())
    html.element("span", {{"class", look}}, inside);
  else
    html.element("span", {{"class", look}, {"title", details.str()}}, inside);
}

void Page::verdict(Tone tone, llvm::StringRef label, llvm::StringRef details) {
  writeBadge(html, tone, spelling(tone).str() + ": ", label, details);
}

void Page::badge(Tone tone, llvm::StringRef label, llvm::StringRef details) {
  writeBadge(html, tone, "", label, details);
}

void Page::rule(ir::RuleId id) {
  std::string name = ir::ruleName(id);
  if (Facts::isShown(id))
    html.element("a", {{"class", "rule"}, {"href", "#" + name}}, name);
  else
    html.element("span", {{"class", "rule"}}, name);
}

void Page::rules(llvm::ArrayRef<ir::RuleId> ids) {
  constexpr size_t kMost = 4;
  for (ir::RuleId id : ids.take_front(kMost)) {
    rule(id);
    html.text(" ");
  }
  if (ids.size() > kMost)
    html.text("+" + std::to_string(ids.size() - kMost));
}

FileId Page::firstNamed(FileId file) const {
  for (uint32_t i = 0; i < file.value; ++i)
    if (facts.sources.name({i}) == facts.sources.name(file))
      return {i};
  return file;
}

std::string Page::anchorOf(FileId file, uint32_t line) const {
  return "F" + std::to_string(firstNamed(file).value) + "L" +
         std::to_string(line);
}

void Page::place(SourceRange range) {
  if (range.isNowhere())
    return;
  bool isOwn = firstNamed(range.file) == firstNamed(facts.file);
  std::string name = isOwn ? "line " : facts.sources.name(range.file).str() + ":";
  name += std::to_string(range.line);
  bool isThere = range.line <= kMaxLines &&
                 firstNamed(range.file).value < kMaxSources &&
                 !facts.sources.text(firstNamed(range.file)).empty();
  if (isThere)
    html.element("a", {{"href", "#" + anchorOf(range.file, range.line)}}, name);
  else
    html.text(name);
}

void Page::message(llvm::StringRef text) {
  text = text.take_front(4 * Html::kLongest);
  for (bool isCode = false; !text.empty(); isCode = !isCode) {
    auto [part, rest] = text.split('`');
    if (isCode)
      html.element("code", {}, part);
    else
      html.text(part, 4 * Html::kLongest);
    text = rest;
  }
}

void Page::leftOut(size_t count, llvm::StringRef what) {
  if (count != 0)
    html.element("p", {{"class", "left-out"}},
                 "\u2026 and " + std::to_string(count) + " more " + what.str() +
                     (count == 1 ? " is" : " are") + " left out here.");
}

void Page::table(llvm::StringRef label,
                 std::initializer_list<llvm::StringRef> heads,
                 llvm::function_ref<void()> rows) {
  html.element("div",
               {{"class", "scroll"},
                {"tabindex", "0"},
                {"role", "region"},
                {"aria-label", label.str()}},
               [&] {
                 html.element("table", {{"role", "table"}}, [&] {
                   html.element("thead", {{"role", "rowgroup"}}, [&] {
                     html.element("tr", {{"role", "row"}}, [&] {
                       for (llvm::StringRef head : heads)
                         html.element("th",
                                      {{"scope", "col"},
                                       {"role", "columnheader"}},
                                      head);
                     });
                   });
                   html.element("tbody", {{"role", "rowgroup"}}, rows);
                 });
               });
}

void Page::cell(llvm::StringRef head, llvm::function_ref<void()> inside) {
  html.element("td", {{"role", "cell"}, {"data-head", head.str()}}, [&] {
    html.element("div", {}, inside);
  });
}

} // namespace srt::report
