// tools/srt-more/Edit.cpp: from denials to an edit of the policy.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Edit.h"

#include "lib/Driver/EventStatement.h"
#include "tools/srt/Files.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::command {

static std::string whyOf(const Denied &denied) {
  if (!denied.rule.empty())
    return "denied by " + denied.rule +
           (denied.text.empty() ? "" : " (" + denied.text + ")");
  if (denied.isName())
    return "no rule allows the name; which port was meant is a guess";
  return denied.text.empty() ? "no rule allows it" : denied.text;
}

/// Processes read their own things in /proc; no rule can mean only those.
static std::string statementOf(const Denied &denied, const sim::Event &event,
                               const ir::Policy &policy, const Job &job) {
  if (llvm::StringRef(denied.path).starts_with("/proc/self/"))
    return "allow " + denied.action + " \"/proc\";";
  return statementFor(policy, bindingsFor(policy, job), ir::Effect::Allow, event);
}

std::vector<Advice> adviseOn(const std::vector<Denied> &denied,
                             const ir::Policy &policy, const Job &job) {
  std::vector<Advice> out;
  for (const Denied &each : denied) {
    Advice advice{each, whyOf(each), ""};
    std::optional<sim::Event> event =
        eventOf(each.action, each.path, each.about);
    if (event && each.rule.empty() && each.text.empty())
      advice.statement = statementOf(each, *event, policy, job);
    out.push_back(std::move(advice));
  }
  return out;
}

static std::vector<std::string> linesOf(const std::string &text) {
  llvm::SmallVector<llvm::StringRef, 0> parts;
  llvm::StringRef(text).split(parts, '\n');
  if (!parts.empty() && parts.back().empty())
    parts.pop_back();
  return {parts.begin(), parts.end()};
}

/// Each statement once, in the order of the denials.
static std::vector<std::string> statementsOf(const std::vector<Advice> &advice) {
  std::vector<std::string> statements;
  for (const Advice &each : advice)
    if (!each.statement.empty() && !llvm::is_contained(statements, each.statement))
      statements.push_back(each.statement);
  return statements;
}

static std::string range(size_t first, size_t count) {
  return std::to_string(first) + "," + std::to_string(count);
}

std::string policyWith(const std::vector<std::string> &statements) {
  std::string text = "// What is allowed here beside the default.\n"
                     "import \"std/agent.srt\";\n\n"
                     "policy project extends agent {\n";
  for (const std::string &statement : statements)
    text += "  " + statement + "\n";
  return text + "}\n";
}

static std::string newPolicyPatch(const std::vector<std::string> &statements) {
  std::vector<std::string> lines = linesOf(policyWith(statements));
  return "--- /dev/null\n+++ b/.srt/policy.srt\n@@ -0,0 +" +
         range(1, lines.size()) + " @@\n+" + llvm::join(lines, "\n+") + "\n";
}

/// The index of the `}` that ends the policy and stands on a line of its own.
static std::optional<size_t> endOf(const std::vector<std::string> &lines) {
  auto last = llvm::find_if(llvm::reverse(lines), [](const std::string &line) {
    return llvm::StringRef(line).rtrim() == "}";
  });
  if (last == lines.rend())
    return std::nullopt;
  return size_t(lines.rend() - last) - 1;
}

std::string withStatements(const std::string &text,
                           const std::vector<std::string> &statements) {
  std::vector<std::string> lines = linesOf(text);
  std::optional<size_t> end = endOf(lines);
  if (!end)
    return {};
  std::string out;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == *end)
      for (const std::string &statement : statements)
        out += "  " + statement + "\n";
    out += lines[i] + "\n";
  }
  return out;
}

static std::string additionPatch(const std::vector<std::string> &statements,
                                 const std::string &name,
                                 const std::vector<std::string> &lines) {
  std::optional<size_t> last = endOf(lines);
  if (!last)
    return {};
  size_t end = *last;
  size_t begin = end < 3 ? 0 : end - 3;
  size_t kept = end - begin + 1;
  std::string patch = "--- a/" + name + "\n+++ b/" + name + "\n@@ -" +
                      range(begin + 1, kept) + " +" +
                      range(begin + 1, kept + statements.size()) + " @@\n";
  for (size_t i = begin; i < end; ++i)
    patch += " " + lines[i] + "\n";
  for (const std::string &statement : statements)
    patch += "+  " + statement + "\n";
  return patch + " " + lines[end] + "\n";
}

std::string patchFor(const std::vector<Advice> &advice, const Job &job) {
  std::vector<std::string> statements = statementsOf(advice);
  if (statements.empty())
    return {};
  if (job.found.choice == Choice::Default)
    return newPolicyPatch(statements);
  llvm::StringRef name = job.found.path;
  bool isInside = name.consume_front(job.found.project + "/");
  if (!isInside || !name.ends_with(".srt"))
    return {};
  return additionPatch(statements, name.str(),
                       linesOf(readFile(job.found.path).text()));
}

} // namespace srt::command
