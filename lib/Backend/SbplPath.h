// lib/Backend/SbplPath.h: path patterns as Seatbelt filters.
// SPDX-License-Identifier: Apache-2.0
//
// The kernel matches the resolved path of the file, so `/tmp`, `/var` and
// `/etc`, which are links on macOS, are written as what they lead to.
#ifndef SRT_LIB_BACKEND_SBPLPATH_H
#define SRT_LIB_BACKEND_SBPLPATH_H

#include "lib/Backend/SbplText.h"

namespace srt::backend {

/// Appends filters for what `path` covers: itself and all beneath. *Keeps*.
/// False with a reason in `why` if no filter says exactly that.
bool appendPathFilters(const ir::Policy &policy, const ir::PathPattern &path,
                       std::vector<std::string> &filters, std::string &why);

/// Appends filters for the directories that lead to `path` (not `/`, not the
/// path itself). Moving one of them would move what is below out of reach of
/// rules on `path`. Where a `**` in the middle makes them unknowable, covers
/// every directory below the place where it stands.
bool appendAncestorFilters(const ir::Policy &policy,
                           const ir::PathPattern &path,
                           std::vector<std::string> &filters, std::string &why);

/// Appends filters for the literal directories that lead to `path`, `/`
/// included. Those above a param are left to pathAncestors.
void appendLiteralAncestors(const ir::Policy &policy,
                            const ir::PathPattern &path,
                            std::vector<std::string> &filters);

} // namespace srt::backend

#endif
