// lib/Analysis/WordWitness.h: the word of a search as an event.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_WORDWITNESS_H
#define SRT_LIB_ANALYSIS_WORDWITNESS_H

#include "lib/Analysis/PathSpace.h"
#include "lib/Analysis/Universe.h"

namespace srt {

/// Splits the word into what srt-sim reads, and its markers into values of both
/// policies' params. A word of Space::Paths is a file's, not a socket's.
Witness witnessOf(Space kind, const PathSpace &space,
                  const automata::Word &word, const ir::Policy &before,
                  const ir::Policy &after);

/// "read.data /a, with ${home} = /a": as a message says it.
std::string eventText(ir::ActionId leaf, const Witness &witness);

} // namespace srt

#endif
