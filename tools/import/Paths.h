// tools/import/Paths.h: path patterns of the settings of agents.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_IMPORT_PATHS_H
#define SRT_TOOLS_IMPORT_PATHS_H

#include "tools/import/Draft.h"

namespace srt::import {

/// The pattern in this language for one in the style of those settings: relative
/// ones begin at the project, a `**` that is no whole component is none here.
/// Nothing, with a comment in the draft, if there is no such pattern.
std::optional<std::string> pathPattern(llvm::StringRef written,
                                       llvm::StringRef where, Draft &draft);

/// Whether each `[` of a component has something in it and a `]` behind that, and no
/// other `]` stands there: any other would be an error in a policy.
bool hasWholeClasses(llvm::StringRef part);

} // namespace srt::import

#endif
