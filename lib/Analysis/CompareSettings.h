// lib/Analysis/CompareSettings.h: environment and limits of two policies.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_COMPARESETTINGS_H
#define SRT_LIB_ANALYSIS_COMPARESETTINGS_H

#include "lib/Analysis/Compare.h"

namespace srt {

/// What only one of them says, the old one first. To pass more variables, or to
/// raise or lift a limit, widens; a `set` is neither wider nor narrower.
std::vector<SettingChange> compareSettings(const ir::Policy &before,
                                           const ir::Policy &after);

} // namespace srt

#endif
