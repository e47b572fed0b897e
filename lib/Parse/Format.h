// lib/Parse/Format.h: one layout for policy texts.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_FORMAT_H
#define SRT_LIB_PARSE_FORMAT_H

#include "lib/Diag/Diagnostic.h"

#include <optional>

namespace srt {

/// The text of a .srt file in the common layout: two spaces a block, four more
/// for what a statement continues on further lines, one space between words, at
/// most one empty line in a row. Line breaks and comments stay where they are.
/// *Keeps* the meaning: the result reads back to the same syntax, or the text
/// is left alone. Formatting a second time changes nothing. Reports what is wrong with
/// the text and returns nothing if it does not read.
std::optional<std::string> formatSrt(Sources &sources, FileId file,
                                     DiagnosticEngine &diags);

} // namespace srt

#endif
