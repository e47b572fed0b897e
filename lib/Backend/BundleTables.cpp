// lib/Backend/BundleTables.cpp: the records of a bundle, section by section.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/BundleTables.h"

#include "lib/Backend/BundleRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SHA256.h"

namespace srt::backend {

static void fillSources(BundleTables &tables, const Sources &sources) {
  for (uint32_t i = 0; i < sources.count(); ++i) {
    llvm::StringRef text = sources.text({i});
    // Without a text it was only named, by IR that was read back.
    if (text.empty())
      continue;
    srt_source record{tables.strings.addMessage(sources.name({i})), {}};
    llvm::copy(llvm::SHA256::hash(llvm::arrayRefFromStringRef(text)),
               record.digest);
    tables.sources.push_back(record);
  }
}

static uint32_t kindOf(ir::Param::Source source) {
  switch (source) {
  case ir::Param::Source::Cwd:
    return SRT_PARAM_CWD;
  case ir::Param::Source::Env:
    return SRT_PARAM_ENV;
  case ir::Param::Source::Literal:
    return SRT_PARAM_LITERAL;
  }
  llvm_unreachable("unknown source of a param");
}

static void fillParams(BundleTables &tables, const ir::Policy &policy) {
  for (const ir::Param &param : policy.params)
    tables.params.push_back({tables.strings.add(param.name),
                             tables.strings.add(param.value),
                             kindOf(param.source), 0});
}

static srt_place placeOf(BundleTables &tables, const ir::Place &place,
                         ir::RuleId rule) {
  // The joined components are relative: right for a base, not for the root.
  std::string path = llvm::join(place.components, "/");
  if (!place.base)
    path.insert(0, "/");
  return {place.base ? place.base->value : SRT_NONE, rule.value,
          tables.strings.add(path)};
}

static void fillLandlock(BundleTables &tables, const ir::Plan &plan) {
  if ((plan.handledFs | plan.handledNet | plan.scoped) != 0)
    tables.ruleset.push_back({plan.handledFs, plan.handledNet, plan.scoped});
  for (const ir::RootGrant &root : plan.roots)
    tables.roots.push_back({placeOf(tables, root.place, root.rule), root.rights,
                            root.beneath.value_or(SRT_NONE), 0});
  for (const ir::CommandGrant &command : plan.commands)
    tables.commands.push_back({tables.strings.add(command.name), command.rights,
                               command.rule.value, 0});
  for (const ir::PortGrant &port : plan.ports)
    tables.ports.push_back({port.rights, port.port, port.rule.value});
}

static llvm::Error fillPrograms(BundleTables &tables, const ir::Plan &plan,
                                Generator generator) {
  for (kernel::Arch arch : plan.archs) {
    llvm::Expected<std::vector<Instruction>> program =
        emitSeccomp(plan, arch, generator);
    if (!program)
      return program.takeError();
    tables.programs.push_back({kernel::auditArch(arch),
                               uint32_t(program->size()),
                               tables.filters.size() * sizeof(Instruction)});
    llvm::append_range(tables.filters, *program);
  }
  return llvm::Error::success();
}

static uint32_t kindOf(ir::EnvRule::Kind kind) {
  switch (kind) {
  case ir::EnvRule::Kind::Pass:
    return SRT_ENV_PASS;
  case ir::EnvRule::Kind::Set:
    return SRT_ENV_SET;
  case ir::EnvRule::Kind::Unset:
    return SRT_ENV_UNSET;
  }
  llvm_unreachable("unknown kind of env statement");
}

/// The RLIMIT_* number.
static uint32_t resourceOf(ir::Limit::Kind kind) {
  switch (kind) {
#define SRT_LIMIT(id, spelling, unit, resource, ceiling)                       \
  case ir::Limit::Kind::id:                                                    \
    return resource;
#include "lib/IR/Limits.def"
  }
  llvm_unreachable("unknown limit");
}

static void fillProcess(BundleTables &tables, const ir::Policy &policy,
                        BundleRules &rules) {
  for (const ir::EnvRule &env : policy.env)
    tables.env.push_back({tables.strings.add(env.name),
                          tables.strings.add(env.value), kindOf(env.kind),
                          rules.indexOf(env)});
  for (const ir::Limit &limit : policy.limits)
    tables.limits.push_back(
        {resourceOf(limit.kind), rules.indexOf(limit), limit.value});
}

static srt_forbidden recordOf(BundleTables &tables,
                              const ir::ForbiddenPlace &forbidden) {
  if (const auto *place = std::get_if<ir::Place>(&forbidden.place))
    return {placeOf(tables, *place, forbidden.rule), forbidden.rights,
            SRT_FORBID_PLACE, 0};
  srt_string name = tables.strings.add(std::get<std::string>(forbidden.place));
  return {{SRT_NONE, forbidden.rule.value, name},
          forbidden.rights,
          SRT_FORBID_COMMAND,
          0};
}

static void fillAccepted(BundleTables &tables, const ir::Plan &plan) {
  for (const ir::AcceptedWider &accepted : plan.accepted)
    tables.accepted.push_back(
        {tables.strings.addMessage(accepted.what), accepted.rule.value, 0});
}

static uint8_t bitOf(ir::Mechanism mechanism) {
  switch (mechanism) {
  case ir::Mechanism::Landlock:
    return SRT_BY_LANDLOCK;
  case ir::Mechanism::Seccomp:
    return SRT_BY_SECCOMP;
  case ir::Mechanism::Broker:
    return SRT_BY_BROKER;
  case ir::Mechanism::Loader:
    return SRT_BY_LOADER;
  case ir::Mechanism::Nothing:
    return SRT_BY_NOTHING;
  }
  llvm_unreachable("unknown mechanism");
}

static uint8_t numberOf(ir::Exactness exactness) {
  switch (exactness) {
  case ir::Exactness::Exact:
    return SRT_EXACT;
  case ir::Exactness::Narrower:
    return SRT_NARROWER;
  case ir::Exactness::Wider:
    return SRT_WIDER;
  }
  llvm_unreachable("unknown exactness");
}

static uint8_t numberOf(ir::Cost cost) {
  switch (cost) {
  case ir::Cost::None:
    return SRT_COST_NONE;
  case ir::Cost::Call:
    return SRT_COST_CALL;
  case ir::Cost::Open:
    return SRT_COST_OPEN;
  case ir::Cost::Connect:
    return SRT_COST_CONNECT;
  case ir::Cost::Broker:
    return SRT_COST_BROKER;
  }
  llvm_unreachable("unknown cost");
}

static void fillHows(BundleTables &tables, const ir::Plan &plan) {
  for (const ir::Decision &decision : plan.decisions) {
    uint8_t mechanisms = 0;
    for (ir::Mechanism mechanism : decision.mechanisms)
      mechanisms |= bitOf(mechanism);
    tables.hows.push_back({mechanisms, numberOf(decision.exactness),
                           numberOf(decision.cost), 0, decision.since.major,
                           decision.since.minor});
  }
}

llvm::Expected<BundleTables> tablesOf(const ir::Plan &plan,
                                      const Sources &sources,
                                      Generator generator) {
  BundleTables tables;
  BundleRules rules(plan.policy, sources);
  tables.info.push_back({tables.strings.add("srtc " SRT_VERSION_TEXT),
                         tables.strings.addMessage(plan.policy.name),
                         tables.strings.add(plan.target.name)});
  fillSources(tables, sources);
  fillParams(tables, plan.policy);
  fillLandlock(tables, plan);
  if (llvm::Error error = fillPrograms(tables, plan, generator))
    return error;
  fillProcess(tables, plan.policy, rules);
  for (const ir::ForbiddenPlace &forbidden : plan.forbidden)
    tables.forbidden.push_back(recordOf(tables, forbidden));
  tables.rules = rules.records(tables.strings);
  fillAccepted(tables, plan);
  fillHows(tables, plan);
  llvm::Expected<BrokerTables> broker = brokerTablesOf(plan, tables.strings);
  if (!broker)
    return broker.takeError();
  tables.broker = std::move(*broker);
  if (llvm::Error error = tables.strings.takeFailure())
    return error;
  return tables;
}

} // namespace srt::backend
