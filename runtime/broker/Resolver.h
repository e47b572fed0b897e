// runtime/broker/Resolver.h: the beginning and the end of what the network
// needs. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: each does all of its step or ends the process; a bundle without
// an srt_network needs none of it.
#ifndef SRT_RUNTIME_BROKER_RESOLVER_H
#define SRT_RUNTIME_BROKER_RESOLVER_H

#include "Broker.h"

namespace srt::broker {

/// Events.cpp: makes the stub's sockets, starts srt-resolve and reads
/// /etc/hosts, as far as the bundle needs it. Before the Landlock layer.
void startNetwork(Broker &broker);
/// Events.cpp: waits until everything is ready, and takes as many descriptors
/// as the kernel gives.
void openNetwork(const Broker &broker);
/// Events.cpp: the descriptors that stay open, by number; negative: not there.
inline constexpr unsigned kNetworkDescriptors = 6;
long networkDescriptor(const Broker &broker, unsigned i);

/// Resolver.cpp: the parts of these that have to do with srt-resolve.
void startResolver(Broker &broker);
void awaitResolver(const Broker &broker);
/// Resolver.cpp: ends srt-resolve, so that nobody has to bury it later.
void endResolver(const Broker &broker);
/// Stub.cpp: the sockets of the stub, by number.
long stubDescriptor(unsigned i);
/// Umask.cpp: waits for the end of a process, but not for ever.
void buryShortly(long pid);

} // namespace srt::broker

#endif
