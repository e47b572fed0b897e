// lib/Report/Examples.h: one thing that stands for all that a pattern names.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_EXAMPLES_H
#define SRT_LIB_REPORT_EXAMPLES_H

#include "lib/Report/Facts.h"

#include <set>

namespace srt::report {

class Examples {
public:
  /// What stands for `*` is a word that no literal name of these policies has
  /// in it, so that an example is decided by the wildcard and not by chance.
  explicit Examples(llvm::ArrayRef<const Subject *> subjects);

  std::string of(const ir::Glob &glob) const;
  /// One component; `**` has none.
  std::string of(const ir::Segment &segment) const;
  std::string of(const ir::PathPattern &path,
                 const sim::Bindings &bindings) const;
  /// An event on a pattern. A bare program is what PATH finds first on most
  /// machines; a host is a public address; a port the first one.
  sim::Event of(ir::ActionId leaf, const ir::Pattern &pattern,
                const sim::Bindings &bindings) const;

private:
  void collect(const ir::Pattern &pattern, std::set<std::string> &names) const;

  std::string filler = "any";
};

/// The path with one slash between its parts and none at its end.
std::string joinedPath(llvm::StringRef base, llvm::StringRef component);

} // namespace srt::report

#endif
