// lib/Backend/SeccompLayout.h: puts the nodes of a filter in a row.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SECCOMPLAYOUT_H
#define SRT_LIB_BACKEND_SECCOMPLAYOUT_H

#include "lib/Backend/SeccompNodes.h"

namespace srt::backend {

/// The instructions of the program that begins at `root`. Every node that can
/// be reached is there once; a return is repeated, or a `ja` put in, where a
/// conditional jump would be longer than its 8 bits can say. *Keeps*.
std::vector<Instruction> layOut(const NodePool &pool, NodeId root);

} // namespace srt::backend

#endif
