// lib/Report/GlanceSection.cpp: the policy in its own words, action by action.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/IR/PatternText.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::report {

namespace {
/// Patterns that are told of one action before the rest is counted.
constexpr size_t kMaxTold = 40;

struct Group {
  ir::Effect effect;
  ir::ActionId action; // at the top
};

struct Named {
  ir::RuleId rule;
  const ir::Pattern *pattern;
};
} // namespace

static ir::ActionId topOf(ir::ActionId action) {
  return ir::parent(action).value_or(action);
}

/// "May read", "Must not write", "Asks before it may run".
static std::string titleOf(const Group &group) {
  std::string verb = ir::spelling(group.action).str();
  if (group.action == ir::ActionId::Exec)
    verb = "run";
  if (group.action == ir::ActionId::Connect)
    verb = "connect to";
  if (group.action == ir::ActionId::Bind)
    verb = "listen on";
  if (group.action == ir::ActionId::Send)
    verb = "send to";
  if (group.action == ir::ActionId::Syscall)
    verb = "call the kernel for";
  switch (group.effect) {
  case ir::Effect::Allow:
    return "May " + verb;
  case ir::Effect::Ask:
    return "Asks before it may " + verb;
  case ir::Effect::Deny:
    return "Must never " + verb;
  }
  llvm_unreachable("unknown effect");
}

/// "data, list" where the rule speaks of parts of the action only.
static std::string partsOf(const ir::Rule &rule, ir::ActionId top) {
  std::string parts;
  for (ir::ActionId action : rule.actions)
    if (topOf(action) == top && action != top)
      parts += (parts.empty() ? "" : ", ") +
               ir::spelling(action).rsplit('.').second.str();
  return parts;
}

static void writeChip(Page &page, const Named &named, ir::ActionId top) {
  const ir::Policy &policy = page.facts.now.policy;
  const ir::Rule &rule = policy.rule(named.rule);
  std::string name = ir::ruleName(named.rule);
  auto inside = [&] {
    page.html.element("code", {}, ir::text(*named.pattern, policy.params));
    std::string parts = partsOf(rule, top);
    if (!parts.empty())
      page.html.element("small", {}, " " + parts);
    if (!rule.excepts.empty())
      page.html.element("small", {}, " with exceptions");
  };
  page.html.element("li", {}, [&] {
    if (Facts::isShown(named.rule))
      page.html.element("a", {{"href", "#" + name}, {"title", "rule " + name}},
                        inside);
    else
      page.html.element("span", {}, inside);
  });
}

static void writeGroup(Page &page, const Group &group,
                       const std::vector<Named> &named) {
  constexpr size_t kAtOnce = 12;
  auto chips = [&](size_t from, size_t to) {
    page.html.element("ul", {{"class", "chips"}}, [&] {
      for (size_t i = from; i < to; ++i)
        writeChip(page, named[i], group.action);
    });
  };
  size_t told = std::min(named.size(), kMaxTold);
  size_t atOnce = told <= kAtOnce + 3 ? told : kAtOnce;
  page.html.element(
      "div", {{"class", "group " + spelling(toneOf(group.effect)).str()}}, [&] {
        page.html.element("h3", {}, [&] {
          page.html.element("span", {{"aria-hidden", "true"}},
                            signOf(toneOf(group.effect)));
          page.html.text(" " + titleOf(group));
        });
        chips(0, atOnce);
        if (atOnce < told)
          page.html.element("details", {}, [&] {
            page.html.element("summary", {},
                              std::to_string(told - atOnce) + " more");
            chips(atOnce, told);
          });
        page.leftOut(named.size() - told, "patterns");
      });
}

void writeGlance(Page &page) {
  // Allow, ask, deny; the actions in the order of the language.
  std::map<std::pair<ir::Effect, ir::ActionId>, std::vector<Named>> groups;
  const ir::Policy &policy = page.facts.now.policy;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (rule.origin == ir::Rule::Origin::Implied)
      continue;
    for (size_t a = 0; a < rule.actions.size(); ++a) {
      ir::ActionId top = topOf(rule.actions[a]);
      if (a > 0 && topOf(rule.actions[a - 1]) == top)
        continue;
      for (const ir::Pattern &pattern : rule.patterns)
        groups[{rule.effect, top}].push_back({{i}, &pattern});
    }
  }
  page.html.element("div", {{"class", "glance"}}, [&] {
    for (const auto &[key, named] : groups)
      writeGroup(page, {key.first, key.second}, named);
  });
  page.html.element("p", {{"class", "note"}},
                    "Everything else is denied. Deny beats ask, ask beats "
                    "allow, whatever the order of the rules.");
}

} // namespace srt::report
