// lib/Lsp/Enforcement.cpp: what becomes of the rules of a document.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Enforcement.h"

#include "lib/Driver/Matrix.h"
#include "lib/Driver/RunTests.h"
#include "lib/Lsp/Places.h"
#include "lib/Transforms/Lower.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::lsp {

std::optional<ir::Plan> draftOf(Compilation &compilation) {
  const CompileOptions &options = compilation.options;
  auto target = kernel::targetNamed(options.target);
  if (!target || target->os != kernel::Os::Linux)
    return std::nullopt;
  std::optional<ir::Policy> policy = compileToPolicy(
      compilation.sources, compilation.root, options, compilation.diags);
  if (!policy)
    return std::nullopt;
  llvm::ArrayRef<kernel::Arch> archs = kernel::runtimeArchs();
  return draft(std::move(*policy),
               {*target,
                {archs.begin(), archs.end()},
                options.acceptWider,
                options.broker},
               compilation.diags);
}

std::string mechanismText(const ir::Decision &decision) {
  std::string text;
  for (ir::Mechanism mechanism : decision.mechanisms)
    text += (text.empty() ? "" : "+") + ir::spelling(mechanism).str();
  if (decision.exactness != ir::Exactness::Exact)
    text += ", " + ir::spelling(decision.exactness).str();
  return text;
}

/// True for rules that a person wrote in the document itself.
static bool isOwn(const ir::Rule &rule, FileId root) {
  return rule.origin == ir::Rule::Origin::Written && rule.range.file == root &&
         !rule.range.isNowhere();
}

llvm::json::Value inlayHintsIn(const Query &query, llvm::lsp::Range range) {
  Compilation compilation(query);
  llvm::json::Array hints;
  std::optional<ir::Plan> plan = draftOf(compilation);
  if (!plan)
    return hints;
  Places places(compilation, query.document);
  std::map<llvm::lsp::Position, std::string> labels; // rules may share a place
  for (size_t i = 0; i < plan->policy.rules.size(); ++i) {
    const ir::Rule &rule = plan->policy.rules[i];
    if (isOwn(rule, compilation.root))
      labels.emplace(places.range(rule.range).end,
                     mechanismText(plan->decisions[i]));
  }
  for (const auto &[position, label] : labels) {
    bool isInside = !(position < range.start) && !(range.end < position);
    if (!isInside || label.empty())
      continue;
    llvm::lsp::InlayHint hint(llvm::lsp::InlayHintKind::Type, position);
    hint.label = label;
    hint.paddingLeft = true;
    hints.push_back(hint);
  }
  return hints;
}

namespace {
/// Where a place is, in bytes of the root.
struct Spot {
  const Compilation &compilation;
  size_t offset;

  bool isIn(SourceRange range) const {
    if (range.isNowhere() || range.file != compilation.root)
      return false;
    const Sources &sources = compilation.sources;
    return sources.offset(range.file, range.line, range.column) <= offset &&
           offset <= sources.offset(range.file, range.endLine, range.endColumn);
  }
};
} // namespace

static std::string mechanismPart(const ir::Plan &plan, const Spot &spot) {
  for (uint32_t i = 0; i < plan.policy.rules.size(); ++i) {
    const ir::Rule &rule = plan.policy.rules[i];
    if (!isOwn(rule, spot.compilation.root) || !spot.isIn(rule.range))
      continue;
    const ir::Decision &decision = plan.decisions[i];
    std::string text = "**" + ir::spelling(rule.effect).str() + "**, rule " +
                       ir::ruleName({i}) + " on " + plan.target.name + ": " +
                       mechanismText(decision);
    if (decision.exactness == ir::Exactness::Exact)
      text += ", exact";
    for (const std::string &note : decision.notes)
      text += "\n- " + note;
    return text;
  }
  return {};
}

/// Cost and kernels, from the table of all targets.
static std::string targetsPart(const Query &query, size_t offset) {
  Compilation compilation(query);
  compilation.options.checks.reset();
  std::optional<Matrix> matrix =
      matrixOf(compilation.sources, compilation.root, compilation.options,
               compilation.diags);
  if (!matrix)
    return {};
  Spot spot{compilation, offset};
  auto row = llvm::find_if(matrix->rows, [&](const MatrixRow &each) {
    return spot.isIn(each.range);
  });
  if (row == matrix->rows.end())
    return {};
  std::string text = "\n- oldest kernel that takes it: " + row->oldest +
                     "\n- cost while running: " + row->cost;
  for (size_t i = 0; i < matrix->targets.size(); ++i)
    if (row->fates[i] != Fate::Exact && row->fates[i] != Fate::Absent)
      text += "\n- " + matrix->targets[i] + ": " + spelling(row->fates[i]).str();
  return text;
}

/// What the policy decides on an expectation of a test block.
static std::string testText(const Query &query, size_t offset) {
  Compilation compilation(query);
  std::optional<CheckedPolicy> checked =
      compileToChecked(compilation.sources, compilation.root,
                       compilation.options, compilation.diags);
  if (!checked)
    return {};
  Spot spot{compilation, offset};
  for (const TestResult &each : runTests(
           *checked, testBindings(checked->policy), compilation.diags)) {
    if (!spot.isIn(each.range))
      continue;
    std::string text = "**" + ir::spelling(each.found.effect).str() + "** " +
                       ir::spelling(each.leaf).str() + ": ";
    if (each.found.rule)
      text += "rule " + ir::ruleName(*each.found.rule) + ", line " +
              std::to_string(
                  checked->policy.rule(*each.found.rule).range.line);
    else
      text += "no rule matches";
    return text + (each.isMet() ? "" : "\n\nNot what the test expects.");
  }
  return {};
}

std::string ruleText(const Query &query, size_t offset) {
  Compilation compilation(query);
  std::optional<ir::Plan> plan = draftOf(compilation);
  if (!plan && compilation.diags.errors() > 0)
    return {}; // it does not read, and will not a second time
  std::string text;
  if (plan)
    text = mechanismPart(*plan, {compilation, offset});
  std::string targets = targetsPart(query, offset);
  if (text.empty() && targets.empty())
    return testText(query, offset);
  return text + targets;
}

} // namespace srt::lsp
