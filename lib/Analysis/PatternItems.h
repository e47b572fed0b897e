// lib/Analysis/PatternItems.h: patterns as items of an automaton.
// SPDX-License-Identifier: Apache-2.0
//
// A path is the bytes "/" NAME "/" NAME ..., the root directory is "". A
// command line is a path and then a NUL before each argument.
#ifndef SRT_LIB_ANALYSIS_PATTERNITEMS_H
#define SRT_LIB_ANALYSIS_PATTERNITEMS_H

#include "lib/Automata/Prefixes.h"
#include "lib/IR/Pattern.h"

namespace srt {

/// How a name begins, up to its first wildcard, and what follows that.
struct NamedItem {
  std::string front;
  automata::ItemId next;
};

class PatternItems {
public:
  explicit PatternItems(automata::Items &items) : items(items) {}

  /// What ends here and all beneath it, with any arguments.
  automata::ItemId tree(automata::AtomSetId atoms);
  /// What lies beneath what ends here.
  automata::ItemId beneath(automata::AtomSetId atoms);
  /// What ends here, with any arguments, and nothing beneath.
  automata::ItemId file(automata::AtomSetId atoms);
  /// The same with the arguments that a command names. Requires: words.
  automata::ItemId tree(const ir::CommandPattern &command,
                        automata::AtomSetId atoms);
  automata::ItemId file(const ir::CommandPattern &command,
                        automata::AtomSetId atoms);

  /// A component that a glob names, then `next`, for components().
  NamedItem named(const ir::Glob &glob, automata::ItemId next);
  /// One component with one of these names, then what belongs to the name. Names
  /// that begin alike share their items: a thousand of them are one item that
  /// knows the way, not a thousand that wait side by side.
  automata::ItemId components(llvm::ArrayRef<NamedItem> names);
  /// Any number of components, none too, then `next`, which begins with one.
  automata::ItemId anyDepth(automata::ItemId next);

  /// `any` is what wildcards may stand for.
  automata::ItemId glob(const ir::Glob &glob, const automata::ByteSet &any,
                        automata::ItemId next);

private:
  automata::ItemId words(const ir::CommandPattern &command,
                         automata::AtomSetId atoms);
  automata::Items &items;
};

/// A path as the automata spell it: "" for the root directory.
std::string asWord(llvm::StringRef path);

} // namespace srt

#endif
