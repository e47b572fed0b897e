// lib/Diag/Diagnostic.h: what the compiler has to say about a policy.
// SPDX-License-Identifier: Apache-2.0
//
// Every kind has one row in Kinds.def, one place that reports it, one page in
// docs/diagnostics/ and one test in test/Diag/. Messages are formatted at once,
// so arguments may be short-lived.
#ifndef SRT_LIB_DIAG_DIAGNOSTIC_H
#define SRT_LIB_DIAG_DIAGNOSTIC_H

#include "lib/Support/Sources.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"

#include <deque>
#include <string>
#include <type_traits>
#include <vector>

namespace srt {

enum class Severity : uint8_t { Error, Warning, Remark };
llvm::StringRef spelling(Severity severity);

/// One enumerator per row of Kinds.def.
enum class KindId : uint16_t {
#define SRT_DIAG(code, id, ...) id,
#include "lib/Diag/Kinds.def"
};

/// The stable code, such as "E2004".
llvm::StringRef code(KindId kind);
Severity severity(KindId kind);
llvm::StringRef format(KindId kind);

/// A kind together with the types its message takes.
template <typename... Params> struct Kind { KindId id; };

/// One constant per row: diag::UnknownAction and so on.
namespace diag {
using llvm::StringRef;
#define SRT_DIAG(code, id, severity, format, ...)                              \
  inline constexpr Kind<__VA_ARGS__> id{KindId::id};
#include "lib/Diag/Kinds.def"
} // namespace diag

/// An edit that would mend what was reported: replaces `range` by `text`.
struct FixIt {
  SourceRange range;
  std::string text;
};

/// A second place worth looking at.
struct Note {
  SourceRange range;
  std::string text;
};

/// One finding. `range` may be nowhere (a file that cannot be opened).
struct Diagnostic {
  KindId kind;
  Severity severity;
  SourceRange range;
  std::string message;
  std::vector<std::string> hints;
  std::vector<FixIt> fixes;
  std::vector<Note> notes;

  Diagnostic &hint(std::string text);
  Diagnostic &fix(SourceRange at, std::string text);
  Diagnostic &note(SourceRange at, std::string text);
};

/// Collects diagnostics; prints nothing. Keeps at most kMaxKept errors and as
/// many others, so that hostile input cannot fill memory and warnings do not
/// hide errors; `errors` still counts all. What is found twice in a row at one
/// place is kept once.
class DiagnosticEngine {
public:
  static constexpr size_t kMaxKept = 256;

  /// Records a diagnostic of `kind` and returns it, to add hints and fixes to.
  template <typename... Params>
  Diagnostic &report(SourceRange range, Kind<Params...> kind,
                     std::type_identity_t<Params>... args) {
    return record(range, kind.id, llvm::formatv(format(kind.id).data(), args...).str());
  }

  size_t errors() const { return errorCount; }
  size_t dropped() const { return droppedCount; }

  /// All kept diagnostics, in the order of their places in the sources.
  std::vector<const Diagnostic *> sorted() const;

private:
  Diagnostic &record(SourceRange range, KindId kind, std::string message);

  std::deque<Diagnostic> kept; // deque: references stay valid
  Diagnostic overflow{};       // takes what exceeds kMaxKept
  size_t errorCount = 0;
  size_t otherCount = 0; // warnings and remarks
  size_t droppedCount = 0;
};

/// How many bytes at the start of `text` make one character that may be shown;
/// 0 for control characters, marks that turn the direction of writing, other
/// line ends, the byte order mark, and bytes that are not UTF-8.
/// Requires: not empty.
size_t showableLength(llvm::StringRef text);

/// User text made safe to show: what showableLength() does not take becomes
/// \xNN, and more than `limit` bytes are cut.
std::string shown(llvm::StringRef text, size_t limit = 80);

} // namespace srt

#endif
