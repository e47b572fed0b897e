// lib/Parse/Scope.h: the params that pattern texts may refer to.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_SCOPE_H
#define SRT_LIB_PARSE_SCOPE_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

#include "llvm/ADT/ArrayRef.h"

#include <map>

namespace srt {

/// Types of params. Only Path params live on in the IR; the others are texts
/// that are put in place while compiling.
enum class ParamType : uint8_t {
  Path,
  Endpoint,
  Host,
  Port,
  Command,
  Name,
  Syscall,
  Size,
  Duration
};
llvm::StringRef spelling(ParamType type);
/// "a path", "an endpoint": how messages speak of a value of that type.
llvm::StringRef described(ParamType type);
std::optional<ParamType> paramTypeNamed(llvm::StringRef name);
/// All types in the order above.
llvm::ArrayRef<llvm::StringRef> paramTypeNames();

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

  /// Reports that a param of another type, such as "a param of type host",
  /// belongs where `name` stands.
  Diagnostic &reportType(llvm::StringRef name, ParamType type,
                         llvm::StringRef wanted, SourceRange at);

  /// Puts the value of a param of that type in the place of `${name}` at the
  /// start of `literal`: all of it, or for commands the first words. Other
  /// literals stay as they are, for their params are texts within a text.
  /// Nothing if the param is broken, which was reported.
  std::optional<syntax::Literal> expand(const syntax::Literal &literal,
                                        ParamType wanted);
};

} // namespace srt

#endif
