// lib/Report/Report.h: a policy as a person would look at it, as one HTML file.
// SPDX-License-Identifier: Apache-2.0
//
// The page needs nothing beside itself and fetches nothing; it has no time and
// no place of this machine in it. What a policy is too large for is counted.
#ifndef SRT_LIB_REPORT_REPORT_H
#define SRT_LIB_REPORT_REPORT_H

#include "lib/Driver/Compile.h"

namespace srt {

/// The report on a policy, and on how it differs from an older one if there is
/// one. Nothing if one of them does not read, or if the target is no system;
/// that is reported. What the target cannot enforce stands in the report.
std::optional<std::string> reportOf(Sources &sources, FileId file,
                                    std::optional<FileId> against,
                                    const CompileOptions &options,
                                    DiagnosticEngine &diags);

} // namespace srt

#endif
