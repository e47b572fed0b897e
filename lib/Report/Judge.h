// lib/Report/Judge.h: verdicts on many events of one policy.
// SPDX-License-Identifier: Apache-2.0
//
// Says what lib/Sim and lib/Analysis say, after looking at fewer rules: a rule
// whose patterns begin elsewhere in the file tree cannot match.
#ifndef SRT_LIB_REPORT_JUDGE_H
#define SRT_LIB_REPORT_JUDGE_H

#include "lib/Report/Facts.h"

#include <map>

namespace srt::report {

class Judge {
public:
  /// Requires: the subject outlives it.
  explicit Judge(const Subject &subject);

  /// The rules on things of that kind that match the thing, in order, whatever
  /// the action.
  std::vector<ir::RuleId> touching(const sim::Event &event) const;
  /// Of these the ones on the action.
  std::vector<ir::RuleId> onAction(llvm::ArrayRef<ir::RuleId> touching,
                                   ir::ActionId leaf) const;
  /// The verdict, by lib/Analysis's decidingRule().
  sim::Verdict verdict(llvm::ArrayRef<ir::RuleId> touching,
                       ir::ActionId leaf) const;
  sim::Verdict verdict(const sim::Event &event) const {
    return verdict(touching(event), event.action);
  }

  /// Rules that every path has to be held against.
  size_t rulesWithoutBeginning() const;

private:
  void add(uint32_t rule, const ir::Pattern &pattern);
  std::vector<uint32_t> candidates(const sim::Event &event) const;
  void addFrom(llvm::StringRef key, std::vector<uint32_t> &found) const;

  const Subject &subject;
  /// Rules by where one of their patterns begins: "/usr/lib", "" for the root
  /// directory, ":git" for a bare name, ":" for what lies in no tree.
  std::map<std::string, std::vector<uint32_t>, std::less<>> beginnings;
};

} // namespace srt::report

#endif
