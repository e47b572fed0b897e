// lib/Parse/TypeCheck.h: a policy as written becomes a typed policy.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_TYPECHECK_H
#define SRT_LIB_PARSE_TYPECHECK_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

#include <map>

namespace srt {

/// `-D NAME=VALUE` of the command line: values that replace a param's own.
using Defines = std::map<std::string, std::string, std::less<>>;

/// Checks names and types and builds the IR. Reports as much as it can find;
/// returns nothing if anything was wrong. *Keeps* the meaning, and writes down
/// what the policy leaves unsaid as implied rules (see addImplied).
std::optional<ir::Policy> typeCheck(const syntax::Policy &policy,
                                    const Defines &defines,
                                    DiagnosticEngine &diags);

} // namespace srt

#endif
