// tools/srtc/QueryCommand.cpp: srtc query.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/EventArguments.h"

#include "lib/Driver/Files.h"
#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct Query {
  Common common;
  EventArguments asked;
  bool isJson = false;
};

/// The verdict on one leaf action.
struct Answer {
  srt::sim::Event event;
  srt::sim::Verdict verdict;
};
} // namespace

/// The strictest verdict on the leaves of the action that was asked about.
static Answer answer(const srt::ir::Policy &policy, const Query &query) {
  srt::sim::Bindings bindings = bindingsOf(policy, query.asked);
  std::optional<Answer> strictest;
  for (const srt::sim::Event &event : eventsOf(policy, bindings, query.asked)) {
    Answer found{event, srt::sim::evalPolicy(policy, bindings, event)};
    if (!strictest || found.verdict.effect > strictest->verdict.effect)
      strictest = found;
  }
  return *strictest;
}

static void writeJson(const srt::ir::Policy &policy, const srt::Sources &sources,
                      const Answer &answer) {
  llvm::json::OStream json(llvm::outs());
  json.object([&] {
    json.attribute("verdict", srt::ir::spelling(answer.verdict.effect));
    json.attribute("action", srt::ir::spelling(answer.event.action));
    // What the words were taken for: `~`, relative paths and bare names are
    // resolved by then.
    json.attribute("event",
                   llvm::json::fixUTF8(srt::sim::eventText(answer.event)));
    if (!answer.verdict.rule)
      return;
    const srt::ir::Rule &rule = policy.rule(*answer.verdict.rule);
    json.attribute("rule", srt::ir::ruleName(*answer.verdict.rule));
    if (rule.origin == srt::ir::Rule::Origin::Implied)
      return;
    json.attribute("file", llvm::json::fixUTF8(sources.name(rule.range.file)));
    json.attribute("line", rule.range.line);
    json.attribute("column", rule.range.column);
  });
  llvm::outs() << '\n';
}

static void writeText(const srt::ir::Policy &policy, const srt::Sources &sources,
                      const Answer &answer) {
  llvm::outs() << srt::ir::spelling(answer.verdict.effect) << ' '
               << srt::sim::eventText(answer.event) << ": ";
  if (!answer.verdict.rule) {
    llvm::outs() << "no rule allows it\n";
    return;
  }
  const srt::ir::Rule &rule = policy.rule(*answer.verdict.rule);
  llvm::outs() << srt::ir::ruleName(*answer.verdict.rule);
  if (rule.origin == srt::ir::Rule::Origin::Implied)
    llvm::outs() << ", implied by the policy as a whole\n";
  else
    llvm::outs() << " at " << sources.name(rule.range.file) << ':'
                 << rule.range.line << ':' << rule.range.column << '\n';
}

static Exit statusOf(srt::ir::Effect effect) {
  switch (effect) {
  case srt::ir::Effect::Allow:
    return Exit::Ok;
  case srt::ir::Effect::Ask:
    return Exit::Asked;
  case srt::ir::Effect::Deny:
    return Exit::Denied;
  }
  return Exit::Diagnosed;
}

static Exit run(const Query &query) {
  srt::Sources sources;
  srt::DiagnosticEngine diags;
  srt::CompileOptions options = optionsOf(query.common);
  std::optional<srt::FileId> file =
      srt::readInput(sources, query.common.file, diags);
  std::optional<srt::ir::Policy> policy;
  if (file)
    policy = srt::compileToPolicy(sources, *file, options, diags);
  if (!policy)
    return finish(query.common, sources, diags);
  Answer found = answer(*policy, query);
  (query.isJson ? writeJson : writeText)(*policy, sources, found);
  return statusOf(found.verdict.effect);
}

void addQuery(CLI::App &app, Exit &exit) {
  auto query = std::make_shared<Query>();
  CLI::App *command = app.add_subcommand(
      "query", "say what a policy decides on one action, and which rule decides");
  addInput(*command, query->common);
  addEventArguments(*command, query->asked, Needed::Yes);
  command->add_flag("--json", query->isJson, "answer with one JSON object");
  command->footer("Examples:\n"
                  "  srtc query agent.srt read /etc/shadow\n"
                  "  srtc query agent.srt write src/main.c\n"
                  "  srtc query agent.srt exec rm -rf /\n"
                  "  srtc query agent.srt connect api.github.com:443\n"
                  "  srtc query agent.srt --bind home=/home/me read '~/.ssh/id_rsa'\n"
                  "Options of srtc come before `exec`; all behind it is the command.\n"
                  "Exit status: 0 allow, 3 deny, 4 ask, 1 the policy is wrong.");
  command->callback([query, &exit] { exit = run(*query); });
}

} // namespace srtc
