// tools/srt-more/Hook.cpp: answers PreToolUse questions.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Hook.h"

#include "tools/srt-more/Trust.h"

#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <unistd.h>

namespace srt::command {

namespace {
struct Answer {
  const char *decision; // "allow", "ask" or "deny"
  std::string reason;
  std::optional<llvm::json::Object> input; // what the tool gets instead
};

/// A policy that may be used, with the texts that its rules are in.
struct Usable {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<ir::Policy> policy;
  std::string problem; // why it may not
};
} // namespace

static std::string asJson(Answer answer) {
  llvm::json::Object specific{{"hookEventName", "PreToolUse"},
                              {"permissionDecision", answer.decision},
                              {"permissionDecisionReason", answer.reason}};
  if (answer.input)
    specific["updatedInput"] = std::move(*answer.input);
  std::string text;
  llvm::raw_string_ostream out(text);
  out << llvm::json::Value(llvm::json::Object{
             {"hookSpecificOutput", std::move(specific)}})
      << '\n';
  return text;
}

/// A word for sh(1), whatever it holds.
static std::string shellQuoted(llvm::StringRef word) {
  std::string out = "'";
  for (char c : word)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// The rule's place and words, for a reason.
static std::string ruleText(const Usable &usable, ir::RuleId id) {
  const ir::Rule &rule = usable.policy->rule(id);
  if (rule.range.isNowhere())
    return "a rule that the policy implies";
  return (usable.sources.name(rule.range.file) + ":" +
          llvm::Twine(rule.range.line))
      .str();
}

static sim::Verdict judge(const Usable &usable, const Job &job,
                          const sim::Event &event) {
  return sim::evalPolicy(*usable.policy, bindingsFor(*usable.policy, job), event);
}

/// Where a path really leads, as far as it is there.
static std::string resolved(llvm::StringRef path, const Job &job) {
  llvm::SmallString<256> whole(path);
  if (llvm::sys::path::is_relative(whole)) {
    whole = job.found.cwd;
    llvm::sys::path::append(whole, path);
  }
  llvm::sys::path::remove_dots(whole, /*remove_dot_dot=*/false);
  llvm::SmallString<256> there(whole), real;
  std::string rest;
  while (llvm::sys::fs::real_path(there, real) && there.size() > 1) {
    rest = ("/" + llvm::sys::path::filename(there) + rest).str();
    llvm::sys::path::remove_filename(there);
  }
  std::string out = (real == "/" && !rest.empty()) ? rest : std::string(real) + rest;
  return out;
}

/// Judges every part of the action; the strictest counts.
static Answer answerFile(const Usable &usable, const Job &job,
                         llvm::StringRef path, llvm::ArrayRef<const char *> actions) {
  std::string place = resolved(path, job);
  if (!sim::isResolvedPath(place))
    return {"ask", "srt cannot tell where `" + path.str() + "` leads", {}};
  for (const char *name : actions) {
    sim::Event event{*ir::actionNamed(name), sim::Name{place}};
    sim::Verdict verdict = judge(usable, job, event);
    if (verdict.effect == ir::Effect::Allow)
      continue;
    if (verdict.rule && verdict.effect == ir::Effect::Deny)
      return {"deny", std::string(name) + " of `" + place + "` is denied by " +
                          ruleText(usable, *verdict.rule), {}};
    if (verdict.rule)
      return {"ask", ruleText(usable, *verdict.rule) + " says to ask", {}};
    return {"ask", "no rule of the policy allows " + std::string(name) + " of `" +
                       place + "`", {}};
  }
  return {"allow", "the policy allows it", {}};
}

/// A program that a rule denies by name is said so at once; everything else the
/// sandbox decides when it runs.
static std::optional<Answer> refuseProgram(const Usable &usable, const Job &job,
                                           llvm::StringRef command) {
  llvm::StringRef word = command.ltrim().take_until(
      [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == ';'; });
  bool isPlain = !word.empty() && llvm::all_of(word, [](char c) {
    return llvm::isAlnum(c) || c == '-' || c == '_' || c == '.' || c == '+';
  });
  if (!isPlain)
    return std::nullopt;
  sim::Event event{ir::ActionId::Exec, sim::Command{"/usr/bin/" + word.str(), {}}};
  sim::Verdict verdict = judge(usable, job, event);
  if (verdict.effect != ir::Effect::Deny || !verdict.rule)
    return std::nullopt;
  return Answer{"deny", "`" + word.str() + "` is denied by " +
                            ruleText(usable, *verdict.rule), {}};
}

static Answer answerBash(const Usable &usable, const Job &job,
                         const llvm::json::Object &input, llvm::StringRef command) {
  if (std::optional<Answer> refusal = refuseProgram(usable, job, command))
    return *refusal;
  std::string srt = shellQuoted(job.places.programs + "/srt");
  if (!job.request.policy.empty())
    srt += " --policy " + shellQuoted(job.found.path);
  llvm::json::Object changed = input;
  changed["command"] = srt + " shell -c " + shellQuoted(command);
  return {"allow", std::string("runs under the ") + text(job.found.choice) +
                       " policy of srt",
          std::move(changed)};
}

/// Compiles, since a policy that does not, or that nobody agreed to, would stop
/// the command after it was allowed. A bundle in the cache says it is fine.
static void readUsable(const Job &job, Usable &usable) {
  std::string key = keyOf(job.request, job.found, job.places);
  bool isKnown = !findEntry(key, job.request, job.found, job.places).path.empty();
  std::optional<Compiled> compiled;
  if (!isKnown)
    compiled = compile(job);
  if (!isKnown && !compiled) {
    usable.problem = "the policy `" + job.found.path + "` is wrong";
    return;
  }
  if (compiled)
    if (std::optional<Refusal> refusal = refusalFor(job, *compiled)) {
      usable.problem = refusal->what + "; " + refusal->hint;
      return;
    }
  usable.policy = readPolicy(job, usable.sources, usable.diags);
  if (!usable.policy)
    usable.problem = "the policy `" + job.found.path + "` is wrong";
}

static std::optional<Answer> answerTool(llvm::StringRef tool,
                                        const llvm::json::Object &input,
                                        const Job &job, std::string &problem) {
  bool isBash = tool == "Bash";
  bool isRead = tool == "Read" || tool == "NotebookRead";
  llvm::StringRef key = isBash                    ? "command"
                        : tool == "NotebookEdit" ? "notebook_path"
                                                 : "file_path";
  std::optional<llvm::StringRef> what = input.getString(key);
  if (!what) {
    problem = "the question has no `tool_input." + key.str() + "`";
    return std::nullopt;
  }
  Usable usable;
  readUsable(job, usable);
  if (!usable.policy)
    return Answer{"ask", "srt cannot confine this: " + usable.problem, {}};
  if (isBash)
    return answerBash(usable, job, input, *what);
  if (isRead)
    return answerFile(usable, job, *what, {"read.data"});
  return answerFile(usable, job, *what, {"write.data", "write.create"});
}

static bool isJudged(llvm::StringRef tool) {
  static constexpr llvm::StringRef kTools[] = {
      "Bash", "Read", "NotebookRead", "Write", "Edit", "MultiEdit", "NotebookEdit"};
  return llvm::is_contained(kTools, tool);
}

std::optional<std::string> answerHook(llvm::StringRef question, Job job,
                                      std::string &problem) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(question);
  if (!value) {
    problem = "the question is no JSON: " + llvm::toString(value.takeError());
    return std::nullopt;
  }
  const llvm::json::Object *object = value->getAsObject();
  std::optional<llvm::StringRef> tool =
      object ? object->getString("tool_name") : std::nullopt;
  const llvm::json::Object *input = object ? object->getObject("tool_input") : nullptr;
  if (!tool || !input) {
    problem = "the question has no `tool_name` and `tool_input`";
    return std::nullopt;
  }
  if (!isJudged(*tool))
    return std::string();
  std::optional<llvm::StringRef> cwd = object->getString("cwd");
  if (cwd && chdir(cwd->str().c_str()) != 0)
    return asJson({"ask", "srt cannot enter `" + cwd->str() + "`", {}});
  job.found = discover(job.request, job.places);
  if (!job.found.problem.empty())
    return asJson({"ask", "srt cannot confine this: " + job.found.problem, {}});
  std::optional<Answer> answer = answerTool(*tool, *input, job, problem);
  return answer ? std::optional(asJson(std::move(*answer))) : std::nullopt;
}

} // namespace srt::command
