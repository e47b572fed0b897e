// test/Tools/srt-filter-check/main.cpp: are all filters what their plans say?
// SPDX-License-Identifier: Apache-2.0
//
// Usage: srt-filter-check SEED PLANS        random plans
//        srt-filter-check SEED POLICY...    the plans of policies
// Exit status: 0 all agree, 1 something differs, 2 wrong usage or policy.
#include "test/Tools/srt-filter-check/FilterCheck.h"

#include "lib/Diag/Render.h"
#include "lib/Driver/Compile.h"
#include "lib/Driver/Files.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace srt;
using namespace srt::filtercheck;

namespace {
class Session {
public:
  explicit Session(uint64_t seed) : seed(seed) {}
  bool runRandom(uint64_t plans);
  /// Nothing if it does not compile.
  std::optional<bool> runPolicy(llvm::StringRef file);
  Counts counts;

private:
  uint64_t seed;
};
} // namespace

bool Session::runRandom(uint64_t plans) {
  bool isFine = true;
  for (uint64_t i = 0; i < plans; ++i) {
    std::mt19937_64 random(seed + i);
    ir::Plan plan = randomPlan(random, i % 2 ? Tests::Any : Tests::Plain);
    if (compareGenerators(plan, random, counts))
      continue;
    llvm::outs() << "seed " << seed + i << " differs\n";
    isFine = false;
  }
  return isFine;
}

std::optional<bool> Session::runPolicy(llvm::StringRef name) {
  Sources sources;
  DiagnosticEngine diags;
  std::optional<ir::Plan> plan;
  if (auto file = readInput(sources, name, diags))
    plan = compileToPlan(sources, *file, {}, diags);
  if (!plan) {
    renderText(llvm::errs(), sources, diags, Colours::Off);
    return std::nullopt;
  }
  std::mt19937_64 random(seed);
  return compareGenerators(*plan, random, counts);
}

int main(int argc, char **argv) {
  uint64_t seed = 0, plans = 0;
  if (argc < 3 || !llvm::to_integer(argv[1], seed))
    return 2;
  Session session(seed);
  bool isFine = true;
  if (llvm::to_integer(argv[2], plans)) {
    isFine = session.runRandom(plans);
  } else {
    for (int i = 2; i < argc; ++i) {
      std::optional<bool> one = session.runPolicy(argv[i]);
      if (!one)
        return 2;
      isFine &= *one;
    }
  }
  llvm::outs() << session.counts.programs << " programs, "
               << session.counts.calls << " calls, "
               << session.counts.untellable << " not for libseccomp, "
               << session.counts.tooLong << " too long, "
               << session.counts.unproved << " not proved, "
               << session.counts.faults << " faults: "
               << (isFine ? "agree" : "DIFFER") << '\n';
  return isFine ? 0 : 1;
}
