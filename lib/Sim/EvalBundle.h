// lib/Sim/EvalBundle.h: what a bundle says to an event, once it has started.
// SPDX-License-Identifier: Apache-2.0
//
// An event is carried out by one or more kernel operations (to create is to
// make a file, a directory or a link), and each operation by one of several
// ways (open, openat, openat2, io_uring). An operation is permitted if any of
// its ways is, and the event is not denied before all operations are: that is
// the side to err on when the question is whether a bundle is ever wider.
#ifndef SRT_LIB_SIM_EVALBUNDLE_H
#define SRT_LIB_SIM_EVALBUNDLE_H

#include "lib/Sim/BundleView.h"
#include "lib/Sim/Event.h"

namespace srt::sim {

/// Nothing, some or all of the event's operations may happen.
struct BundleVerdict {
  enum class Reach : uint8_t { Denied, Partly, Permitted };
  Reach reach = Reach::Denied;
  std::string refused;   // what refuses, and which operation; may be empty
  std::string permitted; // the first operation that goes through; may be empty
};

/// Judges an event under a bundle that was started with these values. If the
/// loader would refuse to start, everything is denied.
BundleVerdict evalBundle(const Bundle &bundle, const StartValues &values,
                         const Event &event);

/// Why the loader would refuse to start, or nothing.
std::optional<std::string> whyNotStarted(const Bundle &bundle,
                                         const StartValues &values);

/// True if the filter lets a call with this number and machine word through.
/// For calls that have no name: x32, other machines.
bool permitsNumber(const Bundle &bundle, kernel::Arch arch,
                   const SeccompData &data);

} // namespace srt::sim

#endif
