// lib/Report/ProgramsSection.cpp: programs by name, commands with arguments.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/IR/PatternText.h"
#include "lib/Sim/EventText.h"

namespace srt::report {

namespace {
struct Program {
  std::string text;
  sim::Event event;
  sim::Verdict verdict;
};
} // namespace

/// Trees of programs are in the tree of paths; what is left has a bare name, or
/// arguments.
static bool isOwn(const ir::Pattern &pattern) {
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  return command && (std::holds_alternative<std::string>(command->program) ||
                     command->words);
}

static std::vector<Program> programsOf(Page &page, size_t &leftOut) {
  const Subject &now = page.facts.now;
  std::set<std::string> known;
  std::vector<Program> programs;
  auto add = [&](const ir::Pattern &pattern) {
    if (!isOwn(pattern))
      return;
    std::string text = ir::text(pattern, now.policy.params);
    if (!known.insert(text).second)
      return;
    if (programs.size() >= kMaxListed) {
      ++leftOut;
      return;
    }
    sim::Event event =
        page.examples.of(ir::ActionId::Exec, pattern, now.bindings);
    programs.push_back({text, event, page.judge.verdict(event)});
  };
  for (const ir::Rule &rule : now.policy.rules) {
    for (const ir::Pattern &pattern : rule.patterns)
      add(pattern);
    for (const ir::Pattern &except : rule.excepts)
      add(except);
  }
  return programs;
}

void writePrograms(Page &page) {
  size_t leftOut = 0;
  std::vector<Program> programs = programsOf(page, leftOut);
  if (programs.empty()) {
    page.html.element("p", {{"class", "note"}},
                      "No rule names a program; trees of programs are above.");
    return;
  }
  page.html.element("ul", {{"class", "chips big"}}, [&] {
    for (const Program &program : programs)
      page.html.element("li", {}, [&] {
        page.verdict(toneOf(program.verdict), program.text,
                     sim::eventText(program.event));
        if (program.verdict.rule)
          page.rule(*program.verdict.rule);
      });
  });
  page.leftOut(leftOut, "programs");
  page.html.element("p", {{"class", "note"}},
                    "A bare name stands for the files that PATH finds; each "
                    "was decided for the one in /usr/bin.");
}

} // namespace srt::report
