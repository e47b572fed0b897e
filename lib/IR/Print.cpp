// lib/IR/Print.cpp: writes IR text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Print.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

std::string locationText(SourceRange range, const Sources &sources) {
  if (range.isNowhere())
    return " at nowhere";
  std::string out = " at " + quoted(sources.name(range.file));
  out += ":" + std::to_string(range.line) + ":" + std::to_string(range.column);
  out += "-" + std::to_string(range.endLine);
  return out + ":" + std::to_string(range.endColumn);
}

namespace {
class Printer {
public:
  Printer(llvm::raw_ostream &out, const Policy &policy, const Sources &sources,
          Locations locations)
      : out(out), policy(policy), sources(sources), locations(locations) {}

  void print();

private:
  void printParam(const Param &param);
  void printRule(RuleId id);
  void printPatterns(llvm::ArrayRef<Pattern> patterns);
  void printPattern(const Pattern &pattern);
  void printEnv(const EnvRule &env);
  void printLimit(const Limit &limit);
  void printLocation(SourceRange range);

  llvm::raw_ostream &out;
  const Policy &policy;
  const Sources &sources;
  Locations locations;
};
} // namespace

void Printer::printLocation(SourceRange range) {
  if (locations == Locations::On)
    out << locationText(range, sources);
}

void Printer::printParam(const Param &param) {
  out << "  param %" << param.name << " : path = ";
  switch (param.source) {
  case Param::Source::Cwd:
    out << "cwd";
    break;
  case Param::Source::Env:
    out << "env " << quoted(param.value);
    break;
  case Param::Source::Literal:
    out << quoted(param.value);
    break;
  }
  printLocation(param.range);
  out << '\n';
}

void Printer::printPattern(const Pattern &pattern) {
  Resource resource = resourceOf(pattern);
  std::string spelled = text(pattern, policy.params);
  // Subjects are words of the language; all else is text of its own.
  bool isWord = resource == Resource::Subject;
  out << resourceName(resource) << ' ';
  out << (isWord ? spelled : '"' + spelled + '"');
  printLocation(pattern.range);
}

void Printer::printPatterns(llvm::ArrayRef<Pattern> patterns) {
  out << '[';
  for (const auto &[i, pattern] : llvm::enumerate(patterns)) {
    out << (i == 0 ? "" : ", ");
    printPattern(pattern);
  }
  out << ']';
}

static llvm::StringRef prefix(Rule::Origin origin) {
  switch (origin) {
  case Rule::Origin::Written:
    return "";
  case Rule::Origin::Implied:
    return "implied ";
  }
  llvm_unreachable("unknown origin");
}

void Printer::printRule(RuleId id) {
  const Rule &rule = policy.rule(id);
  out << "  rule " << ruleName(id) << ' ' << prefix(rule.origin);
  out << spelling(rule.effect) << ' ';
  for (ActionId action : rule.actions)
    out << spelling(action) << ' ';
  printPatterns(rule.patterns);
  if (!rule.excepts.empty()) {
    out << " except ";
    printPatterns(rule.excepts);
  }
  printLocation(rule.range);
  out << '\n';
}

static llvm::StringRef word(EnvRule::Kind kind) {
  switch (kind) {
  case EnvRule::Kind::Pass:
    return "pass";
  case EnvRule::Kind::Set:
    return "set";
  case EnvRule::Kind::Unset:
    return "unset";
  }
  llvm_unreachable("unknown kind of env rule");
}

void Printer::printEnv(const EnvRule &env) {
  out << "  env " << prefix(env.origin) << word(env.kind) << ' ';
  out << quoted(env.name);
  if (env.kind == EnvRule::Kind::Set)
    out << " = " << quoted(env.value);
  printLocation(env.range);
  out << '\n';
}

void Printer::printLimit(const Limit &limit) {
  out << "  limit " << spelling(limit.kind) << ' ' << limit.value;
  printLocation(limit.range);
  out << '\n';
}

void Printer::print() {
  out << "policy @" << policy.name;
  printLocation(policy.range);
  out << " {\n";
  for (const Param &param : policy.params)
    printParam(param);
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    printRule({i});
  for (const EnvRule &env : policy.env)
    printEnv(env);
  for (const Limit &limit : policy.limits)
    printLimit(limit);
  out << "}\n";
}

void print(llvm::raw_ostream &out, const Policy &policy, const Sources &sources,
           Locations locations) {
  Printer(out, policy, sources, locations).print();
}

} // namespace srt::ir
