// test/Tools/srt-mutate/Faults.h: single mistakes that a backend could make.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_MUTATE_FAULTS_H
#define SRT_TEST_TOOLS_SRT_MUTATE_FAULTS_H

#include "lib/Driver/Compile.h"
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
/// In what the broker judges by, and in what is sent to it.
std::vector<Fault> brokerFaults();
/// In the endpoints that the broker judges sockets by.
std::vector<Fault> networkFaults();
/// Calls that the lowering forgets to send to the broker: the filter then says
/// what the plan says, and both are wrong.
std::vector<Fault> forgottenCalls();

/// One mistake in the instructions of a filter. `make` returns false if the
/// program has nothing to make it with.
struct FilterFault {
  std::string name;
  std::function<bool(std::vector<sim::BpfInsn> &)> make;
};

std::vector<FilterFault> filterFaults();

/// One mistake in the text of a Seatbelt profile. `make` returns false if the
/// text has nothing to make it with.
struct TextFault {
  std::string name;
  std::function<bool(std::string &)> make;
};

std::vector<TextFault> sbplFaults();

/// Compiles a policy for macOS and puts these faults into its profile, one at a
/// time. Returns the exit status: 0 all caught, 1 some survived, 2 wrong policy.
int mutateProfile(Sources &sources, FileId file, const CompileOptions &options);

} // namespace srt::mutate

#endif
