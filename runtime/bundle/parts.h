// runtime/bundle/parts.h: the steps of srt_check_bundle, each in its own file.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: private to runtime/bundle. A later step relies on the earlier
// ones having returned SRT_OK.
#ifndef SRT_RUNTIME_BUNDLE_PARTS_H
#define SRT_RUNTIME_BUNDLE_PARTS_H

#include "check.h"

namespace srt::bundle {

/// Checks the section table and points the view at the sections (layout.cpp).
/// Requires: a checked header, `size` == total_size, an all-zero view.
srt_reason checkLayout(const uint8_t *bytes, uint64_t size, srt_view &view);

/// Checks the fields of every record against each other (records.cpp).
srt_reason checkRecords(const srt_view &view);

/// Checks what the broker needs: the automaton and what it starts from
/// (mediation.cpp). Requires: checked records of every other kind.
srt_reason checkMediation(const srt_view &view);

/// Checks what the broker judges sockets by (network.cpp). Requires: the same.
srt_reason checkNetwork(const srt_view &view);

/// Checks that a string lies in the strings, has a NUL behind it and none
/// inside (text.cpp). No other function here may touch an unchecked string.
srt_reason checkString(const srt_view &view, srt_string text);

/// Checks the string and the path rules of srt_place; `base` tells whether it
/// has to be absolute (text.cpp).
srt_reason checkPath(const srt_view &view, srt_string path, uint32_t base);

/// Checks a bare command name: one path component (text.cpp).
srt_reason checkCommandName(const srt_view &view, srt_string name);

/// Checks a variable name; `pattern` says whether a last `*` may stand.
enum class Pattern { Never, AtEnd };
srt_reason checkVariableName(const srt_view &view, srt_string name,
                             Pattern pattern);

/// Whether `outer` is a proper ancestor of `inner`, component by component.
/// Requires: both checked paths with the same base.
bool containsPath(const srt_view &view, srt_string outer, srt_string inner);

} // namespace srt::bundle

/// Returns from the calling check with the first reason that is not SRT_OK.
#define SRT_CHECK(expression)                                                  \
  do {                                                                         \
    if (srt_reason reason = (expression); reason != SRT_OK)                    \
      return reason;                                                           \
  } while (0)

/// Refuses with `reason` unless the condition holds.
#define SRT_DEMAND(condition, reason)                                          \
  do {                                                                         \
    if (!(condition))                                                          \
      return reason;                                                           \
  } while (0)

#endif
