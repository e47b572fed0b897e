// lib/Parse/TypeCheck.cpp: params first, then everything that may use them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/TypeCheck.h"

#include "lib/Parse/Checks.h"
#include "lib/Parse/Flatten.h"

#include "llvm/ADT/STLExtras.h"

#include <tuple>

namespace srt {

namespace {
class TypeChecker {
public:
  TypeChecker(const std::vector<Module> &modules,
              const TypeCheckOptions &options, DiagnosticEngine &diags)
      : modules(modules), options(options), diags(diags), scope{{}, diags} {}

  std::optional<CheckedPolicy> check();

private:
  using Flat = std::vector<FlatStatement>;
  void checkParams();
  void checkOverrides(const Flat &flat);
  void checkDefines();
  void checkStatements(const Flat &flat);
  void warnUnused() const;

  const std::vector<Module> &modules;
  const TypeCheckOptions &options;
  DiagnosticEngine &diags;
  Scope scope;
  CheckedPolicy checked;
};
} // namespace

static const syntax::ParamDecl *paramIn(const FlatStatement &flat) {
  return std::get_if<syntax::ParamDecl>(&flat.statement->value);
}

/// True if some pattern of the rule refers to the param.
static bool refersTo(const syntax::AccessRule &rule, const std::string &name) {
  auto refers = [&](const syntax::Literal &literal) {
    llvm::StringRef text(literal.text);
    text.consume_front("unix:");
    return text.contains("${" + name + "}") ||
           (name == "home" && text.starts_with("~")) ||
           (name == "project" && text.starts_with("."));
  };
  return llvm::any_of(rule.patterns, refers) ||
         llvm::any_of(rule.excepts, refers);
}

static bool isSameValue(const syntax::ParamDecl &a, const syntax::ParamDecl &b) {
  auto textOf = [](const syntax::ParamDecl &decl) {
    return std::tuple(decl.type.text,
                      decl.function ? decl.function->text : std::string(),
                      decl.value ? decl.value->text : std::string());
  };
  return textOf(a) == textOf(b);
}

/// What `~` and `.` declare where nothing else does (see declareUsual).
static bool isUsual(const syntax::ParamDecl &decl) {
  bool isEnv = decl.function && decl.function->text == "env";
  const std::string value = decl.value ? decl.value->text : std::string();
  return (decl.name.text == "home" && isEnv && value == "HOME") ||
         (decl.name.text == "project" && !decl.function && value == "cwd");
}

/// True if the declaration only says again what held before it.
static bool isRepeated(const FlatStatement &child,
                       llvm::ArrayRef<FlatStatement> flat) {
  const syntax::ParamDecl &decl = *paramIn(child);
  bool isFirst = true;
  for (const FlatStatement &other : flat) {
    const syntax::ParamDecl *before = paramIn(other);
    if (!before || other.module >= child.module ||
        before->name.text != decl.name.text)
      continue;
    isFirst = false;
    if (!isSameValue(*before, decl))
      return false;
  }
  return !isFirst || isUsual(decl);
}

/// A child may give a parent's param another value, but not one that a sealed
/// rule of the parent stands on, be it declared there or meant by `~` and `.`.
void TypeChecker::checkOverrides(const Flat &flat) {
  for (const FlatStatement &child : flat) {
    const syntax::ParamDecl *decl = paramIn(child);
    if (decl && child.depth > 0)
      diags.report(decl->name.range, diag::ParamInBlock,
                   shown(decl->name.text));
    auto sealed = llvm::find_if(flat, [&](const FlatStatement &other) {
      auto *rule = std::get_if<syntax::AccessRule>(&other.statement->value);
      return decl && rule && other.module < child.module &&
             rule->seal == syntax::AccessRule::Seal::Sealed &&
             refersTo(*rule, decl->name.text);
    });
    if (sealed != flat.end() && !isRepeated(child, flat))
      diags.report(decl->name.range, diag::SealedOverride,
                   shown(decl->name.text))
          .note(std::get<syntax::AccessRule>(sealed->statement->value).range,
                "sealed here");
  }
}

/// True if a later module declares the param again: then that one counts.
static bool isOverridden(const std::vector<Module> &modules, size_t module,
                         const std::string &name) {
  for (const Module &later : llvm::drop_begin(modules, module + 1))
    for (const syntax::Statement &statement : later.policy.statements) {
      auto *decl = std::get_if<syntax::ParamDecl>(&statement.value);
      if (decl && decl->name.text == name)
        return true;
    }
  return false;
}

/// Params may be used before the line that declares them: order is no matter.
void TypeChecker::checkParams() {
  for (size_t i = 0; i < modules.size(); ++i)
    for (const syntax::Statement &statement : modules[i].policy.statements) {
      auto *decl = std::get_if<syntax::ParamDecl>(&statement.value);
      if (decl && !isOverridden(modules, i, decl->name.text))
        checkParam(*decl, options.defines, scope, checked.policy);
    }
  checkDefines();
}

void TypeChecker::checkDefines() {
  for (const auto &[name, value] : options.defines)
    if (!scope.params.count(name))
      diags.report(modules.back().policy.name.range, diag::UnknownDefine,
                   shown(name));
}

void TypeChecker::checkStatements(const Flat &flat) {
  for (const FlatStatement &each : flat) {
    bool counts = each.count == FlatStatement::Count::Yes;
    ir::Policy unselected; // takes what does not count, so that it is checked
    ir::Policy &policy = counts ? checked.policy : unselected;
    const auto &value = each.statement->value;
    if (auto *rule = std::get_if<syntax::AccessRule>(&value))
      checkRule(*rule, scope, policy);
    if (auto *env = std::get_if<syntax::EnvRule>(&value))
      checkEnv(*env, scope, policy);
    if (auto *limit = std::get_if<syntax::LimitItem>(&value))
      checkLimit(*limit, scope, policy);
    auto *test = std::get_if<syntax::TestBlock>(&value);
    if (test && counts)
      checked.tests.push_back(*test);
  }
}

void TypeChecker::warnUnused() const {
  for (const auto &[name, param] : scope.params)
    if (!param.isUsed)
      diags.report(param.range, diag::UnusedParam, shown(name));
}

std::optional<CheckedPolicy> TypeChecker::check() {
  size_t before = diags.errors();
  const syntax::Policy &root = modules.back().policy;
  checked.policy.name = root.name.text;
  checked.policy.range = root.name.range;
  if (root.statements.empty() && modules.size() == 1)
    diags.report(root.name.range, diag::EmptyPolicy, shown(root.name.text));
  checkParams(); // before blocks are chosen, which may not use them
  Flat flat = flatten(modules, options.selection, scope);
  checkOverrides(flat);
  declareUsual(flat, scope, checked.policy);
  checkStatements(flat);
  if (diags.errors() != before)
    return std::nullopt;
  warnUnused();
  addImplied(checked.policy);
  return std::move(checked);
}

std::optional<CheckedPolicy> typeCheck(const std::vector<Module> &modules,
                                       const TypeCheckOptions &options,
                                       DiagnosticEngine &diags) {
  return TypeChecker(modules, options, diags).check();
}

} // namespace srt
