// test/Tools/srt-mutate/main.cpp: does the verifier see single mistakes?
// SPDX-License-Identifier: Apache-2.0
//
// Compiles a policy, puts one fault after the other into the tables, has the
// bundle written, and holds it against the plan without the fault; likewise
// into the instructions of its first filter. For the target macos the faults go
// into the text of the profile. Prints what the verifier says to each. Exit status: 0 all caught, 1 some survived, 2
// wrong usage or policy.
#include "test/Tools/srt-mutate/Faults.h"

#include "lib/Backend/BundleWriter.h"
#include "lib/Diag/Render.h"
#include "lib/Driver/Compile.h"
#include "lib/Driver/Files.h"
#include "lib/Verify/Verify.h"

using namespace srt;

using Found = std::optional<verify::Counterexample>;

/// What the verifier has against a bundle made from `faulty`.
static Found verdictOn(const ir::Plan &plan, const ir::Plan &faulty,
                       const Sources &sources) {
  llvm::Expected<std::string> bytes =
      backend::writeBundle(faulty, sources, backend::Generator::Own);
  std::string why = "not written";
  std::optional<sim::Bundle> bundle;
  if (bytes)
    bundle = sim::Bundle::open(*bytes, why);
  else
    llvm::consumeError(bytes.takeError());
  if (!bundle)
    return verify::Counterexample{verify::Counterexample::Kind::Narrower,
                                  "any event", "no bundle: " + why};
  for (auto part :
       {verify::verifyFiles, verify::verifyPorts, verify::verifyFilters,
        verify::verifyBroker})
    if (Found found = part(plan, *bundle).counterexample)
      return found;
  return std::nullopt;
}

namespace {
class Mutation {
public:
  Mutation(const ir::Plan &plan, const Sources &sources)
      : plan(plan), sources(sources) {}
  /// True if nothing survived.
  bool run();

private:
  void runPlan(const mutate::Fault &fault);
  void runLowering(const mutate::Fault &fault);
  void runFilter(const mutate::FilterFault &fault);
  void count(llvm::StringRef name, const Found &found);

  const ir::Plan &plan;
  const Sources &sources;
  unsigned caught = 0, survived = 0, idle = 0;
};
} // namespace

void Mutation::count(llvm::StringRef name, const Found &found) {
  (found ? caught : survived) += 1;
  llvm::outs() << name << ": ";
  if (found)
    llvm::outs() << verify::spelling(found->kind) << ": " << found->event
                 << ": " << found->why << '\n';
  else
    llvm::outs() << "SURVIVED\n";
}

void Mutation::runPlan(const mutate::Fault &fault) {
  ir::Plan faulty = plan;
  if (fault.make(faulty))
    count(fault.name, verdictOn(plan, faulty, sources));
  else
    ++idle;
}

/// A mistake that plan and bundle share.
void Mutation::runLowering(const mutate::Fault &fault) {
  ir::Plan faulty = plan;
  if (fault.make(faulty))
    count(fault.name, verdictOn(faulty, faulty, sources));
  else
    ++idle;
}

/// The first architecture's program. What the kernel would not load is no
/// mistake that the verifier needs to see.
void Mutation::runFilter(const mutate::FilterFault &fault) {
  kernel::Arch arch = plan.archs.front();
  std::vector<sim::BpfInsn> program;
  for (const backend::Instruction &insn :
       llvm::cantFail(backend::emitSeccomp(plan, arch, backend::Generator::Own)))
    program.push_back({insn.code, insn.jt, insn.jf, insn.k});
  std::string why;
  if (fault.make(program) && sim::checkBpf(program, why))
    count(fault.name, verify::verifyFilter(plan, arch, program).counterexample);
  else
    ++idle;
}

bool Mutation::run() {
  for (const mutate::Fault &fault : mutate::planFaults())
    runPlan(fault);
  for (const mutate::Fault &fault : mutate::syscallFaults())
    runPlan(fault);
  for (const mutate::Fault &fault : mutate::brokerFaults())
    runPlan(fault);
  for (const mutate::Fault &fault : mutate::networkFaults())
    runPlan(fault);
  for (const mutate::Fault &fault : mutate::forgottenCalls())
    runLowering(fault);
  for (const mutate::FilterFault &fault : mutate::filterFaults())
    runFilter(fault);
  llvm::outs() << caught << " caught, " << survived << " survived, " << idle
               << " not applicable\n";
  return survived == 0;
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  Sources sources;
  DiagnosticEngine diags;
  std::optional<FileId> file = readInput(sources, argv[1], diags);
  CompileOptions options;
  if (argc > 2)
    options.target = argv[2];
  if (file && options.target == "macos")
    return mutate::mutateProfile(sources, *file, options);
  std::optional<ir::Plan> plan;
  if (file)
    plan = compileToPlan(sources, *file, options, diags);
  if (!plan || verdictOn(*plan, *plan, sources)) {
    renderText(llvm::errs(), sources, diags, Colours::Off);
    llvm::errs() << "srt-mutate: there is nothing right to begin with\n";
    return 2;
  }
  return Mutation(*plan, sources).run() ? 0 : 1;
}
