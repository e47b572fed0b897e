// lib/Driver/Compile.cpp: from a policy file to each form of it.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Compile.h"

#include "lib/Backend/BrokerTables.h"
#include "lib/Backend/BundleWriter.h"
#include "lib/Backend/Engine.h"
#include "lib/Backend/Sbpl.h"
#include "lib/Backend/SbplProxy.h"
#include "lib/Backend/SeccompFilter.h"
#include "lib/Driver/CheckFilters.h"
#include "lib/Driver/Imports.h"
#include "lib/Driver/Listings.h"
#include "lib/IR/PlanPrint.h"
#include "lib/IR/Print.h"
#include "lib/IR/Read.h"
#include "lib/IR/Verify.h"
#include "lib/Parse/PrintSyntax.h"
#include "lib/Support/Suggest.h"
#include "lib/Transforms/Lower.h"
#include "lib/Transforms/Pass.h"
#include "lib/Verify/Verify.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace srt {

namespace {
struct StageRow {
  Stage stage;
  llvm::StringLiteral name;
};
constexpr StageRow kStages[] = {
    {Stage::Syntax, "syntax"},     {Stage::Ir, "ir"},
    {Stage::Plan, "plan"},         {Stage::Sbpl, "sbpl"},
    {Stage::Bpf, "bpf"},           {Stage::Landlock, "landlock"},
    {Stage::Bundle, "bundle"},     {Stage::Engine, "engine"},
};
} // namespace

std::optional<Stage> stageNamed(llvm::StringRef name) {
  for (const StageRow &row : kStages)
    if (row.name == name)
      return row.stage;
  return std::nullopt;
}

llvm::SmallVector<llvm::StringRef, 8> stageNames() {
  llvm::SmallVector<llvm::StringRef, 8> names;
  for (const StageRow &row : kStages)
    names.push_back(row.name);
  return names;
}

Stage stageFor(llvm::StringRef target) {
  if (backend::engineNamed(target))
    return Stage::Engine;
  return target == "macos" ? Stage::Sbpl : Stage::Bundle;
}

static void reportTooLarge(const backend::TablesTooLarge &tooLarge,
                           const ir::Policy &policy, DiagnosticEngine &diags) {
  bool isPaths = tooLarge.what == backend::TablesTooLarge::What::Paths;
  SourceRange range =
      tooLarge.rule ? policy.rule(*tooLarge.rule).range : policy.range;
  diags
      .report(range, diag::TablesTooLarge, isPaths ? "paths" : "endpoints",
              isPaths ? "states" : "entries")
      .hint(isPaths ? "a `*` and then many `?` doubles the states with each `?`: "
                      "write a second `*` instead"
                    : "name a network such as `10.0.0.0/8`, or `*.example.com`, "
                      "instead of each host");
}

/// Reports what a backend could not do: a filter that the kernel would not
/// take, or a mistake of ours.
static std::nullopt_t refuse(const ir::Policy &policy, DiagnosticEngine &diags,
                             llvm::Error error) {
  llvm::handleAllErrors(
      std::move(error),
      [&](const backend::FilterTooLong &tooLong) {
        diags.report({}, diag::FilterTooLong, unsigned(tooLong.count),
                     unsigned(backend::kMaxInstructions));
      },
      [&](const backend::TablesTooLarge &tooLarge) {
        reportTooLarge(tooLarge, policy, diags);
      },
      [&](const backend::NotTellable &notTellable) {
        diags.report({}, diag::TestNotSayable, notTellable.syscall,
                     notTellable.why);
      },
      [&](const llvm::ErrorInfoBase &other) {
        diags.report({}, diag::Internal, other.message());
      });
  return std::nullopt;
}

static Selection selectionOf(const CompileOptions &options) {
  std::optional<kernel::Target> target = kernel::targetNamed(options.target);
  bool isMac = target && target->os == kernel::Os::Macos;
  return {options.tool, options.dir, options.repo, isMac ? "macos" : "linux"};
}

std::optional<CheckedPolicy> compileToChecked(Sources &sources, FileId file,
                                              const CompileOptions &options,
                                              DiagnosticEngine &diags) {
  FindModule find = importFinder(sources, options.stdFolder, diags,
                                 options.imports, options.openTexts);
  std::optional<std::vector<Module>> modules =
      loadModules(sources, file, find, diags);
  if (!modules)
    return std::nullopt;
  std::optional<CheckedPolicy> checked =
      typeCheck(*modules, {options.defines, selectionOf(options)}, diags);
  if (!checked || !ir::verifyOrReport(checked->policy, diags))
    return std::nullopt;
  return checked;
}

static std::optional<ir::Policy> readIr(Sources &sources, FileId file,
                                        DiagnosticEngine &diags) {
  std::optional<ir::Policy> policy = ir::readPolicy(sources, file, diags);
  if (!policy || !ir::verifyOrReport(*policy, diags))
    return std::nullopt;
  return policy;
}

std::optional<ir::Policy> compileToPolicy(Sources &sources, FileId file,
                                          const CompileOptions &options,
                                          DiagnosticEngine &diags) {
  std::optional<ir::Policy> policy;
  std::vector<SourceRange> scopes; // by rule
  if (sources.name(file).ends_with(".srtir"))
    policy = readIr(sources, file, diags);
  else if (auto checked = compileToChecked(sources, file, options, diags)) {
    policy = std::move(checked->policy);
    scopes = std::move(checked->scopes);
  }
  if (policy && options.checks) {
    checkMeaning(*policy, *options.checks, diags);
    checkScopes(*policy, scopes, diags);
  }
  return policy;
}

static void reportTarget(const CompileOptions &options,
                         DiagnosticEngine &diags) {
  llvm::SmallVector<llvm::StringRef, 8> names = kernel::targetNames();
  Diagnostic &error =
      diags.report({}, diag::UnknownTarget, shown(options.target));
  if (std::optional<llvm::StringRef> near = nearest(options.target, names))
    error.hint("did you mean `" + near->str() + "`");
  else
    error.hint("the targets are " + llvm::join(names, ", ") +
               " and landlock-abi-1 to landlock-abi-10, and for other engines " +
               llvm::join(backend::engineNames(), ", "));
}

static constexpr const char *kProxyIsForMac =
    "--network=proxy is for --target=macos";

static const char *formOf(const CompileOptions &options, kernel::Os os) {
  if (options.proxyPort && os == kernel::Os::Linux)
    return kProxyIsForMac;
  if (backend::engineNamed(options.target))
    return "another engine has no form but --emit=engine";
  return os == kernel::Os::Linux ? "it is for Linux targets"
                                 : "it is for --target=macos";
}

static std::optional<kernel::Target>
targetOf(const CompileOptions &options, kernel::Os os, DiagnosticEngine &diags) {
  std::optional<kernel::Target> target = kernel::targetNamed(options.target);
  bool isForMac = options.proxyPort && os == kernel::Os::Linux;
  if (target && target->os == os && !isForMac)
    return target;
  if (target || backend::engineNamed(options.target))
    diags.report({}, diag::FormMismatch, options.target, formOf(options, os));
  else
    reportTarget(options, diags);
  return std::nullopt;
}

std::optional<ir::Plan> compileToPlan(Sources &sources, FileId file,
                                      const CompileOptions &options,
                                      DiagnosticEngine &diags) {
  std::optional<kernel::Target> target =
      targetOf(options, kernel::Os::Linux, diags);
  if (!target)
    return std::nullopt;
  std::optional<ir::Policy> policy =
      compileToPolicy(sources, file, options, diags);
  if (!policy)
    return std::nullopt;
  return lower(std::move(*policy),
               {*target, options.archs, options.acceptWider, options.broker,
                options.audit},
               diags);
}

/// Reports what the verifier found; true if all is proved.
static bool isProved(const verify::Result &result, DiagnosticEngine &diags) {
  if (!result.isComplete) {
    diags.report({}, diag::NotProved);
    return false;
  }
  if (!result.counterexample)
    return true;
  const verify::Counterexample &found = *result.counterexample;
  diags.report({}, diag::VerifyFailed, verify::spelling(found.kind),
               found.event, found.why);
  return false;
}

/// Holds the bytes of a bundle against the policy that they were made from.
static bool isVerified(const ir::Plan &plan, llvm::StringRef bytes,
                       DiagnosticEngine &diags) {
  std::string why;
  std::optional<sim::Bundle> bundle = sim::Bundle::open(bytes, why);
  if (!bundle)
    return isProved({verify::Counterexample{
                        verify::Counterexample::Kind::Narrower, "any event",
                        "the loader would refuse it: " + why}},
                    diags);
  return isProved(verify::verifyFiles(plan, *bundle), diags) &&
         isProved(verify::verifyPorts(plan, *bundle), diags) &&
         isProved(verify::verifyFilters(plan, *bundle), diags) &&
         isProved(verify::verifyBroker(plan, *bundle), diags);
}

std::optional<std::string> compileToBundle(Sources &sources, FileId file,
                                           const CompileOptions &options,
                                           DiagnosticEngine &diags) {
  std::optional<ir::Plan> plan = compileToPlan(sources, file, options, diags);
  if (!plan)
    return std::nullopt;
  llvm::Expected<std::string> bundle =
      backend::writeBundle(*plan, sources, options.generator);
  if (!bundle)
    return refuse(plan->policy, diags, bundle.takeError());
  if (llvm::Error error = checkFilters(*plan, *bundle))
    return refuse(plan->policy, diags, std::move(error));
  if (options.verifies && !isVerified(*plan, *bundle, diags))
    return std::nullopt;
  return std::move(*bundle);
}

static std::optional<std::string> compileToSyntax(Sources &sources, FileId file,
                                                  DiagnosticEngine &diags) {
  std::optional<syntax::File> syntax = readFile(sources, file, diags);
  if (!syntax)
    return std::nullopt;
  std::string text;
  llvm::raw_string_ostream out(text);
  printSyntax(out, *syntax);
  return text;
}

static std::optional<std::string> compileToIr(Sources &sources, FileId file,
                                              const CompileOptions &options,
                                              DiagnosticEngine &diags) {
  std::optional<ir::Policy> policy =
      compileToPolicy(sources, file, options, diags);
  if (!policy)
    return std::nullopt;
  std::string text;
  llvm::raw_string_ostream out(text);
  ir::print(out, *policy, sources, ir::Locations::Off);
  return text;
}

/// Holds the text of a profile against the policy that it was made from.
static bool isVerified(const ir::Policy &policy, llvm::StringRef profile,
                       DiagnosticEngine &diags) {
  verify::Result result = verify::verifySbpl(policy, profile);
  if (!result.isComplete) {
    diags.report({}, diag::ProfileNotProved);
    return false;
  }
  if (!result.counterexample)
    return true;
  const verify::Counterexample &found = *result.counterexample;
  diags.report({}, diag::ProfileDiffers, verify::spelling(found.kind),
               found.event, found.why);
  return false;
}

static std::optional<std::string> compileToSbpl(Sources &sources, FileId file,
                                                CompileOptions options,
                                                DiagnosticEngine &diags) {
  if (!targetOf(options, kernel::Os::Macos, diags))
    return std::nullopt;
  std::optional<ir::Policy> policy =
      compileToPolicy(sources, file, options, diags);
  std::string text;
  if (!policy || !backend::emitSbpl(*policy, options.proxyPort, diags, text))
    return std::nullopt;
  if (options.proxyPort)
    policy = backend::throughProxy(std::move(*policy), *options.proxyPort);
  if (options.verifies && !isVerified(*policy, text, diags))
    return std::nullopt;
  return text;
}

static std::optional<std::string> listPlan(Stage stage, Sources &sources,
                                           FileId file,
                                           const CompileOptions &options,
                                           DiagnosticEngine &diags) {
  std::optional<ir::Plan> plan = compileToPlan(sources, file, options, diags);
  if (!plan)
    return std::nullopt;
  std::string text;
  llvm::raw_string_ostream out(text);
  if (stage == Stage::Landlock) {
    listLandlock(out, *plan);
  } else if (stage == Stage::Plan) {
    ir::printPlan(out, *plan, sources, ir::Locations::Off);
  } else if (llvm::Error error = listFilters(out, *plan, options.generator)) {
    return refuse(plan->policy, diags, std::move(error));
  }
  return text;
}

/// The table of syscalls that the policy comes to. Planned for a kernel whose
/// Landlock knows everything, since all that Landlock would judge is open in it.
static std::optional<ir::Plan> planSyscalls(const ir::Policy &policy,
                                            DiagnosticEngine &diags) {
  llvm::ArrayRef<kernel::Arch> archs = kernel::runtimeArchs();
  return lower(backend::syscallPart(policy),
               {*kernel::targetNamed("linux-7.2"), {archs.begin(), archs.end()}, {},
                BrokerUse::Never},
               diags);
}

static std::optional<std::string>
compileToEngine(Sources &sources, FileId file, const CompileOptions &options,
                DiagnosticEngine &diags) {
  std::optional<backend::Engine> engine = backend::engineNamed(options.target);
  if (!engine || options.proxyPort) {
    if (engine || kernel::targetNamed(options.target))
      diags.report({}, diag::FormMismatch, options.target,
                   engine ? kProxyIsForMac
                          : "it is for " +
                                llvm::join(backend::engineNames(), ", "));
    else
      reportTarget(options, diags);
    return std::nullopt;
  }
  std::optional<ir::Policy> written =
      compileToPolicy(sources, file, options, diags);
  if (!written)
    return std::nullopt;
  ir::Policy policy =
      backend::withAccepted(*written, *engine, options.acceptWider, diags);
  if (!backend::checkEngine(*engine, policy, diags) || diags.errors() != 0)
    return std::nullopt;
  std::optional<ir::Plan> plan = ir::Plan();
  if (backend::hasSyscalls(*engine))
    plan = planSyscalls(policy, diags);
  if (!plan)
    return std::nullopt;
  std::string text = backend::engineText(*engine, policy, *plan, diags);
  if (diags.errors() != 0)
    return std::nullopt;
  return text;
}

std::optional<std::string> compileTo(Stage stage, Sources &sources, FileId file,
                                     const CompileOptions &options,
                                     DiagnosticEngine &diags) {
  switch (stage) {
  case Stage::Syntax:
    return compileToSyntax(sources, file, diags);
  case Stage::Ir:
    return compileToIr(sources, file, options, diags);
  case Stage::Sbpl:
    return compileToSbpl(sources, file, options, diags);
  case Stage::Plan:
  case Stage::Bpf:
  case Stage::Landlock:
    return listPlan(stage, sources, file, options, diags);
  case Stage::Bundle:
    return compileToBundle(sources, file, options, diags);
  case Stage::Engine:
    return compileToEngine(sources, file, options, diags);
  }
  return std::nullopt;
}

} // namespace srt
