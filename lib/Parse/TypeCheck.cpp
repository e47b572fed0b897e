// lib/Parse/TypeCheck.cpp: params first, then everything that may use them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/TypeCheck.h"

#include "lib/Parse/Checks.h"

namespace srt {

static void checkDefines(const syntax::Policy &policy, const Defines &defines,
                         Scope &scope) {
  for (const auto &[name, value] : defines)
    if (!scope.params.count(name))
      scope.diags.report(policy.name.range, diag::UnknownDefine, shown(name));
}

/// Params may be used before the line that declares them: order is no matter.
static void checkParams(const syntax::Policy &policy, const Defines &defines,
                        Scope &scope, ir::Policy &checked) {
  for (const syntax::Statement &statement : policy.statements)
    if (auto *param = std::get_if<syntax::ParamDecl>(&statement))
      checkParam(*param, defines, scope, checked);
  checkDefines(policy, defines, scope);
}

static void checkStatement(const syntax::Statement &statement, Scope &scope,
                           ir::Policy &checked) {
  if (auto *rule = std::get_if<syntax::AccessRule>(&statement))
    checkRule(*rule, scope, checked);
  if (auto *env = std::get_if<syntax::EnvRule>(&statement))
    checkEnv(*env, scope, checked);
  if (auto *limit = std::get_if<syntax::LimitItem>(&statement))
    checkLimit(*limit, scope, checked);
}

static void warnUnused(const Scope &scope) {
  for (const auto &[name, param] : scope.params)
    if (!param.isUsed)
      scope.diags.report(param.range, diag::UnusedParam, shown(name));
}

std::optional<ir::Policy> typeCheck(const syntax::Policy &policy,
                                    const Defines &defines,
                                    DiagnosticEngine &diags) {
  size_t before = diags.errors();
  ir::Policy checked;
  checked.name = policy.name.text;
  checked.range = policy.name.range;
  if (policy.statements.empty() && before == 0)
    diags.report(policy.name.range, diag::EmptyPolicy, shown(policy.name.text));
  Scope scope{{}, diags};
  checkParams(policy, defines, scope, checked);
  for (const syntax::Statement &statement : policy.statements)
    checkStatement(statement, scope, checked);
  if (diags.errors() != before)
    return std::nullopt;
  warnUnused(scope);
  addImplied(checked);
  return checked;
}

} // namespace srt
