// lib/Backend/SbplText.h: user bytes as Seatbelt profile text.
// SPDX-License-Identifier: Apache-2.0
//
// The only place where bytes of a policy become bytes of a profile. Whatever
// passes here is one Scheme string and cannot end it early.
#ifndef SRT_LIB_BACKEND_SBPLTEXT_H
#define SRT_LIB_BACKEND_SBPLTEXT_H

#include "lib/IR/Policy.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace srt::backend {

/// The longest string literal we write, in bytes before escaping. The profile
/// reader cuts literals at about 1 KiB, the exact number depends on the build.
constexpr size_t kMaxSbplLiteral = 900;

/// `bytes` as a quoted Scheme string, or nothing with the reason in `why`:
/// control bytes, bytes outside ASCII (some versions abort on them) and
/// literals above kMaxSbplLiteral are refused.
std::optional<std::string> quoted(llvm::StringRef bytes, std::string &why);

/// The name under which the launcher passes a path param: `sandbox-exec -D
/// NAME=VALUE`. Starts with `P_` or `PX`, so that no policy can choose a name
/// that libsandbox gives a meaning (IMPORT_DIR, NO_IMPLICIT_RULES, ...).
/// The launcher must pass a resolved absolute path, without a slash at the end
/// and not `/` itself: `//x` would match nothing, so a deny would be lost.
std::string sbplParamName(const ir::Policy &policy, ir::ParamId param);

/// `(HEAD A B ...)`.
std::string form(llvm::StringRef head, llvm::ArrayRef<std::string> parts);

/// The filter that holds where any of `filters` does. Requires: not empty.
std::string anyOf(llvm::ArrayRef<std::string> filters);

} // namespace srt::backend

#endif
