// lib/Backend/BrokerTables.h: what the broker judges by, as records of bundle.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_BROKERTABLES_H
#define SRT_LIB_BACKEND_BROKERTABLES_H

#include "lib/Backend/BundleStrings.h"
#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"

namespace srt::backend {

/// The path rules of a plan need more states than are made, or than the format
/// holds.
class TablesTooLarge : public llvm::ErrorInfo<TablesTooLarge> {
public:
  static char ID;
  void log(llvm::raw_ostream &out) const override;
  std::error_code convertToErrorCode() const override;
};

struct BrokerTables {
  std::vector<srt_mediation> mediation; // none or one; none: all are empty
  std::vector<srt_anchor> anchors;
  std::vector<srt_row> rows;
  std::vector<uint32_t> moves;
  std::vector<srt_label> labels;
  std::vector<uint32_t> halves;
  std::vector<srt_pair> pairs;
  std::vector<srt_network> network; // none or one
  std::vector<srt_endpoint> endpoints;
};

/// The tables of all path rules, if anything is mediated. *Keeps*. Rules that
/// --accept-wider gave up are left out.
/// Errors: TablesTooLarge.
llvm::Expected<BrokerTables> brokerTablesOf(const ir::Plan &plan,
                                            BundleStrings &strings);

} // namespace srt::backend

#endif
