// lib/Driver/Matrix.cpp: one plan for each target, read off rule by rule.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Matrix.h"

#include "lib/Backend/Sbpl.h"
#include "lib/IR/PatternText.h"
#include "lib/Transforms/Lower.h"
#include "lib/Support/Within.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <tuple>

namespace srt {

namespace {
/// Rules are the same rule if they stand at the same place.
using Key = std::tuple<uint32_t, uint32_t, uint32_t>; // file, line, column

class MatrixMaker {
public:
  MatrixMaker(Sources &sources, FileId file, const CompileOptions &options,
              DiagnosticEngine &diags)
      : sources(sources), file(file), options(options), diags(diags) {}
  std::optional<Matrix> make();

private:
  std::optional<ir::Policy> policyFor(llvm::StringRef target,
                                      DiagnosticEngine &told);
  bool readPolicies();
  SourceRange firstOf(SourceRange range) const;
  void addTarget(size_t column, const kernel::Target &target);
  MatrixRow &rowOf(const ir::Policy &policy, const ir::Rule &rule);
  void addLinux(size_t column, const kernel::Target &target, ir::Policy policy);
  void addMac(size_t column, const ir::Policy &policy);
  void addErrors(size_t column, const DiagnosticEngine &found);
  void findOldest();

  Sources &sources;
  FileId file;
  CompileOptions options;
  DiagnosticEngine &diags;
  std::optional<ir::Policy> onLinux, onMac;
  Matrix matrix;
  std::map<Key, MatrixRow> rows;
  MatrixRow whole;
};
} // namespace

llvm::StringRef spelling(Fate fate) {
  switch (fate) {
  case Fate::Absent:
    return "-";
  case Fate::Exact:
    return "exact";
  case Fate::Carried:
    return "carried";
  case Fate::Narrower:
    return "narrower";
  case Fate::Wider:
    return "WIDER";
  case Fate::Refused:
    return "refused";
  }
  llvm_unreachable("unknown fate");
}

static Key keyOf(const SourceRange &range) {
  return {range.file.value, range.line, range.column};
}

std::string saysOf(const ir::Policy &policy, const ir::Rule &rule) {
  std::string text = ir::spelling(rule.effect).str();
  for (size_t i = 0; i < rule.actions.size(); ++i)
    text += (i == 0 ? " " : ", ") + ir::spelling(rule.actions[i]).str();
  for (size_t i = 0; i < rule.patterns.size(); ++i)
    text += (i == 0 ? " " : ", ") + ir::text(rule.patterns[i], policy.params);
  if (rule.origin == ir::Rule::Origin::Implied)
    text += " (implied)";
  return text;
}

llvm::StringRef costOf(const ir::Rule &rule) {
  return ir::spelling(ir::costOf(rule, {}));
}

/// The place in the file as it was read first: the policy is read once for each
/// system, and its imports are another file each time.
SourceRange MatrixMaker::firstOf(SourceRange range) const {
  if (range.isNowhere())
    return range;
  uint32_t first = 0;
  while (sources.name({first}) != sources.name(range.file))
    ++first;
  range.file = {first};
  return range;
}

MatrixRow &MatrixMaker::rowOf(const ir::Policy &policy, const ir::Rule &rule) {
  bool isImplied = rule.origin == ir::Rule::Origin::Implied;
  SourceRange range = isImplied ? SourceRange() : firstOf(rule.range);
  Key key = keyOf(range);
  if (isImplied) // these share the policy's place
    key = {~0u, uint32_t(rule.actions.front()), 0};
  auto [it, isNew] = rows.try_emplace(key);
  if (isNew) {
    it->second = {range, saysOf(policy, rule), costOf(rule).str(), "", {}, {}};
    it->second.fates.resize(matrix.targets.size(), Fate::Absent);
    it->second.reasons.resize(matrix.targets.size());
  }
  return it->second;
}

/// An error belongs to the rule that it stands in, or to the policy.
void MatrixMaker::addErrors(size_t column, const DiagnosticEngine &found) {
  for (const Diagnostic *each : found.sorted()) {
    if (each->severity != Severity::Error)
      continue;
    MatrixRow *row = &whole;
    SourceRange range = firstOf(each->range);
    for (auto &[key, candidate] : rows)
      if (!candidate.range.isNowhere() && isWithin(range, candidate.range))
        row = &candidate;
    if (row->fates[column] != Fate::Refused)
      row->reasons[column] = code(each->kind).str() + ": " + each->message;
    row->fates[column] = Fate::Refused;
  }
}

static Fate fateOf(ir::Exactness exactness) {
  switch (exactness) {
  case ir::Exactness::Exact:
    return Fate::Exact;
  case ir::Exactness::Narrower:
    return Fate::Narrower;
  case ir::Exactness::Wider:
    return Fate::Wider;
  }
  llvm_unreachable("unknown exactness");
}

void MatrixMaker::addLinux(size_t column, const kernel::Target &target,
                           ir::Policy policy) {
  DiagnosticEngine found;
  llvm::ArrayRef<kernel::Arch> archs = kernel::runtimeArchs();
  ir::Plan plan = draft(std::move(policy),
                        {target,
                         {archs.begin(), archs.end()},
                         options.acceptWider,
                         options.broker},
                        found);
  for (uint32_t i = 0; i < plan.policy.rules.size(); ++i) {
    const ir::Decision &decision = plan.decisions[i];
    MatrixRow &row = rowOf(plan.policy, plan.policy.rules[i]);
    row.fates[column] = fateOf(decision.exactness);
    if (decision.cost == ir::Cost::Broker)
      row.cost = ir::spelling(decision.cost).str();
    if (!decision.notes.empty())
      row.reasons[column] = decision.notes.front();
  }
  addErrors(column, found);
}

void MatrixMaker::addMac(size_t column, const ir::Policy &policy) {
  DiagnosticEngine found;
  std::string text;
  backend::emitSbpl(policy, options.proxyPort, found, text);
  for (const ir::Rule &rule : policy.rules)
    rowOf(policy, rule).fates[column] = Fate::Carried;
  addErrors(column, found);
}

/// The policy as it is on the target's system: its blocks `on OS` are all that
/// depends on the target. Nothing if it is wrong.
std::optional<ir::Policy> MatrixMaker::policyFor(llvm::StringRef target,
                                                 DiagnosticEngine &told) {
  options.target = target.str();
  size_t before = told.errors();
  std::optional<ir::Policy> policy =
      compileToPolicy(sources, file, options, told);
  if (told.errors() != before)
    return std::nullopt;
  return policy;
}

/// Reads the policy once for each system.
bool MatrixMaker::readPolicies() {
  onLinux = policyFor(kernel::kDefaultTarget, diags);
  if (!onLinux)
    return false;
  // Of all but the blocks `on macos` this says the same again.
  DiagnosticEngine again;
  onMac = policyFor("macos", again);
  if (!onMac)
    policyFor("macos", diags);
  return onMac.has_value();
}

void MatrixMaker::addTarget(size_t column, const kernel::Target &target) {
  if (target.os == kernel::Os::Macos)
    addMac(column, *onMac);
  else
    addLinux(column, target, *onLinux);
}

void MatrixMaker::findOldest() {
  for (MatrixRow &row : matrix.rows) {
    row.oldest = "none";
    for (size_t i = matrix.targets.size(); i-- > 0;)
      if (row.fates[i] != Fate::Refused && row.fates[i] != Fate::Absent &&
          matrix.targets[i] != "macos")
        row.oldest = matrix.targets[i];
  }
}

std::optional<Matrix> MatrixMaker::make() {
  for (llvm::StringRef name : kernel::targetNames())
    matrix.targets.push_back(name.str());
  whole = {{}, "the policy as a whole", "none", "", {}, {}};
  whole.fates.resize(matrix.targets.size(), Fate::Carried);
  whole.reasons.resize(matrix.targets.size());
  if (!readPolicies())
    return std::nullopt;
  for (size_t i = 0; i < matrix.targets.size(); ++i)
    addTarget(i, *kernel::targetNamed(matrix.targets[i]));
  matrix.rows.push_back(std::move(whole));
  for (auto &[key, row] : rows)
    matrix.rows.push_back(std::move(row));
  findOldest();
  return std::move(matrix);
}

std::optional<Matrix> matrixOf(Sources &sources, FileId file,
                               const CompileOptions &options,
                               DiagnosticEngine &diags) {
  return MatrixMaker(sources, file, options, diags).make();
}

} // namespace srt
