// lib/Parse/PrintSyntax.h: a policy as written, in one canonical layout.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_PRINTSYNTAX_H
#define SRT_LIB_PARSE_PRINTSYNTAX_H

#include "lib/Parse/Syntax.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

/// Writes policy text that reads back to the same syntax, one statement a
/// line. Comments are not part of the syntax and are gone.
void printSyntax(llvm::raw_ostream &out, const syntax::File &file);

} // namespace srt

#endif
