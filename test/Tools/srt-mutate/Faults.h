// test/Tools/srt-mutate/Faults.h: single mistakes that a backend could make.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_MUTATE_FAULTS_H
#define SRT_TEST_TOOLS_SRT_MUTATE_FAULTS_H

#include "lib/IR/Plan.h"
#include "lib/Sim/EvalBpf.h"

#include <functional>

namespace srt::mutate {

/// One mistake in the tables that are spelled into a bundle. `make` returns
/// false if the plan has nothing to make it with.
struct Fault {
  std::string name;
  std::function<bool(ir::Plan &)> make;
};

std::vector<Fault> planFaults();
/// In the decisions on syscalls.
std::vector<Fault> syscallFaults();

/// One mistake in the instructions of a filter. `make` returns false if the
/// program has nothing to make it with.
struct FilterFault {
  std::string name;
  std::function<bool(std::vector<sim::BpfInsn> &)> make;
};

std::vector<FilterFault> filterFaults();

} // namespace srt::mutate

#endif
