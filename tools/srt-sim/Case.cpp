// tools/srt-sim/Case.cpp: reads, runs the passes, compiles.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-sim/Case.h"

#include "lib/Driver/Compile.h"
#include "lib/Driver/Files.h"
#include "lib/IR/Print.h"
#include "lib/IR/Read.h"
#include "lib/IR/Verify.h"
#include "lib/Parse/SrtReader.h"
#include "lib/Transforms/Pass.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

llvm::StringRef spelling(Evaluator evaluator) {
  switch (evaluator) {
  case Evaluator::Policy:
    return "policy";
  case Evaluator::Ir:
    return "ir";
  case Evaluator::Bundle:
    return "bundle";
  }
  llvm_unreachable("unknown evaluator");
}

namespace {
class CaseMaker {
public:
  CaseMaker(Sources &sources, const CaseInput &input, MissingValues missing,
            const CaseOptions &options, DiagnosticEngine &diags)
      : sources(sources), input(input), missing(missing), options(options),
        diags(diags) {}
  bool run();
  Case made;

private:
  std::optional<ir::Policy> readWritten();
  std::optional<ir::Policy> optimise(ir::Policy policy);
  std::optional<ir::Policy> throughText(const ir::Policy &policy);
  std::optional<BoundPolicy> bind(ir::Policy policy);
  bool addBundle();
  std::optional<std::string> valueOf(const ir::Param &param);

  Sources &sources;
  const CaseInput &input;
  MissingValues missing;
  const CaseOptions &options;
  DiagnosticEngine &diags;
};
} // namespace

std::optional<ir::Policy> CaseMaker::readWritten() {
  CompileOptions compiling;
  if (!options.target.empty())
    compiling.target = options.target;
  return compileToPolicy(sources, input.file, compiling, diags);
}

/// Prints with locations, reads back and verifies.
std::optional<ir::Policy> CaseMaker::throughText(const ir::Policy &policy) {
  std::string text;
  llvm::raw_string_ostream out(text);
  ir::print(out, policy, sources, ir::Locations::On);
  FileId file = sources.add("<ir>", text);
  std::optional<ir::Policy> read = ir::readPolicy(sources, file, diags);
  if (!read || !ir::verifyOrReport(*read, diags))
    return std::nullopt;
  return read;
}

std::optional<ir::Policy> CaseMaker::optimise(ir::Policy policy) {
  if (!options.irFile.empty()) {
    std::optional<FileId> file = readInput(sources, options.irFile, diags);
    auto read = file ? ir::readPolicy(sources, *file, diags) : std::nullopt;
    return read && ir::verifyOrReport(*read, diags) ? std::move(read)
                                                    : std::nullopt;
  }
  // The others may name another rule as the one that decides.
  for (llvm::StringRef pass : llvm::make_filter_range(
           transforms::passNames(), transforms::keepsReasons))
    if (!transforms::runPass(pass, policy, diags) ||
        !ir::verifyOrReport(policy, diags))
      return std::nullopt;
  return throughText(policy);
}

std::optional<std::string> CaseMaker::valueOf(const ir::Param &param) {
  auto found = input.values.find(param.name);
  if (param.source == ir::Param::Source::Literal) {
    if (found == input.values.end())
      return param.value;
    reportTable(input.range,
                "param `" + param.name + "` has a value of its own", diags);
    return std::nullopt;
  }
  if (found != input.values.end())
    return found->second;
  if (missing == MissingValues::AreInvented)
    return "/srt/" + param.name;
  reportTable(input.range,
              "param `" + param.name + "` has no value; write `bind " +
                  param.name + " = /...`",
              diags);
  return std::nullopt;
}

std::optional<BoundPolicy> CaseMaker::bind(ir::Policy policy) {
  BoundPolicy bound{std::move(policy), {}};
  for (const ir::Param &param : bound.policy.params) {
    std::optional<std::string> value = valueOf(param);
    if (!value)
      return std::nullopt;
    bound.bindings.params.push_back(*value);
    made.start.params.insert_or_assign(param.name, *value);
  }
  for (const auto &[name, value] : input.values)
    if (!made.start.params.count(name)) {
      reportTable(input.range, "the policy has no path param `" + name + "`",
                  diags);
      return std::nullopt;
    }
  bound.bindings.searchPath = input.searchPath;
  return bound;
}

bool CaseMaker::addBundle() {
  std::string bytes;
  std::string name = options.bundleFile;
  if (!name.empty()) {
    std::optional<FileId> file = readInput(sources, name, diags);
    if (!file)
      return false;
    bytes = sources.text(*file).str();
  } else {
    CompileOptions compiling;
    if (!options.target.empty())
      compiling.target = options.target;
    auto compiled = compileToBundle(sources, input.file, compiling, diags);
    if (!compiled)
      return false;
    bytes = std::move(*compiled);
    name = "<compiled>";
  }
  std::string why;
  made.bundle = Bundle::open(bytes, why);
  if (!made.bundle)
    diags.report({}, diag::BadBundle, shown(name, 4096), why);
  return made.bundle.has_value();
}

bool CaseMaker::run() {
  std::optional<ir::Policy> written = readWritten();
  if (!written)
    return false;
  made.start.searchPath = input.searchPath;
  if (options.evaluators.count(Evaluator::Ir)) {
    std::optional<ir::Policy> policy = optimise(*written);
    made.optimised = policy ? bind(std::move(*policy)) : std::nullopt;
    if (!made.optimised)
      return false;
  }
  made.policy = bind(std::move(*written));
  if (!made.policy)
    return false;
  return !options.evaluators.count(Evaluator::Bundle) || addBundle();
}

std::optional<Case> makeCase(Sources &sources, const CaseInput &input,
                             MissingValues missing, const CaseOptions &options,
                             DiagnosticEngine &diags) {
  CaseMaker maker(sources, input, missing, options, diags);
  if (!maker.run())
    return std::nullopt;
  return std::move(maker.made);
}

} // namespace srt::sim
