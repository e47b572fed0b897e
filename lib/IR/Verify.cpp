// lib/IR/Verify.cpp: the checks behind ir::verify.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Verify.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ErrorHandling.h"

#include <bitset>

namespace srt::ir {

/// What is broken; empty if nothing is.
using Fault = std::string;

static bool isVariableName(llvm::StringRef name) {
  return !name.empty() && !name.contains('=') && !name.contains('\0');
}

static Fault faultIn(const Param &param) {
  llvm::StringRef value = param.value;
  switch (param.source) {
  case Param::Source::Cwd:
    return value.empty() ? "" : "cwd takes no value";
  case Param::Source::Env:
    return isVariableName(value) ? "" : "its variable has no proper name";
  case Param::Source::Literal:
    return value.starts_with("/") && !value.contains('\0')
               ? ""
               : "its value is not an absolute path";
  }
  llvm_unreachable("unknown source");
}

static Fault faultInParams(llvm::ArrayRef<Param> params) {
  llvm::StringSet<> names;
  for (const Param &param : params) {
    std::string where = "param %" + param.name + ": ";
    if (!isIdentifier(param.name))
      return where + "its name is not an identifier";
    if (!names.insert(param.name).second)
      return where + "it is declared twice";
    if (Fault fault = faultIn(param); !fault.empty())
      return where + fault;
  }
  return "";
}

static Fault faultInActions(llvm::ArrayRef<ActionId> actions) {
  if (actions.empty())
    return "it has no action";
  for (size_t i = 1; i < actions.size(); ++i) {
    if (actions[i] <= actions[i - 1])
      return "its actions are not distinct and in table order";
    if (resource(actions[i]) != resource(actions[0]))
      return "its actions name different kinds of resource";
  }
  return "";
}

static Fault faultIn(const Pattern &pattern, Resource wanted,
                     llvm::ArrayRef<Param> params) {
  std::string spelled = text(pattern, params);
  Resource resource = resourceOf(pattern);
  if (resource != wanted)
    return ("its action takes a " + resourceName(wanted) + ", not " +
            resourceName(resource) + " `" + spelled + "`")
        .str();
  TextError error;
  std::optional<Pattern> back = readPattern(resource, spelled, params, error);
  if (!back)
    return "pattern `" + spelled + "` is not in normal form: expected " +
           error.expected + " at byte " + std::to_string(error.at);
  if (back->value != pattern.value)
    return "pattern `" + spelled +
           "` is not in normal form: it reads back as "
           "another";
  return "";
}

static Fault faultIn(const Rule &rule, llvm::ArrayRef<Param> params) {
  if (Fault fault = faultInActions(rule.actions); !fault.empty())
    return fault;
  if (rule.patterns.empty())
    return "it has no pattern";
  Resource wanted = resource(rule.actions.front());
  for (llvm::ArrayRef<Pattern> list :
       {llvm::ArrayRef(rule.patterns), llvm::ArrayRef(rule.excepts)})
    for (const Pattern &pattern : list)
      if (Fault fault = faultIn(pattern, wanted, params); !fault.empty())
        return fault;
  return "";
}

static Fault faultInRules(const Policy &policy) {
  bool seenImplied = false;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const Rule &rule = policy.rules[i];
    Fault fault = faultIn(rule, policy.params);
    bool isImplied = rule.origin == Rule::Origin::Implied;
    if (fault.empty() && seenImplied && !isImplied)
      fault = "it was written but stands behind an implied rule";
    if (!fault.empty())
      return "rule " + ruleName({i}) + ": " + fault;
    seenImplied |= isImplied;
  }
  return "";
}

static Fault faultIn(const EnvRule &env) {
  llvm::StringRef name = env.name;
  bool isSet = env.kind == EnvRule::Kind::Set;
  if (!isVariableName(name))
    return "it is not the name of a variable";
  if (name.drop_back(isSet ? 0 : 1).contains('*'))
    return "`*` may only end the name of `pass` and `unset`";
  if (!isSet && !env.value.empty())
    return "only `set` takes a value";
  if (llvm::StringRef(env.value).contains('\0'))
    return "its value holds a NUL";
  return "";
}

static Fault faultInEnv(llvm::ArrayRef<EnvRule> rules) {
  for (const EnvRule &env : rules)
    if (Fault fault = faultIn(env); !fault.empty())
      return "env " + quoted(env.name) + ": " + fault;
  return "";
}

static uint64_t ceiling(Limit::Kind kind) {
  switch (kind) {
#define SRT_LIMIT(id, spelling, unit, resource, ceiling)                       \
  case Limit::Kind::id:                                                        \
    return ceiling;
#include "lib/IR/Limits.def"
  }
  llvm_unreachable("unknown limit");
}

static Fault faultInLimits(llvm::ArrayRef<Limit> limits) {
  std::bitset<256> seen;
  for (const Limit &limit : limits) {
    std::string where = ("limit " + spelling(limit.kind) + ": ").str();
    if (seen[size_t(limit.kind)])
      return where + "it is set twice";
    if (limit.value > ceiling(limit.kind))
      return where + "it is above " + std::to_string(ceiling(limit.kind));
    seen.set(size_t(limit.kind));
  }
  return "";
}

bool verify(const Policy &policy, std::string &why) {
  why = isIdentifier(policy.name) ? "" : "the policy's name is no identifier";
  if (why.empty())
    why = faultInParams(policy.params);
  if (why.empty())
    why = faultInRules(policy);
  if (why.empty())
    why = faultInEnv(policy.env);
  if (why.empty())
    why = faultInLimits(policy.limits);
  return why.empty();
}

bool verifyOrReport(const Policy &policy, DiagnosticEngine &diags) {
  std::string why;
  if (verify(policy, why))
    return true;
  diags.report(policy.range, diag::IrBroken, why);
  return false;
}

} // namespace srt::ir
