// lib/Driver/Imports.h: where imported policies are found.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_IMPORTS_H
#define SRT_LIB_DRIVER_IMPORTS_H

#include "lib/Parse/Modules.h"

#include <map>
#include <string>

namespace srt {

/// Texts that count instead of what is on disk, by absolute path.
using OpenTexts = std::map<std::string, std::string>;

/// A finder that takes `std/...` from `stdFolder` and everything else relative
/// to the importing file. Files are known by the name that the import gives
/// them, never by where they lie on this machine: the same input has the same
/// output everywhere. Reports E4009 for what is not there. Where each was opened
/// is appended to `opened`, unless that is null.
/// Requires: `sources`, `diags` and `opened` outlive the finder.
FindModule importFinder(Sources &sources, std::string stdFolder,
                        DiagnosticEngine &diags,
                        std::vector<std::string> *opened = nullptr,
                        OpenTexts open = {});

} // namespace srt

#endif
