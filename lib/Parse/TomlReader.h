// lib/Parse/TomlReader.h: reads a policy in TOML.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_TOMLREADER_H
#define SRT_LIB_PARSE_TOMLREADER_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

namespace srt {

/// Reads the one policy in `file`: TOML 1.0.0.
/// Reports what is wrong; returns nothing if no policy could be made of it.
std::optional<syntax::File> readToml(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags);

} // namespace srt

#endif
