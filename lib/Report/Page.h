// lib/Report/Page.h: what the sections of a report share.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_PAGE_H
#define SRT_LIB_REPORT_PAGE_H

#include "lib/Report/Cells.h"
#include "lib/Report/Examples.h"
#include "lib/Report/Html.h"

namespace srt::report {

class Page {
public:
  Page(Html &html, const Facts &facts, const Examples &examples)
      : html(html), facts(facts), examples(examples), judge(facts.now) {}

  Html &html;
  const Facts &facts;
  const Examples &examples;
  Judge judge; // of the policy, not of the older one

  /// A verdict on what the label names: its sign, and the whole story for those
  /// who ask. Read aloud: "deny: write".
  void verdict(Tone tone, llvm::StringRef label, llvm::StringRef details = {});
  /// The same for a label that says all by itself.
  void badge(Tone tone, llvm::StringRef label, llvm::StringRef details = {});
  /// "R3", linked to the rule; only named if it is not written out.
  void rule(ir::RuleId id);
  void rules(llvm::ArrayRef<ir::RuleId> ids);
  /// "line 12", or "other.srt:12" outside of the policy's own file, linked.
  void place(SourceRange range);
  /// A message of the compiler; what stands between backticks is code.
  void message(llvm::StringRef text);
  /// "and 12 more places are left out here"; nothing if there are none.
  void leftOut(size_t count, llvm::StringRef what);
  /// A table that scrolls by itself where it is too wide.
  void table(llvm::StringRef label, std::initializer_list<llvm::StringRef> heads,
             llvm::function_ref<void()> rows);
  /// A cell of a table of that kind that becomes a list on narrow screens.
  void cell(llvm::StringRef head, llvm::function_ref<void()> inside);

  /// The source that holds the text of a file: files are read more than once.
  FileId firstNamed(FileId file) const;
  /// The id of a line's element.
  std::string anchorOf(FileId file, uint32_t line) const;
};

/// How an effect looks where a rule, and not a verdict, is meant.
Tone toneOf(ir::Effect effect);

/// "12 rules", "1 rule".
std::string counted(size_t count, llvm::StringRef singular,
                    llvm::StringRef plural);

} // namespace srt::report

#endif
