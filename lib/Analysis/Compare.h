// lib/Analysis/Compare.h: what two policies decide differently.
// SPDX-License-Identifier: Apache-2.0
//
// The difference of meanings, not of texts: two policies are equal if no event
// gets another verdict, whatever the params turn out to be.
#ifndef SRT_LIB_ANALYSIS_COMPARE_H
#define SRT_LIB_ANALYSIS_COMPARE_H

#include "lib/Analysis/Universe.h"

namespace srt {

/// Events with one change of verdict: what `pattern` covers, but not what
/// `excepts` do.
struct ChangedRegion {
  std::string pattern;
  std::vector<std::string> excepts;
  bool isPart = false; // only some of that, which no pattern names
  Witness witness;
};

/// Some actions whose verdict changed alike.
struct Change {
  ir::Effect from = ir::Effect::Deny;
  ir::Effect to = ir::Effect::Deny;
  std::vector<ir::ActionId> actions; // leaves, in table order
  std::vector<ChangedRegion> regions;
  bool hasMore = false; // more regions than are listed
};

/// A setting (environment, limit) that only one of them has.
struct SettingChange {
  enum class Kind : uint8_t { Widened, Narrowed, Other };
  Kind kind = Kind::Other;
  std::string text; // "pass env \"HOME\""
  bool isNew = false;
};

struct Comparison {
  std::vector<Change> changes; // widened first, then by action
  std::vector<SettingChange> settings;
  bool isIncomplete = false; // a budget was spent: there may be more changes

  bool isWidened() const;
  bool isNarrowed() const;
  bool isEqual() const { return changes.empty() && settings.empty(); }
};

/// Deny < ask < allow: true if `to` lets a program do more than `from`.
bool widens(ir::Effect from, ir::Effect to);

/// Compares two verified policies.
Comparison compare(const ir::Policy &before, const ir::Policy &after);

/// The first change that is found, or nothing: equal as far as was searched.
/// Cheaper than compare(); settings are not looked at.
struct Difference {
  std::string text; // "read.data /a: allow before, deny after"
};
std::optional<Difference> firstDifference(const ir::Policy &before,
                                          const ir::Policy &after);

} // namespace srt

#endif
