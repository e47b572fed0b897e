// lib/Driver/EventStatement.h: statements about one event.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_EVENTSTATEMENT_H
#define SRT_LIB_DRIVER_EVENTSTATEMENT_H

#include "lib/Sim/Event.h"

namespace srt {

/// The smallest statement with that effect on just this event (and, of a path,
/// what is beneath it): `allow read.data "${home}/x";`. Params are put in where
/// their values fit; of several, the longest.
std::string statementFor(const ir::Policy &policy,
                         const sim::Bindings &bindings, ir::Effect effect,
                         const sim::Event &event);

/// The rule with the event cut out: `deny read "/a" except "/a/b";`. For what
/// cannot be cut out of it, a comment that says so.
std::string statementWithout(const ir::Policy &policy,
                             const sim::Bindings &bindings,
                             const ir::Rule &rule, const sim::Event &event);

/// How much the patterns of a rule have in common with the event: components of
/// a path, 1 for the same host, port or program; 0 for nothing.
size_t likeness(const ir::Policy &policy, const sim::Bindings &bindings,
                const ir::Rule &rule, const sim::Event &event);

} // namespace srt

#endif
