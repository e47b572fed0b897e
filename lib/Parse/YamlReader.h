// lib/Parse/YamlReader.h: reads a policy in YAML.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_YAMLREADER_H
#define SRT_LIB_PARSE_YAMLREADER_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

namespace srt {

/// Reads the one policy in `file`: YAML 1.2 without aliases, anchors, tags,
/// merge keys, directives, block scalars and further documents. Reports what
/// is wrong; returns nothing if no policy could be made of it.
std::optional<syntax::File> readYaml(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags);

} // namespace srt

#endif
