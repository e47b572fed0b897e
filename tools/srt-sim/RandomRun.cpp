// tools/srt-sim/RandomRun.cpp: a differential test without an end.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-sim/RandomRun.h"

#include "lib/Diag/Render.h"
#include "lib/Sim/DeriveEvents.h"
#include "lib/Sim/RandomPolicy.h"

namespace srt::sim {

namespace {
struct RandomCounts {
  size_t compiled = 0;
  size_t refused = 0; // by the compiler, for the target
  size_t stopped = 0; // compiled, but does not start with these values
  size_t broken = 0;  // by the frontend or a pass
  size_t failed = 0;
  DerivedCounts derived;
};

class RandomRun {
public:
  RandomRun(const CaseOptions &options, Format format)
      : options(options), format(format) {}
  void run(uint64_t seed);
  RandomCounts counts;

private:
  std::optional<Case> make(Sources &sources, const CaseInput &input,
                           DiagnosticEngine &diags);
  void fail(uint64_t seed, const std::string &text, const Values &values);

  const CaseOptions &options;
  Format format;
};
} // namespace

void RandomRun::fail(uint64_t seed, const std::string &text,
                     const Values &values) {
  ++counts.failed;
  llvm::outs() << "seed " << seed << ":\n" << text;
  for (const auto &[name, value] : values)
    llvm::outs() << "bind " << name << " = " << value << '\n';
}

/// With a bundle if there can be one, else without.
std::optional<Case> RandomRun::make(Sources &sources, const CaseInput &input,
                                    DiagnosticEngine &diags) {
  DiagnosticEngine compiling;
  auto made =
      makeCase(sources, input, MissingValues::AreErrors, options, compiling);
  if (made && made->bundle) {
    ++counts.compiled;
    counts.stopped += whyNotStarted(*made->bundle, made->start).has_value();
    return made;
  }
  CaseOptions without = options;
  without.evaluators.erase(Evaluator::Bundle);
  made = makeCase(sources, input, MissingValues::AreErrors, without, diags);
  counts.refused += made && options.evaluators.count(Evaluator::Bundle);
  return made;
}

void RandomRun::run(uint64_t seed) {
  Dice dice(seed);
  std::string text = randomPolicy(dice);
  Sources sources;
  DiagnosticEngine diags;
  CaseInput input{
      sources.add("random.srt", text), randomValues(dice), {"/bin", "/a"}, {}};
  std::optional<Case> made = make(sources, input, diags);
  if (!made) {
    ++counts.broken;
    fail(seed, text, input.values);
    renderText(llvm::outs(), sources, diags, Colours::Off);
    return;
  }
  std::vector<Event> events =
      deriveEvents(made->policy->policy, made->policy->bindings);
  std::vector<Disagreement> found =
      compareEvents(events, *made, counts.derived);
  if (made->bundle && !whyNotStarted(*made->bundle, made->start))
    for (Disagreement &one : compareStrangers(*made, counts.derived))
      found.push_back(std::move(one));
  if (found.empty())
    return;
  fail(seed, text, input.values);
  constexpr size_t kShown = 8;
  if (found.size() > kShown)
    found.resize(kShown);
  report(found, "random.srt", format);
}

size_t runRandom(uint64_t count, uint64_t seed, const CaseOptions &options,
                 Format format) {
  RandomRun random(options, format);
  for (uint64_t i = 0; i < count; ++i)
    random.run(seed + i);
  const RandomCounts &counts = random.counts;
  llvm::outs() << count << " policies: " << counts.compiled << " compiled ("
               << counts.stopped << " do not start), " << counts.refused
               << " refused, " << counts.broken << " broken; "
               << counts.derived.events << " events, " << counts.derived.allowed
               << " allowed, bundle denies " << counts.derived.narrower
               << " of them; " << counts.failed << " failed\n";
  return counts.failed;
}

} // namespace srt::sim
