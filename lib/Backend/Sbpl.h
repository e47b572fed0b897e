// lib/Backend/Sbpl.h: a policy as a Seatbelt profile (macOS).
// SPDX-License-Identifier: Apache-2.0
//
// Never widens: what a profile cannot say is E3024, and where operations are
// coarser than actions the profile is narrower and a comment in it says so.
// Nothing here ran on a Mac; lib/Sim/Sbpl* is the second opinion on the text.
#ifndef SRT_LIB_BACKEND_SBPL_H
#define SRT_LIB_BACKEND_SBPL_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Policy.h"

#include <optional>

namespace srt::backend {

/// Writes the profile for `policy` to `text`: version 1, self-contained, ASCII,
/// the same bytes for the same policy. *Narrows* where Seatbelt has one
/// operation for several actions (SbplOps.def) and around withheld places,
/// which cannot be moved. False after reporting E3024; `text` is empty then.
/// `proxyPort`: a proxy there judges hosts, as SbplProxy.h says.
/// Every param must be passed under its sbplParamName (SbplText.h).
bool emitSbpl(const ir::Policy &policy, std::optional<uint16_t> proxyPort,
              DiagnosticEngine &diags, std::string &text);

} // namespace srt::backend

#endif
