// lib/Parse/TypeCheck.h: a policy as written becomes a typed policy.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_TYPECHECK_H
#define SRT_LIB_PARSE_TYPECHECK_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Modules.h"
#include "lib/Parse/Selection.h"

#include <map>

namespace srt {

/// `-D NAME=VALUE` of the command line: values that replace a param's own.
using Defines = std::map<std::string, std::string, std::less<>>;

struct TypeCheckOptions {
  Defines defines;
  Selection selection;
};

/// A typed policy, and the tests that it brings along.
struct CheckedPolicy {
  ir::Policy policy;
  std::vector<syntax::TestBlock> tests;
  /// By rule: the scope block that it stands in; nowhere: none.
  std::vector<SourceRange> scopes;
  /// Values of the params that are not paths: tests may name them.
  std::map<std::string, std::string, std::less<>> constants;
};

/// Checks names and types and builds the IR: the statements of all modules in
/// their order, blocks that do not count left out (but checked). Reports as
/// much as it can find; returns nothing if anything was wrong. *Keeps* the
/// meaning, and writes down what the policy leaves unsaid as implied rules
/// (see addImplied). Requires: at least one module; the last is the policy that
/// gives its name.
std::optional<CheckedPolicy> typeCheck(const std::vector<Module> &modules,
                                       const TypeCheckOptions &options,
                                       DiagnosticEngine &diags);

} // namespace srt

#endif
