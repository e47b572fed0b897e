// lib/Sim/BrokerModel.h: what the broker would say, from the bytes of a bundle.
// SPDX-License-Identifier: Apache-2.0
//
// Reads the tables as runtime/bundle/bundle.h has them, in the slowest way: every
// anchor, one byte after the other. Shares nothing with the broker but bundle.h.
#ifndef SRT_LIB_SIM_BROKERMODEL_H
#define SRT_LIB_SIM_BROKERMODEL_H

#include "lib/IR/Action.h"
#include "lib/Sim/BundleView.h"
#include "lib/Sim/Event.h"

namespace srt::sim {

/// SRT_ACT_* of the action; 0 if the broker does not know it.
uint32_t actOf(ir::ActionId leaf);

/// The state behind a byte. Requires: a checked view with tables.
uint32_t brokerStep(const srt_view &view, uint32_t row, uint8_t byte);

/// True if the tables permit the action on this canonical path; of a program,
/// with these arguments (argv[1] and further). False without tables. A path
/// that no anchor is above is denied; what is not mediated, the broker leaves
/// to Landlock.
bool brokerPermits(const Bundle &bundle, const StartValues &values,
                   ir::ActionId leaf, llvm::StringRef path,
                   llvm::ArrayRef<std::string> arguments = {});

/// SRT_NET_* of the action; 0 if it is none of the network.
uint32_t netActOf(ir::ActionId leaf);

/// The pattern that a record of SRT_ENDPOINTS has been.
ir::EndpointPattern endpointOf(const Bundle &bundle,
                               const srt_endpoint &record);

/// True if the broker lets this connect, bind or send happen, or leaves it to
/// filter and Landlock. False if it judges no sockets.
bool brokerPermits(const Bundle &bundle, ir::ActionId leaf,
                   const Endpoint &endpoint);

} // namespace srt::sim

#endif
