// lib/Parse/JsonReader.h: reads a policy in JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_JSONREADER_H
#define SRT_LIB_PARSE_JSONREADER_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

namespace srt {

/// Reads the one policy in `file`: RFC 8259 to the letter, and no key twice.
/// Reports what is wrong; returns nothing if no policy could be made of it.
std::optional<syntax::File> readJson(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags);

} // namespace srt

#endif
