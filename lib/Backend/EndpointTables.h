// lib/Backend/EndpointTables.h: endpoints as records of bundle.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_ENDPOINTTABLES_H
#define SRT_LIB_BACKEND_ENDPOINTTABLES_H

#include "lib/Backend/BrokerTables.h"

namespace srt::backend {

/// True if --accept-wider gave the rule up: a deny that is in no table.
bool isGivenUp(const ir::Plan &plan, ir::RuleId id);

/// SRT_EFFECT_*.
uint8_t effectOf(ir::Effect effect);

/// Adds what the broker judges TCP and UDP by, rule by rule. *Keeps*. Denies that
/// --accept-wider gave up are left out. Requires: plan.network.
/// Errors: TablesTooLarge.
llvm::Error fillEndpoints(BrokerTables &out, const ir::Plan &plan,
                          BundleStrings &strings);

} // namespace srt::backend

#endif
