// lib/Parse/Modules.h: a policy together with everything that it extends.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_MODULES_H
#define SRT_LIB_PARSE_MODULES_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

#include <functional>

namespace srt {

/// Finds the file that an import names and adds it to the sources; reports and
/// returns nothing if there is none. A file that was found before gets the id
/// that it had then.
using FindModule = std::function<std::optional<FileId>(
    const syntax::Import &import, FileId importer)>;

/// Bounds on what one policy may pull in.
inline constexpr size_t kMaxModules = 256;

/// One file of a policy.
struct Module {
  FileId file;
  syntax::Policy policy;
};

/// Reads `root` and, through its imports, every policy that it extends, each
/// once, parents before children, in the order in which they are named.
/// Reports files that import each other in a circle, names that no import
/// declares, and imports that nothing extends.
std::optional<std::vector<Module>> loadModules(const Sources &sources,
                                               FileId root,
                                               const FindModule &find,
                                               DiagnosticEngine &diags);

/// Reads one file in the spelling that its name ends in (.srt, .yaml, .yml,
/// .toml or .json); anything else is read as .srt.
std::optional<syntax::File> readFile(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags);

} // namespace srt

#endif
