// lib/Analysis/CheckScopes.cpp: scope blocks that count together and disagree.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/Compare.h"
#include "lib/Analysis/Describe.h"
#include "lib/Support/Within.h"

namespace srt {

/// Pairs that are compared in one policy; each takes a search of its own.
static constexpr unsigned kMostPairs = 100;

namespace {
class ScopeChecker {
public:
  ScopeChecker(const ir::Policy &policy, llvm::ArrayRef<SourceRange> scopes,
               DiagnosticEngine &diags)
      : policy(policy), scopes(scopes), diags(diags) {}
  void run();

private:
  bool mayDisagree(uint32_t allow, uint32_t deny) const;
  ir::Policy only(std::initializer_list<uint32_t> kept) const;
  void compareRules(uint32_t allow, uint32_t deny);

  const ir::Policy &policy;
  llvm::ArrayRef<SourceRange> scopes;
  DiagnosticEngine &diags;
  unsigned pairs = 0;
};
} // namespace

bool ScopeChecker::mayDisagree(uint32_t allow, uint32_t deny) const {
  const ir::Rule &one = policy.rules[allow], &other = policy.rules[deny];
  return one.effect == ir::Effect::Allow && other.effect == ir::Effect::Deny &&
         !scopes[allow].isNowhere() && !scopes[deny].isNowhere() &&
         !isWithin(scopes[allow], scopes[deny]) &&
         !isWithin(scopes[deny], scopes[allow]) &&
         (actionBits(one) & actionBits(other)) != 0;
}

/// The policy with these rules alone.
ir::Policy ScopeChecker::only(std::initializer_list<uint32_t> kept) const {
  ir::Policy part;
  part.name = policy.name;
  part.params = policy.params;
  for (uint32_t rule : kept)
    part.rules.push_back(policy.rules[rule]);
  return part;
}

void ScopeChecker::compareRules(uint32_t allow, uint32_t deny) {
  std::optional<Difference> found =
      firstDifference(only({allow}), only({allow, deny}));
  if (!found)
    return;
  // "write.data /a: allow before, deny after": what it is about is enough.
  llvm::StringRef event = llvm::StringRef(found->text).rsplit(": ").first;
  diags
      .report(policy.rules[allow].range, diag::ScopesDisagree,
              describe(policy, {allow}), describe(policy, {deny}), event)
      .note(policy.rules[deny].range, "denied here");
}

void ScopeChecker::run() {
  for (uint32_t allow = 0; allow < scopes.size(); ++allow)
    for (uint32_t deny = 0; deny < scopes.size(); ++deny)
      if (mayDisagree(allow, deny) && pairs++ < kMostPairs)
        compareRules(allow, deny);
}

void checkScopes(const ir::Policy &policy, llvm::ArrayRef<SourceRange> scopes,
                 DiagnosticEngine &diags) {
  ScopeChecker(policy, scopes.take_front(policy.rules.size()), diags).run();
}

} // namespace srt
