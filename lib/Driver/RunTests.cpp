// lib/Driver/RunTests.cpp: the `test` blocks of a policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/RunTests.h"

#include "lib/Parse/Chars.h"
#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt {

sim::Bindings testBindings(const ir::Policy &policy) {
  sim::Bindings bindings;
  for (const ir::Param &param : policy.params) {
    switch (param.source) {
    case ir::Param::Source::Cwd:
      bindings.params.push_back("/home/user/project");
      break;
    case ir::Param::Source::Env:
      bindings.params.push_back(param.value == "HOME"
                                    ? "/home/user"
                                    : "/home/user/" + param.value);
      break;
    case ir::Param::Source::Literal:
      bindings.params.push_back(param.value);
      break;
    }
  }
  return bindings;
}

namespace {
class TestRunner {
public:
  TestRunner(const CheckedPolicy &checked, const sim::Bindings &bindings,
             DiagnosticEngine &diags)
      : checked(checked), bindings(bindings), diags(diags) {}

  std::vector<TestResult> run();

private:
  void runLine(const syntax::TestBlock &block, const syntax::Expectation &line);
  void runResource(const syntax::TestBlock &block,
                   const syntax::Expectation &line, ir::ActionId action,
                   const syntax::Literal &resource);
  std::optional<sim::Event> eventOf(ir::ActionId leaf,
                                    const syntax::Expectation &line,
                                    const syntax::Literal &resource);
  std::string expanded(llvm::StringRef text) const;
  std::optional<std::string> valueOf(llvm::StringRef param) const;
  std::vector<std::string> wordsOf(ir::ActionId leaf, llvm::StringRef text) const;
  void report(SourceRange range, llvm::StringRef what) {
    diags.report(range, diag::TestSyntax, what);
  }

  const CheckedPolicy &checked;
  const sim::Bindings &bindings;
  DiagnosticEngine &diags;
  std::vector<TestResult> results;
};
} // namespace

std::optional<std::string> TestRunner::valueOf(llvm::StringRef param) const {
  const std::vector<ir::Param> &params = checked.policy.params;
  for (size_t i = 0; i < params.size(); ++i)
    if (params[i].name == param)
      return bindings.params[i];
  auto constant = checked.constants.find(param);
  if (constant != checked.constants.end())
    return constant->second;
  return std::nullopt;
}

/// `${param}`, `~/` and `./` become what they are bound to.
std::string TestRunner::expanded(llvm::StringRef text) const {
  std::string out = text.consume_front("unix:") ? "unix:" : "";
  bool isHome = text == "~" || text.starts_with("~/");
  bool isProject = text == "." || text.starts_with("./");
  if (isHome)
    out += valueOf("home").value_or("/home/user");
  if (isProject)
    out += valueOf("project").value_or("/home/user/project");
  text = text.drop_front(isHome || isProject);
  // Once from left to right: a value is not looked into again.
  while (!text.empty()) {
    size_t close = text.find('}');
    std::optional<std::string> value;
    if (text.starts_with("${") && close != llvm::StringRef::npos)
      value = valueOf(text.slice(2, close));
    out += value ? *value : text.take_front(1).str();
    text = text.drop_front(value ? close + 1 : 1);
  }
  return out;
}

/// The words that a row of a verdict table would hold.
std::vector<std::string> TestRunner::wordsOf(ir::ActionId leaf,
                                             llvm::StringRef text) const {
  ir::Resource resource = ir::resource(leaf);
  bool hasPort = text.starts_with("tcp:") || text.starts_with("udp:") ||
                 text.starts_with("unix:");
  if (resource == ir::Resource::Endpoint && !hasPort)
    return {(leaf == ir::ActionId::Send ? "udp:" : "tcp:") + text.str()};
  if (resource != ir::Resource::Command && resource != ir::Resource::Syscall)
    return {text.str()};
  llvm::SmallVector<llvm::StringRef, 8> parts;
  text.split(parts, ' ', -1, /*KeepEmpty=*/false);
  std::vector<std::string> words;
  for (llvm::StringRef part : parts)
    words.push_back(part.str());
  // A bare name is what PATH would find first on most machines.
  bool isBare = resource == ir::Resource::Command && !words.empty() &&
                !llvm::StringRef(words[0]).contains('/');
  if (isBare)
    words[0] = "/usr/bin/" + words[0];
  return words;
}

std::optional<sim::Event> TestRunner::eventOf(ir::ActionId leaf,
                                              const syntax::Expectation &line,
                                              const syntax::Literal &resource) {
  std::vector<sim::TableWord> words;
  for (std::string &word : wordsOf(leaf, expanded(unescaped(resource.text))))
    words.push_back({std::move(word), 0, 0, /*isQuoted=*/true});
  sim::TableProblem problem;
  std::optional<sim::Event> event =
      sim::readEvent(leaf, {line.action.text, 0, 0, false}, words, problem);
  if (!event)
    report(resource.range, problem.what);
  return event;
}

void TestRunner::runResource(const syntax::TestBlock &block,
                             const syntax::Expectation &line,
                             ir::ActionId action,
                             const syntax::Literal &resource) {
  std::optional<TestResult> shownResult;
  for (ir::ActionId leaf : ir::leavesOf(action)) {
    std::optional<sim::Event> event = eventOf(leaf, line, resource);
    if (!event)
      return;
    TestResult result{block.name.text, resource.range, leaf, resource.text,
                      line.effect,
                      sim::evalPolicy(checked.policy, bindings, *event)};
    // The first leaf that does not meet the expectation speaks for all.
    if (!shownResult || (shownResult->isMet() && !result.isMet()))
      shownResult = std::move(result);
  }
  results.push_back(std::move(*shownResult));
}

void TestRunner::runLine(const syntax::TestBlock &block,
                         const syntax::Expectation &line) {
  std::optional<ir::ActionId> action = ir::actionNamed(line.action.text);
  if (!action)
    return report(line.action.range,
                  "`" + shown(line.action.text) + "` is not an action");
  for (const syntax::Literal &resource : line.resources)
    runResource(block, line, *action, resource);
}

std::vector<TestResult> TestRunner::run() {
  for (const syntax::TestBlock &block : checked.tests)
    for (const syntax::Expectation &line : block.expectations)
      runLine(block, line);
  return std::move(results);
}

std::vector<TestResult> runTests(const CheckedPolicy &checked,
                                 const sim::Bindings &bindings,
                                 DiagnosticEngine &diags) {
  return TestRunner(checked, bindings, diags).run();
}

} // namespace srt
