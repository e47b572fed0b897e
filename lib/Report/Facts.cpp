// lib/Report/Facts.cpp: reads, checks, plans and compares for a report.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Facts.h"

#include "lib/Backend/Sbpl.h"
#include "lib/Driver/RunTests.h"
#include "lib/Transforms/Lower.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::report {

const MatrixRow *Facts::rowOf(ir::RuleId id) const {
  const ir::Rule &rule = now.policy.rule(id);
  bool isImplied = rule.origin == ir::Rule::Origin::Implied;
  std::string says = isImplied ? saysOf(now.policy, rule) : "";
  // Imports are read again by each compilation, as another file of that name.
  auto isSame = [&](SourceRange a, SourceRange b) {
    return a.line == b.line && a.column == b.column &&
           sources.name(a.file) == sources.name(b.file);
  };
  auto row = llvm::find_if(matrix.rows, [&](const MatrixRow &each) {
    if (isImplied || each.range.isNowhere())
      return isImplied && each.range.isNowhere() && each.says == says;
    return isSame(each.range, rule.range);
  });
  return row == matrix.rows.end() ? nullptr : &*row;
}

static std::optional<Subject> subjectOf(Facts &facts, FileId file,
                                        DiagnosticEngine &diags) {
  std::optional<ir::Policy> policy =
      compileToPolicy(facts.sources, file, facts.options, diags);
  if (!policy)
    return std::nullopt;
  sim::Bindings bindings = testBindings(*policy);
  return Subject{std::move(*policy), std::move(bindings)};
}

static size_t testsIn(const ir::Pattern &pattern) {
  auto *call = std::get_if<ir::SyscallPattern>(&pattern.value);
  return call ? call->tests.size() : 0;
}

static bool isSearchable(const ir::Policy &policy) {
  size_t patterns = 0, tests = 0;
  for (const ir::Rule &rule : policy.rules) {
    patterns += rule.patterns.size() + rule.excepts.size();
    for (const ir::Pattern &pattern : rule.patterns)
      tests += testsIn(pattern);
  }
  return patterns <= kMaxSearched && tests <= kMaxTests;
}

/// What the checks find, beside what reading found.
static void check(Facts &facts) {
  CompileOptions options = facts.options;
  options.imports = nullptr;
  facts.isSearched = isSearchable(facts.now.policy);
  if (facts.isSearched)
    options.checks = CheckDepth::Remarks;
  compileToPolicy(facts.sources, facts.file, options, facts.findings);
  if (facts.isSearched)
    return;
  // These take time for each rule only.
  checkPlaces(facts.now.policy, CheckDepth::Remarks, facts.findings);
  checkPatterns(facts.now.policy, facts.findings);
}

static void plan(Facts &facts) {
  if (facts.target.os == kernel::Os::Macos) {
    std::string profile;
    backend::emitSbpl(facts.now.policy, facts.options.proxyPort,
                      facts.findings, profile);
    return;
  }
  facts.plan = draft(facts.now.policy,
                     {facts.target,
                      facts.options.archs,
                      facts.options.acceptWider,
                      facts.options.broker},
                     facts.findings);
}

bool gather(Facts &facts, FileId file, std::optional<FileId> against,
            DiagnosticEngine &diags) {
  facts.file = file;
  facts.against = against.value_or(file);
  std::optional<kernel::Target> target =
      kernel::targetNamed(facts.options.target);
  if (!target) {
    // It is told as it is for a plan: no such target, or another engine's.
    compileToPlan(facts.sources, file, facts.options, diags);
    return false;
  }
  facts.target = *target;
  std::optional<Subject> now = subjectOf(facts, file, diags);
  if (against)
    facts.before = subjectOf(facts, *against, diags);
  if (!now || (against && !facts.before))
    return false;
  facts.now = std::move(*now);
  // What keeps it from being read on some system was told above, or is now.
  std::optional<Matrix> matrix =
      matrixOf(facts.sources, file, facts.options, diags);
  if (!matrix)
    return false;
  facts.matrix = std::move(*matrix);
  check(facts);
  plan(facts);
  if (facts.before)
    facts.diff = diffOf(facts.before->policy, facts.now.policy);
  return true;
}

} // namespace srt::report
