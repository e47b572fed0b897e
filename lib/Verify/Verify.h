// lib/Verify/Verify.h: holds what was emitted against what was written.
// SPDX-License-Identifier: Apache-2.0
//
// Runs in every compilation, on the bytes of the bundle: all events at once,
// by automata, not by examples. Reads nothing that the backends made but these
// bytes; of the plan it takes the policy and which denies were given up.
#ifndef SRT_LIB_VERIFY_VERIFY_H
#define SRT_LIB_VERIFY_VERIFY_H

#include "lib/Analysis/PathTables.h"
#include "lib/IR/Plan.h"
#include "lib/Sim/BundleView.h"

#include <optional>
#include <string>

namespace srt::verify {

/// An event on which bundle and policy differ.
struct Counterexample {
  /// Otherwise: both refuse it, but not with the same error.
  enum class Kind : uint8_t { Wider, Narrower, Otherwise };
  Kind kind = Kind::Wider;
  std::string event; // "read.data /etc/shadow, with ${home} = /etc"
  std::string why;   // "root `/etc` grants read-file"
};

/// The outcome of one part of the verification.
struct Result {
  std::optional<Counterexample> counterexample;
  bool isComplete = true; // false: a budget was spent, nothing is proved
};

/// Landlock's file rights: never granted where no rule allows an action that
/// they serve, and granted wherever one does.
Result verifyFiles(const ir::Plan &plan, const sim::Bundle &bundle);

/// The same for TCP ports.
Result verifyPorts(const ir::Plan &plan, const sim::Bundle &bundle);

/// Every filter: to each call, of each machine, by each number, with any
/// arguments, exactly what the plan's syscall decisions say; calls of another
/// machine and x32 calls are killed, numbers without a name fail with ENOSYS.
/// Follows all paths of each program, so nothing is sampled.
Result verifyFilters(const ir::Plan &plan, const sim::Bundle &bundle);

/// The same for one program. Requires: sim::checkBpf() took it.
Result verifyFilter(const ir::Plan &plan, kernel::Arch arch,
                    llvm::ArrayRef<sim::BpfInsn> program);

/// Tables for all path rules: the same verdicts from each anchor on. The tables
/// may be anything that a reader of bundles accepts.
Result verifyTables(const ir::Policy &policy, const PathTables &tables);

/// The broker's tables say what the policy says, of every path; the filter lets
/// no call go past it that takes a mediated action.
Result verifyBroker(const ir::Plan &plan, const sim::Bundle &bundle);

/// The endpoints by which the broker judges sockets are those of the policy.
Result verifyEndpoints(const ir::Plan &plan, const sim::Bundle &bundle);

/// "wider", "narrower", "other", to be followed by "than the policy".
llvm::StringRef spelling(Counterexample::Kind kind);

/// The text of a Seatbelt profile, read by lib/Sim: for all paths, names and
/// endpoints, under every arrangement of params that is tried (SbplCase.h),
/// nothing is permitted that the policy denies but the floor that every profile
/// has, nothing that is withheld can be moved out of sight of its rules, and no
/// operation without an action is open. Incomplete above
/// SbplGraph::kMostNodes states.
Result verifySbpl(const ir::Policy &policy, llvm::StringRef profile);

/// A policy without the denies that --accept-wider gave up.
ir::Policy withoutAccepted(const ir::Plan &plan);

} // namespace srt::verify

#endif
