// lib/IR/Policy.h: the typed policy, after names and types were checked.
// SPDX-License-Identifier: Apache-2.0
//
// A Policy is a function from events to verdicts (docs/Language.md, "Meaning").
// Guarantees once built: every pattern has the type that its rule's actions
// want, every ParamId is an index into `params`, rule ids are their indices.
#ifndef SRT_LIB_IR_POLICY_H
#define SRT_LIB_IR_POLICY_H

#include "lib/IR/Action.h"
#include "lib/IR/Pattern.h"

namespace srt::ir {

using RuleId = Id<struct RuleTag>;

enum class Effect : uint8_t { Allow, Ask, Deny };
llvm::StringRef spelling(Effect effect);

/// How a path param gets its value when the sandbox starts. Params of other
/// types do not reach the IR: their values stand in the patterns.
struct Param {
  enum class Source : uint8_t { Cwd, Env, Literal };
  std::string name;
  Source source = Source::Cwd;
  std::string value; // Env: variable name. Literal: absolute path
  SourceRange range;
};

/// `EFFECT ACTIONS PATTERNS except EXCEPTS`. Matches an event if one of
/// `actions` covers its action, some pattern matches its resource and no
/// except-pattern does.
struct Rule {
  /// Written by a person, or implied by what the policy leaves unsaid.
  enum class Origin : uint8_t { Written, Implied };
  Effect effect = Effect::Allow;
  Origin origin = Origin::Written;
  llvm::SmallVector<ActionId, 2> actions; // distinct, table order, one Resource
  std::vector<Pattern> patterns;          // never empty
  std::vector<Pattern> excepts;
  SourceRange range;
};

/// One `pass`, `set` or `unset` of environment variables. `unset` beats `set`
/// beats `pass`; a variable that nothing names is dropped.
struct EnvRule {
  enum class Kind : uint8_t { Pass, Set, Unset };
  Kind kind = Kind::Pass;
  Rule::Origin origin = Rule::Origin::Written;
  std::string name;  // Pass, Unset: may end in '*'
  std::string value; // Set
  SourceRange range;
};

/// Limits are for each process (setrlimit(2)), not for the whole sandbox.
struct Limit {
  enum class Kind : uint8_t {
#define SRT_LIMIT(id, ...) id,
#include "lib/IR/Limits.def"
  };
  Kind kind = Kind::Memory;
  uint64_t value = 0; // bytes, processes, descriptors or seconds
  SourceRange range;
};
llvm::StringRef spelling(Limit::Kind kind);

/// The whole of what one policy says.
struct Policy {
  std::string name;
  SourceRange range;
  std::vector<Param> params;
  std::vector<Rule> rules; // index = RuleId; source order, then implied ones
  std::vector<EnvRule> env;
  std::vector<Limit> limits;

  const Rule &rule(RuleId id) const { return rules[id.value]; }
};

/// "R1", "R2", ...: how people and flags name a rule.
std::string ruleName(RuleId id);

} // namespace srt::ir

#endif
