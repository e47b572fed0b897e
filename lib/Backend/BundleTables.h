// lib/Backend/BundleTables.h: a plan as the records of bundle.h.
// SPDX-License-Identifier: Apache-2.0
//
// One vector per section, in the order of the file. Nothing is decided here:
// what the plan says is spelled, and srt_check_bundle judges the result.
#ifndef SRT_LIB_BACKEND_BUNDLETABLES_H
#define SRT_LIB_BACKEND_BUNDLETABLES_H

#include "lib/Backend/BrokerTables.h"
#include "lib/Backend/SeccompFilter.h"

namespace srt::backend {

struct BundleTables {
  BundleStrings strings;
  std::vector<srt_info> info;
  std::vector<srt_source> sources;
  std::vector<srt_param> params;
  std::vector<srt_ruleset> ruleset; // none or one
  std::vector<srt_root> roots;
  std::vector<srt_command> commands;
  std::vector<srt_port> ports;
  std::vector<srt_program> programs;
  std::vector<Instruction> filters;
  std::vector<srt_env> env;
  std::vector<srt_limit> limits;
  std::vector<srt_forbidden> forbidden;
  std::vector<srt_rule> rules;
  std::vector<srt_accepted> accepted;
  std::vector<srt_how> hows;
  BrokerTables broker;
};

/// Fills every table. *Keeps*. Errors: those of emitSeccomp, and a text that
/// the format cannot hold.
llvm::Expected<BundleTables> tablesOf(const ir::Plan &plan,
                                      const Sources &sources,
                                      Generator generator);

} // namespace srt::backend

#endif
