// tools/srtc/QueryCommand.cpp: srtc query.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Driver/Files.h"
#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace srtc {

namespace {
struct Query {
  Common common;
  std::string action;
  std::vector<std::string> words;
  std::vector<std::string> bindings;
  std::string path;
  bool isJson = false;
};

/// The verdict on one leaf action.
struct Answer {
  srt::ir::ActionId leaf;
  srt::sim::Verdict verdict;
};
} // namespace

/// Where params lead if nothing is bound: places that nothing else names.
static std::string unbound(const srt::ir::Param &param) {
  if (param.source == srt::ir::Param::Source::Literal)
    return param.value;
  return "/-unbound-/" + param.name;
}

static srt::sim::Bindings bind(const srt::ir::Policy &policy,
                               const Query &query) {
  srt::sim::Bindings bindings;
  for (const srt::ir::Param &param : policy.params)
    bindings.params.push_back(unbound(param));
  bindParams(policy, query.bindings, bindings);
  if (query.path.empty())
    return bindings;
  llvm::SmallVector<llvm::StringRef, 8> folders;
  llvm::StringRef(query.path).split(folders, ':', -1, /*KeepEmpty=*/false);
  bindings.searchPath.clear();
  for (llvm::StringRef folder : folders)
    bindings.searchPath.push_back(folder.str());
  return bindings;
}

static srt::sim::Event eventOf(srt::ir::ActionId leaf, const Query &query) {
  std::vector<srt::sim::TableWord> words;
  for (const std::string &word : query.words)
    words.push_back({word, 0, 0, /*isQuoted=*/true});
  srt::sim::TableWord name{query.action, 0, 0, false};
  srt::sim::TableProblem problem;
  std::optional<srt::sim::Event> event =
      srt::sim::readEvent(leaf, name, words, problem);
  if (!event)
    throw CLI::ValidationError("RESOURCE", problem.what);
  return *event;
}

/// The strictest verdict on the leaves of the action that was asked about.
static Answer answer(const srt::ir::Policy &policy, const Query &query) {
  std::optional<srt::ir::ActionId> action = srt::ir::actionNamed(query.action);
  if (!action)
    throw CLI::ValidationError("ACTION", query.action + " is not an action");
  srt::sim::Bindings bindings = bind(policy, query);
  std::optional<Answer> strictest;
  for (srt::ir::ActionId leaf : srt::ir::leavesOf(*action)) {
    Answer found{leaf, srt::sim::evalPolicy(policy, bindings,
                                            eventOf(leaf, query))};
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
    json.attribute("action", srt::ir::spelling(answer.leaf));
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
               << srt::ir::spelling(answer.leaf) << ": ";
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
  command->add_option("ACTION", query->action, "such as read, exec or connect")
      ->required();
  command->add_option("RESOURCE", query->words,
                      "a path, an endpoint, a command with its arguments")
      ->required();
  command->add_option("--bind", query->bindings, "PARAM=/path: value of a path param")
      ->allow_extra_args(false);
  command->add_option("--path", query->path,
                      "PATH on which bare command names are looked up");
  command->add_flag("--json", query->isJson, "answer with one JSON object");
  command->footer("Examples:\n"
                  "  srtc query agent.srt read /etc/shadow\n"
                  "  srtc query agent.srt connect tcp:*:443\n"
                  "  srtc query agent.srt --bind project=/w write /w/src/main.c\n"
                  "Exit status: 0 allow, 3 deny, 4 ask, 1 the policy is wrong.");
  command->callback([query, &exit] { exit = run(*query); });
}

} // namespace srtc
