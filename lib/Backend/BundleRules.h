// lib/Backend/BundleRules.h: where each statement of the policy was written.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_BUNDLERULES_H
#define SRT_LIB_BACKEND_BUNDLERULES_H

#include "lib/Backend/BundleStrings.h"
#include "lib/IR/Policy.h"

namespace srt::backend {

/// The rules of a policy by RuleId, then further statements (env, limits) that
/// records of the bundle point to.
class BundleRules {
public:
  BundleRules(const ir::Policy &policy, const Sources &sources);

  /// The index of an `env` or `limit` statement; equal ones share an entry.
  uint32_t indexOf(const ir::EnvRule &env);
  uint32_t indexOf(const ir::Limit &limit);

  /// The section, in index order; its texts go to `strings`.
  std::vector<srt_rule> records(BundleStrings &strings) const;

private:
  struct Entry {
    std::string file, text;
    uint32_t line, column; // 0 if implied
    bool operator==(const Entry &) const = default;
  };
  Entry entry(SourceRange range, ir::Rule::Origin origin,
              std::string text) const;
  uint32_t shared(Entry wanted);

  const Sources &sources;
  size_t ruleCount;
  std::vector<Entry> entries;
};

} // namespace srt::backend

#endif
