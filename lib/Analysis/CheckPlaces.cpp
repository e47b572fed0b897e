// lib/Analysis/CheckPlaces.cpp: well-known places that a policy lets in.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/Decide.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>

namespace srt {

namespace {
enum class PlaceKind : uint8_t { Secret, Startup, Socket };

struct KnownPlace {
  PlaceKind kind;
  llvm::StringLiteral path, why;
};

constexpr KnownPlace kPlaces[] = {
#define SRT_PLACE(kind, path, why) {PlaceKind::kind, path, why},
#include "lib/Analysis/KnownPlaces.def"
};

constexpr llvm::StringLiteral kHome = "/home/user";
constexpr llvm::StringLiteral kProject = "/home/user/project";

/// Examples that one message names.
constexpr size_t kShown = 3;

class PlaceChecker {
public:
  PlaceChecker(const ir::Policy &policy, CheckDepth depth,
               DiagnosticEngine &diags)
      : written(policy), typical(withTypicalParams(policy)), depth(depth),
        diags(diags) {}
  void run();

private:
  using ByRule = std::map<ir::RuleId, std::vector<const KnownPlace *>>;
  std::optional<ir::RuleId> allowing(ir::ActionId leaf,
                                     const std::string &word) const;
  ByRule reached(PlaceKind kind, ir::ActionId leaf) const;
  void reportWide();
  template <typename KindOf>
  void report(KindOf kind, PlaceKind place, ir::ActionId leaf);

  const ir::Policy &written;
  ir::Policy typical;
  CheckDepth depth;
  DiagnosticEngine &diags;
};
} // namespace

ir::Policy withTypicalParams(const ir::Policy &policy) {
  ir::Policy typical = policy;
  for (ir::Param &param : typical.params) {
    if (param.source == ir::Param::Source::Cwd)
      param.value = kProject.str();
    else if (param.source == ir::Param::Source::Env && param.value == "HOME")
      param.value = kHome.str();
    else if (param.source == ir::Param::Source::Env)
      param.value = (kHome + "/-" + param.name).str();
    param.source = ir::Param::Source::Literal;
  }
  return typical;
}

/// Where the place is in a typical home and project.
static std::string placed(llvm::StringRef path) {
  if (path.consume_front("~"))
    return (kHome + path).str();
  if (path.consume_front("."))
    return (kProject + path).str();
  return path.str();
}

/// The rule that allows an event, if it is allowed.
std::optional<ir::RuleId> PlaceChecker::allowing(ir::ActionId leaf,
                                                 const std::string &word) const {
  Witness witness;
  witness.words = {word};
  for (const ir::Param &param : typical.params)
    witness.newValues.push_back(param.value);
  std::optional<ir::RuleId> rule = decidingRule(
      typical, matchingRules(typical, leaf, witness.newValues, witness));
  if (!rule || typical.rule(*rule).effect != ir::Effect::Allow)
    return std::nullopt;
  return rule;
}

PlaceChecker::ByRule PlaceChecker::reached(PlaceKind kind,
                                           ir::ActionId leaf) const {
  ByRule found;
  for (const KnownPlace &place : kPlaces) {
    if (place.kind != kind)
      continue;
    std::string word = placed(place.path);
    if (kind == PlaceKind::Socket)
      word = "unix:" + word;
    if (std::optional<ir::RuleId> rule = allowing(leaf, word))
      found[*rule].push_back(&place);
  }
  return found;
}

/// One message for each rule that lets such places in.
template <typename KindOf>
void PlaceChecker::report(KindOf kind, PlaceKind place, ir::ActionId leaf) {
  for (const auto &[rule, places] : reached(place, leaf)) {
    Diagnostic &found = diags.report(written.rule(rule).range, kind,
                                     describe(written, rule),
                                     unsigned(places.size()));
    for (const KnownPlace *each : llvm::ArrayRef(places).take_front(kShown))
      found.hint("`" + each->path.str() + "`: " + each->why.str());
  }
}

void PlaceChecker::reportWide() {
  for (auto [path, what] : {std::pair<llvm::StringRef, llvm::StringRef>(
                                "/", "the whole file system"),
                            {kHome, "the whole home directory"}}) {
    std::optional<ir::RuleId> rule =
        allowing(ir::ActionId::WriteCreate, path.str());
    if (!rule)
      continue;
    diags.report(written.rule(*rule).range, diag::WideWrite,
                 describe(written, *rule), what);
    return;
  }
}

void PlaceChecker::run() {
  reportWide();
  report(diag::SecretReadable, PlaceKind::Secret, ir::ActionId::ReadData);
  report(diag::SocketReachable, PlaceKind::Socket, ir::ActionId::Connect);
  if (depth == CheckDepth::Remarks)
    report(diag::StartupWritable, PlaceKind::Startup, ir::ActionId::WriteData);
}

void checkPlaces(const ir::Policy &policy, CheckDepth depth,
                 DiagnosticEngine &diags) {
  PlaceChecker(policy, depth, diags).run();
}

} // namespace srt
