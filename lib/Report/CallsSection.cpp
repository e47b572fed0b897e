// lib/Report/CallsSection.cpp: system calls, other processes, services.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/IR/PatternText.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::report {

static void writeProcesses(Page &page) {
  Html &html = page.html;
  page.table("Other processes", {"action", "itself", "the sandbox", "all", "by"},
             [&] {
    for (ir::ActionId action : {ir::ActionId::Signal, ir::ActionId::Trace})
      html.element("tr", {{"role", "row"}}, [&] {
        std::vector<ir::RuleId> deciders;
        page.cell("action",
                  [&] { html.element("b", {}, ir::spelling(action)); });
        for (auto [subject, head] :
             {std::pair<ir::SubjectPattern, llvm::StringRef>
              (ir::SubjectPattern::Self, "itself"),
              {ir::SubjectPattern::Sandbox, "the sandbox"},
              {ir::SubjectPattern::All, "all"}})
          page.cell(head, [&, subject = subject] {
            sim::Verdict verdict = page.judge.verdict({action, subject});
            page.badge(toneOf(verdict), ir::spelling(verdict.effect));
            if (verdict.rule && !llvm::is_contained(deciders, *verdict.rule))
              deciders.push_back(*verdict.rule);
          });
        page.cell("by", [&] { page.rules(deciders); });
      });
  });
}

static void writeNames(Page &page, llvm::StringRef title, Tone tone,
                       const std::vector<std::string> &names) {
  if (names.empty())
    return;
  Html &html = page.html;
  html.element("details", {{"class", "calls"}}, [&] {
    html.element("summary", {}, [&] {
      page.badge(tone, std::to_string(names.size()) + " " + title.str());
    });
    html.element("p", {{"class", "words"}}, [&] {
      for (const std::string &name : names) {
        html.element("code", {}, name);
        html.text(" ");
      }
    });
  });
}

static std::string testText(const ir::SyscallDecision &call) {
  auto conjunctions = [&](const std::vector<ir::Conjunction> &all) {
    std::string text;
    for (const ir::Conjunction &each : all) {
      ir::SyscallPattern pattern{ir::SyscallPattern::Kind::Name, call.name,
                                 {each.begin(), each.end()}};
      text += (text.empty() ? "" : " or ") + ir::text(pattern);
    }
    return text;
  };
  std::string text;
  if (!call.allowIf.empty())
    text += "only if " + conjunctions(call.allowIf);
  if (!call.denyIf.empty())
    text += (text.empty() ? "" : ", ") + ("not if " + conjunctions(call.denyIf));
  return text;
}

/// Calls whose arguments decide.
static void writeTested(Page &page, const ir::Plan &plan) {
  Html &html = page.html;
  size_t told = 0, leftOut = 0;
  auto isTested = [](const ir::SyscallDecision &call) {
    return call.isAllowed && (!call.allowIf.empty() || !call.denyIf.empty());
  };
  size_t count = llvm::count_if(plan.syscalls, isTested);
  if (count == 0)
    return;
  html.element("details", {{"class", "calls"}}, [&] {
    html.element("summary", {}, [&] {
      page.badge(Tone::Mixed,
                   std::to_string(count) + " permitted by their arguments");
    });
    html.element("ul", {{"class", "words"}}, [&] {
      for (const ir::SyscallDecision &call : plan.syscalls) {
        if (!isTested(call))
          continue;
        if (told++ >= kMaxListed)
          ++leftOut;
        else
          html.element("li", {}, [&] {
            html.element("code", {}, call.name);
            html.text(" " + testText(call), 2 * Html::kLongest);
          });
      }
    });
    page.leftOut(leftOut, "system calls");
  });
}

static void writeSyscalls(Page &page, const ir::Plan &plan) {
  std::vector<std::string> open, shut, asked;
  for (const ir::SyscallDecision &call : plan.syscalls) {
    if (!call.isAllowed)
      shut.push_back(call.name);
    else if (!call.notifyIf.empty())
      asked.push_back(call.name);
    else if (call.allowIf.empty() && call.denyIf.empty())
      open.push_back(call.name);
  }
  writeNames(page, "permitted", Tone::Allowed, open);
  writeTested(page, plan);
  writeNames(page, "that the broker judges", Tone::Mixed, asked);
  writeNames(page, "refused", Tone::Denied, shut);
}

/// mach, sysctl and iokit.
static void writeServices(Page &page) {
  Html &html = page.html;
  const Subject &now = page.facts.now;
  size_t told = 0, leftOut = 0;
  html.element("ul", {{"class", "chips big"}}, [&] {
    for (const ir::Rule &rule : now.policy.rules) {
      ir::ActionId action = rule.actions.front();
      if (ir::resource(action) != ir::Resource::Name)
        continue;
      for (const ir::Pattern &pattern : rule.patterns) {
        if (told++ >= kMaxListed) {
          ++leftOut;
          continue;
        }
        sim::Event event = page.examples.of(action, pattern, now.bindings);
        sim::Verdict verdict = page.judge.verdict(event);
        html.element("li", {}, [&] {
          page.verdict(toneOf(verdict),
                       ir::spelling(action).str() + " " +
                           ir::text(pattern, now.policy.params),
                       sim::eventText(event));
          if (verdict.rule)
            page.rule(*verdict.rule);
        });
      }
    }
  });
  page.leftOut(leftOut, "services");
}

void writeCalls(Page &page) {
  Html &html = page.html;
  html.element("h3", {}, "System calls");
  if (page.facts.plan)
    writeSyscalls(page, *page.facts.plan);
  else
    html.element("p", {{"class", "note"}},
                 "There are none to decide on this system.");
  html.element("h3", {}, "Other processes");
  writeProcesses(page);
  const std::vector<ir::Rule> &rules = page.facts.now.policy.rules;
  bool hasServices = llvm::any_of(rules, [](const ir::Rule &rule) {
    return ir::resource(rule.actions.front()) == ir::Resource::Name;
  });
  if (!hasServices)
    return;
  html.element("h3", {}, "Services of macOS");
  writeServices(page);
}

} // namespace srt::report
