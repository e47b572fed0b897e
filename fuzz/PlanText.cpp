// fuzz/PlanText.cpp: plan text that reads comes back, and makes sound bundles.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Target.h"
#include "lib/Backend/BundleWriter.h"
#include "lib/IR/PlanRead.h"
#include "lib/IR/PlanRoundTrip.h"
#include "lib/IR/PlanVerify.h"
#include "lib/Sim/BundleView.h"

using namespace srt;

/// A plan may ask for what no bundle holds, such as a filter that is too long;
/// then there is an error, and the writer's own check is not what it says.
static void checkBundle(const ir::Plan &plan, const Sources &sources) {
  auto bytes = backend::writeBundle(plan, sources, backend::Generator::Own);
  if (!bytes) {
    std::string error = llvm::toString(bytes.takeError());
    fuzz::require(error.find("internal error") == error.npos, error);
    return;
  }
  std::string why;
  fuzz::require(sim::Bundle::open(*bytes, why).has_value(), why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add("fuzz.srtplan", fuzz::textOf(data, size).str());
  std::optional<ir::Plan> plan = ir::readPlan(sources, file, diags);
  fuzz::require(plan || diags.errors() != 0, "refused without a reason");
  std::string why;
  if (!plan || !ir::verifyPlan(*plan, why))
    return 0;
  fuzz::require(ir::planRoundTrips(*plan, sources, why), why);
  if (plan->target.os == kernel::Os::Linux)
    checkBundle(*plan, sources);
  return 0;
}
