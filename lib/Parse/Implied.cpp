// lib/Parse/Implied.cpp: what a policy means by saying nothing.
// SPDX-License-Identifier: Apache-2.0
//
// Without these rules no policy that speaks of files and hosts alone could run
// anything. They are rules like any other: printed, planned, named as reasons.
#include "lib/Parse/Checks.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

static bool speaksOf(const ir::Policy &policy, ir::ActionId action) {
  return llvm::any_of(policy.rules, [&](const ir::Rule &rule) {
    return llvm::is_contained(rule.actions, action);
  });
}

static void imply(ir::Policy &policy, ir::ActionId action, ir::Pattern pattern) {
  pattern.range = policy.range;
  policy.rules.push_back({ir::Effect::Allow,
                          ir::Rule::Origin::Implied,
                          {action},
                          {std::move(pattern)},
                          {},
                          policy.range});
}

/// What programs expect of any environment, and nothing that holds a secret.
static constexpr llvm::StringLiteral kPlainVariables[] = {
    "PATH", "HOME",  "USER", "LOGNAME", "SHELL",    "LANG",
    "LC_*", "TERM",  "TZ",   "TMPDIR",  "COLORTERM"};

void addImplied(ir::Policy &policy) {
  if (!speaksOf(policy, ir::ActionId::ReadMetadata))
    imply(policy, ir::ActionId::ReadMetadata, {ir::PathPattern{}, {}});
  if (!speaksOf(policy, ir::ActionId::Signal))
    imply(policy, ir::ActionId::Signal, {ir::SubjectPattern::Sandbox, {}});
  if (!speaksOf(policy, ir::ActionId::Syscall))
    imply(policy, ir::ActionId::Syscall,
          {ir::SyscallPattern{ir::SyscallPattern::Kind::Group, "@default", {}},
           {}});
  if (!policy.env.empty())
    return;
  for (llvm::StringRef name : kPlainVariables)
    policy.env.push_back({ir::EnvRule::Kind::Pass, ir::Rule::Origin::Implied,
                          name.str(), {}, policy.range});
}

} // namespace srt
