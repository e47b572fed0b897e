// runtime/broker/Mediate.h: the two ways from the loader into the broker.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: both do all of their step or end the process, as every step of
// the loader does. Neither widens what the command may do.
#ifndef SRT_RUNTIME_BROKER_MEDIATE_H
#define SRT_RUNTIME_BROKER_MEDIATE_H

#include "runtime/loader/Loader.h"

namespace srt::broker {

/// Start.cpp: opens the report, and whoever is to be asked; their numbers (-1: none).
/// Requires: a checked bundle, no descriptor of the caller closed yet.
void openOutside(const load::Sandbox &sandbox, long (&kept)[2]);
/// Start.cpp: keeps a low number for the listener.
void prepare(load::Sandbox &sandbox);
/// Start.cpp: finds the anchors, restricts this process, starts the
/// command under it, and serves it until it ends. *Narrows*.
/// Requires: load::prepare.
[[noreturn]] void run(load::Sandbox &sandbox, char **argv);

} // namespace srt::broker

#endif
