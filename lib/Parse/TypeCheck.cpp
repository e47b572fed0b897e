// lib/Parse/TypeCheck.cpp: params first, then everything that may use them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/TypeCheck.h"

#include "lib/Parse/Checks.h"
#include "lib/Parse/Flatten.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

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

/// Calls `found` with the name of each param that the text refers to.
static void forEachParam(llvm::StringRef text,
                         llvm::function_ref<void(llvm::StringRef)> found) {
  text.consume_front("unix:");
  if (text.starts_with("~"))
    found("home");
  if (text.starts_with("."))
    found("project");
  // No name has a `${` in it, so the last one before a `}` begins it.
  for (auto [part, rest] = text.split('}'); part.size() != text.size();
       std::tie(part, rest) = text.split('}')) {
    size_t begin = part.rfind("${");
    if (begin != llvm::StringRef::npos)
      found(part.drop_front(begin + 2));
    text = rest;
  }
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

namespace {
/// The declarations of params by name, and the first sealed rule that stands on
/// each, all in the order of the modules.
struct ParamUses {
  llvm::StringMap<std::vector<const FlatStatement *>> declared;
  llvm::StringMap<const FlatStatement *> sealed;
};
} // namespace

static ParamUses usesOf(llvm::ArrayRef<FlatStatement> flat) {
  ParamUses uses;
  for (const FlatStatement &each : flat) {
    if (const syntax::ParamDecl *decl = paramIn(each))
      uses.declared[decl->name.text].push_back(&each);
    auto *rule = std::get_if<syntax::AccessRule>(&each.statement->value);
    if (!rule || rule->seal != syntax::AccessRule::Seal::Sealed)
      continue;
    auto seal = [&](llvm::StringRef name) {
      uses.sealed.try_emplace(name, &each);
    };
    for (const syntax::Literal &literal : rule->patterns)
      forEachParam(literal.text, seal);
    for (const syntax::Literal &literal : rule->excepts)
      forEachParam(literal.text, seal);
  }
  return uses;
}

/// True if the declaration only says again what held before it. `all` are the
/// declarations of that name.
static bool isRepeated(const FlatStatement &child,
                       llvm::ArrayRef<const FlatStatement *> all) {
  const syntax::ParamDecl &decl = *paramIn(child);
  bool isFirst = true;
  for (const FlatStatement *other : all) {
    if (other->module >= child.module)
      break; // they stand in the order of their modules
    isFirst = false;
    if (!isSameValue(*paramIn(*other), decl))
      return false;
  }
  return !isFirst || isUsual(decl);
}

/// A child may give a parent's param another value, but not one that a sealed
/// rule of the parent stands on, be it declared there or meant by `~` and `.`.
void TypeChecker::checkOverrides(const Flat &flat) {
  ParamUses uses = usesOf(flat);
  for (const FlatStatement &child : flat) {
    const syntax::ParamDecl *decl = paramIn(child);
    if (!decl)
      continue;
    llvm::StringRef name = decl->name.text;
    if (child.depth > 0)
      diags.report(decl->name.range, diag::ParamInBlock, shown(name));
    const FlatStatement *sealed = uses.sealed.lookup(name);
    if (sealed && sealed->module < child.module &&
        !isRepeated(child, uses.declared[name]))
      diags.report(decl->name.range, diag::SealedOverride, shown(name))
          .note(std::get<syntax::AccessRule>(sealed->statement->value).range,
                "sealed here");
  }
}

/// The last module that declares each param: its declaration counts.
static llvm::StringMap<size_t>
lastDeclarations(const std::vector<Module> &modules) {
  llvm::StringMap<size_t> last;
  for (size_t i = 0; i < modules.size(); ++i)
    for (const syntax::Statement &statement : modules[i].policy.statements)
      if (auto *decl = std::get_if<syntax::ParamDecl>(&statement.value))
        last[decl->name.text] = i;
  return last;
}

/// Params may be used before the line that declares them: order is no matter.
void TypeChecker::checkParams() {
  llvm::StringMap<size_t> last = lastDeclarations(modules);
  for (size_t i = 0; i < modules.size(); ++i)
    for (const syntax::Statement &statement : modules[i].policy.statements) {
      auto *decl = std::get_if<syntax::ParamDecl>(&statement.value);
      if (decl && last.lookup(decl->name.text) == i)
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

/// Uses the param of the `${` at `at`; where it ends.
static size_t useParam(const syntax::Literal &literal, size_t at,
                       Scope &scope) {
  llvm::StringRef text(literal.text);
  size_t close = text.find('}', at);
  if (close == llvm::StringRef::npos)
    return text.size();
  scope.use(text.slice(at + 2, close), literal.part(at, close + 1));
  return close;
}

/// Marks the params that a test names as used, and reports those that are none.
static void checkTest(const syntax::TestBlock &test, Scope &scope) {
  for (const syntax::Expectation &line : test.expectations)
    for (const syntax::Literal &literal : line.resources) {
      llvm::StringRef text(literal.text);
      for (size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\')
          ++at;
        else if (text.substr(at).starts_with("${"))
          at = useParam(literal, at, scope);
      }
    }
}

void TypeChecker::checkStatements(const Flat &flat) {
  for (const FlatStatement &each : flat) {
    bool counts = each.count == FlatStatement::Count::Yes;
    ir::Policy unselected; // takes what does not count, so that it is checked
    ir::Policy &policy = counts ? checked.policy : unselected;
    const auto &value = each.statement->value;
    if (auto *rule = std::get_if<syntax::AccessRule>(&value))
      checkRule(*rule, scope, policy);
    checked.scopes.resize(checked.policy.rules.size(), each.scope);
    if (auto *env = std::get_if<syntax::EnvRule>(&value))
      checkEnv(*env, scope, policy);
    if (auto *limit = std::get_if<syntax::LimitItem>(&value))
      checkLimit(*limit, scope, policy);
    if (auto *test = std::get_if<syntax::TestBlock>(&value)) {
      checkTest(*test, scope);
      if (counts)
        checked.tests.push_back(*test);
    }
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
  checkSetOnce(checked.policy, diags);
  if (diags.errors() != before)
    return std::nullopt;
  warnUnused();
  for (const auto &[name, param] : scope.params)
    if (param.type != ParamType::Path)
      checked.constants.emplace(name, param.text);
  addImplied(checked.policy);
  return std::move(checked);
}

std::optional<CheckedPolicy> typeCheck(const std::vector<Module> &modules,
                                       const TypeCheckOptions &options,
                                       DiagnosticEngine &diags) {
  return TypeChecker(modules, options, diags).check();
}

} // namespace srt
