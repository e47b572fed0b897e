// lib/Parse/FromTables.h: a tree of tables becomes a policy as written.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_FROMTABLES_H
#define SRT_LIB_PARSE_FROMTABLES_H

#include "lib/Parse/Syntax.h"
#include "lib/Parse/Tables.h"

namespace srt {

/// Gives every key its statements (docs/Spellings.md has the table). Reports
/// unknown, missing and clashing keys and values of the wrong shape; returns
/// nothing if anything was wrong.
std::optional<syntax::File> buildFromTables(const tables::Tables &tables,
                                            const tables::Reading &reading);

} // namespace srt

#endif
