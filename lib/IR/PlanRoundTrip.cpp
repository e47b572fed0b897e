// lib/IR/PlanRoundTrip.cpp: print, read, verify, print, compare.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanRoundTrip.h"

#include "lib/IR/PlanPrint.h"
#include "lib/IR/PlanRead.h"
#include "lib/IR/PlanVerify.h"
#include "lib/IR/RoundTrip.h"

namespace srt::ir {

static std::string printed(const Plan &plan, const Sources &sources,
                           Locations locations) {
  std::string text;
  llvm::raw_string_ostream out(text);
  printPlan(out, plan, sources, locations);
  return text;
}

static bool comesBack(const Plan &plan, const Sources &sources,
                      Locations locations, std::string &why) {
  std::string before = printed(plan, sources, locations);
  Sources fresh;
  DiagnosticEngine diags;
  FileId file = fresh.add("<round trip>", before);
  std::optional<Plan> back = readPlan(fresh, file, diags);
  if (!back) {
    why = "plan text is not read back: " + diags.sorted().front()->message;
    return false;
  }
  if (!verifyPlan(*back, why))
    return false;
  why = firstDifference(before, printed(*back, fresh, locations));
  return why.empty();
}

bool planRoundTrips(const Plan &plan, const Sources &sources,
                    std::string &why) {
  return comesBack(plan, sources, Locations::Off, why) &&
         comesBack(plan, sources, Locations::On, why);
}

} // namespace srt::ir
