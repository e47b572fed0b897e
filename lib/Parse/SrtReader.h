// lib/Parse/SrtReader.h: reads the policy language.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_SRTREADER_H
#define SRT_LIB_PARSE_SRTREADER_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

namespace srt {

/// Bounds on what is read; beyond them there is an error, never a hang.
inline constexpr size_t kMaxFileSize = 16u << 20; // bytes
inline constexpr unsigned kMaxNesting = 32;       // blocks within blocks

/// Reads the one policy in `file`. Reports what is wrong and returns nothing
/// if no policy could be made out of it.
std::optional<syntax::File> readSrt(const Sources &sources, FileId file,
                                    DiagnosticEngine &diags);

/// Reports bytes that no policy file may hold: not UTF-8, NUL and other
/// control bytes. Returns true if there are none.
bool checkText(const Sources &sources, FileId file, DiagnosticEngine &diags);

} // namespace srt

#endif
