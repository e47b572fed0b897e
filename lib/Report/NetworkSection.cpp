// lib/Report/NetworkSection.cpp: who may be talked to, and who may talk.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/IR/PatternText.h"
#include "lib/Sim/EventText.h"

namespace srt::report {

namespace {
constexpr ir::ActionId kActions[] = {ir::ActionId::Connect, ir::ActionId::Bind,
                                     ir::ActionId::Send};
} // namespace

static void writeEndpoint(Page &page, llvm::StringRef text,
                          const ir::Pattern &pattern) {
  Html &html = page.html;
  const sim::Bindings &bindings = page.facts.now.bindings;
  sim::Event example = page.examples.of(kActions[0], pattern, bindings);
  std::vector<ir::RuleId> touching = page.judge.touching(example);
  std::vector<ir::RuleId> deciders;
  html.element("tr", {{"role", "row"}}, [&] {
    page.cell("endpoint", [&] {
      html.element("code", {{"title", sim::eventText(example)}}, text);
    });
    for (ir::ActionId action : kActions)
      page.cell(ir::spelling(action), [&] {
        sim::Verdict verdict = page.judge.verdict(touching, action);
        page.verdict(toneOf(verdict), ir::spelling(action));
        if (verdict.rule)
          deciders.push_back(*verdict.rule);
      });
    page.cell("by", [&] { page.rules(deciders); });
  });
}

void writeNetwork(Page &page) {
  const ir::Policy &policy = page.facts.now.policy;
  std::map<std::string, const ir::Pattern *> endpoints;
  size_t leftOut = 0;
  auto add = [&](const ir::Pattern &pattern) {
    if (!std::holds_alternative<ir::EndpointPattern>(pattern.value))
      return;
    std::string text = ir::text(pattern, policy.params);
    if (endpoints.size() < kMaxListed)
      endpoints.emplace(std::move(text), &pattern);
    else
      leftOut += !endpoints.count(text);
  };
  for (const ir::Rule &rule : policy.rules) {
    for (const ir::Pattern &pattern : rule.patterns)
      add(pattern);
    for (const ir::Pattern &except : rule.excepts)
      add(except);
  }
  // What no rule speaks of, to compare with.
  ir::EndpointPattern other;
  other.ports = {{1, 1}};
  ir::Pattern rest{other, {}};
  page.table("Endpoints", {"endpoint", "connect", "bind", "send", "by"}, [&] {
    for (const auto &[text, pattern] : endpoints)
      writeEndpoint(page, text, *pattern);
    writeEndpoint(page, "any other, such as tcp:203.0.113.7:1", rest);
  });
  page.leftOut(leftOut, "endpoints");
  page.html.element("p", {{"class", "note"}},
                    "Decided for one endpoint of each kind: a public address "
                    "for a name, the first port of a range.");
}

} // namespace srt::report
