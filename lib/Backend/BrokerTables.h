// lib/Backend/BrokerTables.h: what the broker judges by, as records of bundle.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_BROKERTABLES_H
#define SRT_LIB_BACKEND_BROKERTABLES_H

#include "lib/Backend/BundleStrings.h"
#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"

namespace srt::backend {

/// The rules on paths need more states, or those on endpoints more entries, than
/// are made or than the format holds.
class TablesTooLarge : public llvm::ErrorInfo<TablesTooLarge> {
public:
  enum class What : uint8_t { Paths, Endpoints };
  static char ID;
  explicit TablesTooLarge(What what, std::optional<ir::RuleId> rule)
      : what(what), rule(rule) {}
  What what;
  /// Paths: one that is too much by itself. Endpoints: the first too many.
  /// Absent: many rules are too much together.
  std::optional<ir::RuleId> rule;
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
