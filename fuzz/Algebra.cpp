// fuzz/Algebra.cpp: the difference of two policies against lib/Sim.
// SPDX-License-Identifier: Apache-2.0
//
// Two texts of IR with a line `---` between them. Every witness must be decided
// as the change says, and what one policy's own words show to differ must not
// be called equal.
#include "fuzz/Target.h"
#include "lib/Driver/Diff.h"
#include "lib/IR/Read.h"
#include "lib/IR/Verify.h"
#include "lib/Sim/DeriveEvents.h"
#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

using namespace srt;

static constexpr size_t kMaxText = 1024;

static std::optional<ir::Policy> read(Sources &sources, llvm::StringRef name,
                                      llvm::StringRef text) {
  DiagnosticEngine diags;
  auto policy = ir::readPolicy(sources, sources.add(name, text.str()), diags);
  std::string why;
  if (policy && !ir::verify(*policy, why))
    return std::nullopt;
  return policy;
}

static void checkWitnesses(const Diff &diff) {
  for (const DiffChange &shown : diff.changes)
    for (const DiffRegion &region : shown.regions)
      fuzz::require(region.before.effect == shown.change.from &&
                        region.after.effect == shown.change.to,
                    "lib/Sim does not see the change: " + region.event);
}

/// Without params: two policies may give them different values.
static void checkEqual(const ir::Policy &before, const ir::Policy &after) {
  for (const ir::Policy *policy : {&before, &after})
    for (const sim::Event &event : sim::deriveEvents(*policy, {}))
      fuzz::require(sim::evalPolicy(before, {}, event).effect ==
                        sim::evalPolicy(after, {}, event).effect,
                    "called equal, but not on " + sim::eventText(event));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > kMaxText)
    return 0;
  Sources sources;
  auto [first, second] = fuzz::textOf(data, size).split("\n---\n");
  auto before = read(sources, "before.srtir", first);
  auto after = before ? read(sources, "after.srtir", second) : std::nullopt;
  if (!after)
    return 0;
  Diff diff = diffOf(*before, *after);
  checkWitnesses(diff);
  bool hasParams = !before->params.empty() || !after->params.empty();
  if (diff.changes.empty() && !diff.isIncomplete && !hasParams)
    checkEqual(*before, *after);
  return 0;
}
