// lib/Sim/VerdictTable.h: a policy and what it must say to named events.
// SPDX-License-Identifier: Apache-2.0
//
//   // RUN: srt-sim %s
//   policy p { allow read "${project}"; param project: path = cwd; }
//   ---
//   bind project = /home/u/p          # values of params, by name
//   path /usr/bin:/bin                # PATH of the command
//   allow read.data /home/u/p/x  @2   # the rule on line 2 decides
//   deny  read.data /etc/shadow @none # no rule matches
//   deny  connect tcp:203.0.113.7:80
//   allow connect tcp:example.com=203.0.113.7:443   # name=address it led to
//   allow exec /usr/bin/git status "a b\x0a"
//   deny  syscall socket AF_INET 0x3 0
//   allow read.metadata /x  bundle=deny  # narrower on purpose
//
// Words are separated by spaces; between quotes stand any bytes, `\"`, `\\` and
// `\xHH` escaped. `#` at the start of a word begins a comment. A row on an
// action with children is a row on each of its leaves.
#ifndef SRT_LIB_SIM_VERDICTTABLE_H
#define SRT_LIB_SIM_VERDICTTABLE_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Sim/Event.h"

namespace srt::sim {

/// Bounds; a table that exceeds one is reported.
inline constexpr size_t kMaxTable = 4u << 20; // bytes
inline constexpr size_t kMaxRows = 65536;
inline constexpr size_t kMaxRowLine = 16384; // bytes

/// `bundle=deny`, `bundle=partly`: none, or only some, of the operations that
/// carry an allowed event go through. There is no marker for more.
enum class Narrowing : uint8_t { Denied, Partly };

/// One event and the verdict that is expected.
struct VerdictRow {
  /// Which rule must be the one that decides.
  enum class Decider : uint8_t { Unsaid, NoRule, RuleOnLine };

  SourceRange range; // the row, without comment
  ir::Effect effect = ir::Effect::Deny;
  Event event;
  std::string text; // "read.data /x", with the leaf action
  Decider decider = Decider::Unsaid;
  uint32_t line = 0; // RuleOnLine: line of the file where the rule begins
  std::optional<Narrowing> narrowing; // of a bundle, on purpose
};

/// `bind NAME = VALUE`
struct Binding {
  std::string name;
  std::string value; // absolute, normalised
  SourceRange range;
};

struct VerdictTable {
  size_t policySize = 0;         // bytes of the file before the line `---`
  std::vector<Binding> bindings; // distinct names
  std::optional<std::vector<std::string>> searchPath;
  std::vector<VerdictRow> rows; // in the order of the file
};

/// Reads all but the policy, which is the first `policySize` bytes of the file.
/// Reports every line that is wrong (E4005), and then returns nothing.
std::optional<VerdictTable> readTable(const Sources &sources, FileId file,
                                      DiagnosticEngine &diags);

/// Reports E4005: a table that does not fit the policy it holds.
void reportTable(SourceRange range, llvm::StringRef what,
                 DiagnosticEngine &diags);

} // namespace srt::sim

#endif
