// runtime/bundle/records.cpp: the fields of every record, section by section.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every string, index and number in the view is one that bundle.h
// permits. Each check reads one record; the loop below is the only one.
#include "parts.h"

namespace srt::bundle {

static srt_reason checkRuleIndex(const srt_view &view, uint32_t rule) {
  SRT_DEMAND(rule < view.rule_count, SRT_BAD_RULE);
  return SRT_OK;
}

/// Checks rights against those the ruleset handles. A right that Landlock does
/// not handle is open everywhere, so granting or forbidding it means nothing.
static srt_reason checkRights(uint64_t rights, uint64_t handled) {
  SRT_DEMAND(rights != 0, SRT_BAD_RIGHTS_NONE);
  SRT_DEMAND((rights & ~handled) == 0, SRT_BAD_RIGHTS);
  return SRT_OK;
}

static uint64_t handledFs(const srt_view &view) {
  return view.ruleset ? view.ruleset->handled_fs : 0;
}

static srt_reason checkPlace(const srt_view &view, const srt_place &place) {
  SRT_DEMAND(place.base == SRT_NONE || place.base < view.param_count,
             SRT_BAD_BASE);
  SRT_CHECK(checkRuleIndex(view, place.rule));
  return checkPath(view, place.path, place.base);
}

static srt_reason check(const srt_view &view, const srt_info &info) {
  SRT_CHECK(checkString(view, info.compiler));
  SRT_CHECK(checkString(view, info.policy));
  return checkString(view, info.target);
}

static srt_reason check(const srt_view &view, const srt_source &source) {
  return checkString(view, source.path);
}

static srt_reason check(const srt_view &view, const srt_param &param) {
  SRT_CHECK(checkString(view, param.name));
  SRT_CHECK(checkString(view, param.value));
  SRT_DEMAND(param.name.size != 0, SRT_BAD_PARAM_NAME);
  SRT_DEMAND(param.reserved == 0, SRT_BAD_RESERVED);
  switch (param.kind) {
  case SRT_PARAM_CWD:
    SRT_DEMAND(param.value.size == 0, SRT_BAD_PARAM_VALUE);
    return SRT_OK;
  case SRT_PARAM_ENV:
    return checkVariableName(view, param.value, Pattern::Never);
  case SRT_PARAM_LITERAL:
    return checkPath(view, param.value, SRT_NONE);
  }
  return SRT_BAD_PARAM_KIND;
}

static srt_reason check(const srt_view &view, const srt_ruleset &ruleset) {
  SRT_DEMAND((ruleset.handled_fs | ruleset.handled_net | ruleset.scoped) != 0,
             SRT_BAD_RULESET);
  SRT_DEMAND(view.header->landlock_abi != 0, SRT_BAD_ABI);
  return SRT_OK;
}

/// Requires: every root before `root` has been checked.
static srt_reason check(const srt_view &view, const srt_root &root) {
  SRT_CHECK(checkPlace(view, root.place));
  SRT_CHECK(checkRights(root.rights, handledFs(view)));
  SRT_DEMAND(root.reserved == 0, SRT_BAD_RESERVED);
  if (root.beneath == SRT_NONE)
    return SRT_OK;
  SRT_DEMAND(root.beneath < uint64_t(&root - view.roots), SRT_BAD_BENEATH);
  const srt_place &outer = view.roots[root.beneath].place;
  SRT_DEMAND(outer.base == root.place.base &&
                 containsPath(view, outer.path, root.place.path),
             SRT_BAD_BENEATH_PLACE);
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_command &command) {
  SRT_CHECK(checkCommandName(view, command.name));
  SRT_CHECK(checkRights(command.rights, handledFs(view)));
  SRT_DEMAND(command.reserved == 0, SRT_BAD_RESERVED);
  return checkRuleIndex(view, command.rule);
}

static srt_reason check(const srt_view &view, const srt_port &port) {
  SRT_CHECK(
      checkRights(port.rights, view.ruleset ? view.ruleset->handled_net : 0));
  SRT_DEMAND(port.port <= 65535, SRT_BAD_PORT);
  return checkRuleIndex(view, port.rule);
}

static srt_reason check(const srt_view &view, const srt_program &program) {
  SRT_DEMAND(program.count >= 1 && program.count <= SRT_MAX_INSNS,
             SRT_BAD_PROGRAM_COUNT);
  SRT_DEMAND(program.offset % 8 == 0, SRT_BAD_PROGRAM_OFFSET);
  SRT_DEMAND(program.offset <= view.filters_size &&
                 program.count <= (view.filters_size - program.offset) / 8,
             SRT_BAD_PROGRAM_BOUNDS);
  for (const srt_program *earlier = view.programs; earlier < &program;
       ++earlier)
    SRT_DEMAND(earlier->arch != program.arch, SRT_BAD_PROGRAM_ARCH);
  return SRT_OK;
}

static srt_reason check(const srt_view &view, const srt_env &env) {
  bool isSet = env.kind == SRT_ENV_SET;
  SRT_DEMAND(isSet || env.kind == SRT_ENV_PASS || env.kind == SRT_ENV_UNSET,
             SRT_BAD_ENV_KIND);
  SRT_CHECK(checkVariableName(view, env.name,
                              isSet ? Pattern::Never : Pattern::AtEnd));
  SRT_CHECK(checkString(view, env.value));
  SRT_DEMAND(isSet || env.value.size == 0, SRT_BAD_ENV_VALUE);
  return checkRuleIndex(view, env.rule);
}

static srt_reason check(const srt_view &view, const srt_limit &limit) {
  constexpr uint32_t kLimits = 16; // RLIM_NLIMITS, asm-generic/resource.h
  SRT_DEMAND(limit.resource < kLimits, SRT_BAD_LIMIT);
  return checkRuleIndex(view, limit.rule);
}

static srt_reason check(const srt_view &view, const srt_forbidden &forbidden) {
  SRT_CHECK(checkRights(forbidden.rights, handledFs(view)));
  SRT_DEMAND(forbidden.reserved == 0, SRT_BAD_RESERVED);
  switch (forbidden.kind) {
  case SRT_FORBID_PLACE:
    return checkPlace(view, forbidden.place);
  case SRT_FORBID_COMMAND:
    SRT_DEMAND(forbidden.place.base == SRT_NONE, SRT_BAD_BASE);
    SRT_CHECK(checkRuleIndex(view, forbidden.place.rule));
    return checkCommandName(view, forbidden.place.path);
  }
  return SRT_BAD_FORBIDDEN_KIND;
}

static srt_reason check(const srt_view &view, const srt_rule &rule) {
  SRT_CHECK(checkString(view, rule.file));
  return checkString(view, rule.text);
}

static srt_reason check(const srt_view &view, const srt_accepted &accepted) {
  SRT_CHECK(checkString(view, accepted.what));
  SRT_DEMAND(accepted.reserved == 0, SRT_BAD_RESERVED);
  return checkRuleIndex(view, accepted.rule);
}

static srt_reason check(const srt_view &, const srt_how &how) {
  SRT_DEMAND((how.mechanisms & ~SRT_BY_KNOWN) == 0 &&
                 how.exactness >= SRT_EXACT && how.exactness <= SRT_WIDER &&
                 how.cost <= SRT_COST_BROKER,
             SRT_BAD_HOW);
  SRT_DEMAND(how.reserved == 0, SRT_BAD_RESERVED);
  return SRT_OK;
}

/// Logging is asked for only where there is something that logs.
static srt_reason checkFlags(const srt_view &view) {
  constexpr uint32_t kLeastLogging = 7; // LANDLOCK_RESTRICT_SELF_LOG_*, v6.15
  bool logs = (view.header->flags & SRT_FLAG_LOG_DENIALS) != 0;
  SRT_DEMAND(!logs || (view.ruleset && view.header->landlock_abi >= kLeastLogging),
             SRT_BAD_LOG);
  return SRT_OK;
}

template <typename Record>
static srt_reason checkEach(const srt_view &view, const Record *table,
                            uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    SRT_CHECK(check(view, table[i]));
  return SRT_OK;
}

srt_reason checkRecords(const srt_view &view) {
  SRT_DEMAND(view.strings_size == 0 || view.strings[view.strings_size - 1] == 0,
             SRT_BAD_STRINGS_END);
  SRT_CHECK(checkEach(view, view.info, view.info ? 1 : 0));
  SRT_CHECK(checkEach(view, view.sources, view.source_count));
  SRT_CHECK(checkEach(view, view.params, view.param_count));
  SRT_CHECK(checkEach(view, view.ruleset, view.ruleset ? 1 : 0));
  SRT_CHECK(checkEach(view, view.roots, view.root_count));
  SRT_CHECK(checkEach(view, view.commands, view.command_count));
  SRT_CHECK(checkEach(view, view.ports, view.port_count));
  SRT_CHECK(checkEach(view, view.programs, view.program_count));
  SRT_CHECK(checkEach(view, view.env, view.env_count));
  SRT_CHECK(checkEach(view, view.limits, view.limit_count));
  SRT_CHECK(checkEach(view, view.forbidden, view.forbidden_count));
  SRT_CHECK(checkEach(view, view.rules, view.rule_count));
  SRT_CHECK(checkEach(view, view.accepted, view.accepted_count));
  SRT_DEMAND(view.how_count <= view.rule_count, SRT_BAD_HOW);
  SRT_CHECK(checkEach(view, view.hows, view.how_count));
  SRT_CHECK(checkFlags(view));
  SRT_CHECK(checkMediation(view));
  return checkNetwork(view);
}

} // namespace srt::bundle
