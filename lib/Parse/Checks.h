// lib/Parse/Checks.h: the parts of the type checker.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_CHECKS_H
#define SRT_LIB_PARSE_CHECKS_H

#include "lib/Parse/Flatten.h"
#include "lib/Parse/Scope.h"
#include "lib/Parse/TypeCheck.h"

namespace srt {

/// Declares a param in `scope`, and in `policy` if it is of type path.
void checkParam(const syntax::ParamDecl &decl, const Defines &defines,
                Scope &scope, ir::Policy &policy);

/// Declares `home` = env("HOME") and `project` = cwd if nothing does and some
/// pattern begins with `~` or `.`: everybody means these two by them.
void declareUsual(llvm::ArrayRef<FlatStatement> flat, Scope &scope,
                  ir::Policy &policy);

/// Adds the rule to `policy` if nothing is wrong with it.
void checkRule(const syntax::AccessRule &written, Scope &scope,
               ir::Policy &policy);

void checkEnv(const syntax::EnvRule &written, Scope &scope, ir::Policy &policy);
/// Reports each variable that is set a second time.
void checkSetOnce(const ir::Policy &policy, DiagnosticEngine &diags);

/// What an amount counts.
enum class Unit : uint8_t { Size, Count, Duration };

/// `4GiB`, `10min` or `7` in bytes, seconds or as it is; nothing and a reason in
/// `why` if the text is no such amount.
std::optional<uint64_t> readAmount(Unit unit, llvm::StringRef text,
                                   std::string &why);

void checkLimit(const syntax::LimitItem &written, Scope &scope,
                ir::Policy &policy);

/// Writes down what a policy leaves unsaid, so that it can be read in the IR
/// and named as a reason (docs/adr/0003-implied-rules.md):
///   no rule on syscall              allow syscall @default
///   no rule on signal               allow signal sandbox
///   no rule on read.metadata itself allow read.metadata "/"
///   no rule on env                  pass env PATH, HOME and other plain ones
void addImplied(ir::Policy &policy);

} // namespace srt

#endif
