// tools/import/Domains.h: hosts in the settings of agents.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_IMPORT_DOMAINS_H
#define SRT_TOOLS_IMPORT_DOMAINS_H

#include "tools/import/Draft.h"

namespace srt::import {

enum class Wildcards { Two, Any }; // labels behind `*.`; a bare `*`

/// "example.com:*" for `example.com`, "[::1]:443" for `[::1]:443`. Reports what
/// the settings themselves do not take: URLs, paths, and `*` or `*.com` where
/// that would open everything.
std::optional<std::string> endpointFor(llvm::StringRef domain,
                                       llvm::StringRef where,
                                       Wildcards wildcards, Draft &draft);

} // namespace srt::import

#endif
