// lib/Parse/SyntaxBuilder.h: ANTLR's tree becomes syntax::Policy.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_SYNTAXBUILDER_H
#define SRT_LIB_PARSE_SYNTAXBUILDER_H

#include "lib/Diag/Diagnostic.h"
#include "lib/Parse/Syntax.h"

#include "SrtParser.h"

namespace srt {

/// Requires: the tree was parsed without errors. Reports files without exactly
/// one policy.
std::optional<syntax::File> buildSyntax(const Sources &sources, FileId file,
                                        grammar::SrtParser::FileContext &tree,
                                        DiagnosticEngine &diags);

} // namespace srt

#endif
