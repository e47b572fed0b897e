// lib/Parse/Scope.h: the params that pattern texts may refer to.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_SCOPE_H
#define SRT_LIB_PARSE_SCOPE_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

#include <map>

namespace srt {

/// Types of params. Only Path params live on in the IR; the others are texts
/// that are put in place while compiling.
enum class ParamType : uint8_t { Path, Host, Port, Name };
llvm::StringRef spelling(ParamType type);

struct ScopedParam {
  ParamType type = ParamType::Path;
  ir::ParamId id;   // Path
  std::string text; // the other types: what replaces `${name}`
  SourceRange range;
  bool isUsed = false;
  bool isBroken = false; // its declaration was reported; its uses are not
};

/// What the checks of one policy share. Pattern readers report into `diags`
/// and mark the params they meet as used.
struct Scope {
  std::map<std::string, ScopedParam, std::less<>> params;
  DiagnosticEngine &diags;

  /// The param `name` points to, marked as used; reports if there is none.
  ScopedParam *use(llvm::StringRef name, SourceRange at);
};

} // namespace srt

#endif
