// tools/srt-dump/Sections.h: the sections of a bundle as records.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_DUMP_SECTIONS_H
#define SRT_TOOLS_SRT_DUMP_SECTIONS_H

#include "runtime/bundle/check.h"
#include "tools/srt-dump/Listing.h"

namespace srt::dump {

/// Every section by name, empty ones too. `accepted` stands first: what a
/// bundle fails to enforce must not hide at the end of a long listing.
/// Requires: `view` was filled by srt_check_bundle().
std::vector<Section> sectionsOf(const srt_view &view);

/// The names that sectionsOf() uses, in its order.
std::vector<std::string> sectionNames();

} // namespace srt::dump

#endif
