// lib/IR/PlanVerifyGrants.cpp: checks of roots, commands, ports and forbidden
// places. SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlaceText.h"
#include "lib/IR/PlanVerifyParts.h"

#include <map>

namespace srt::ir {

using RootsByPlace = std::map<Place, uint32_t>;

/// The kernel refuses rules without rights, or with rights that are not
/// handled (landlock_add_rule(2), ENOMSG and EINVAL).
static Fault faultInGrant(const Plan &plan, uint64_t rights, uint64_t handled,
                          RuleId rule) {
  if (rights == 0)
    return "it has no right";
  if (rights & ~handled)
    return "it has a right that is not handled";
  if (rule.value >= plan.policy.rules.size())
    return "there is no rule " + ruleName(rule);
  return "";
}

/// A place is in normal form if it reads back from its own text.
static Fault faultInPlace(const Place &place, llvm::ArrayRef<Param> params) {
  TextError error;
  std::optional<Place> back =
      readPlace(placeText(place, params), params, error);
  return back == place ? "" : "its place is not in normal form";
}

/// True if `outer` is around `inner` without being it, by components alone.
static bool isProperPrefix(const Place &outer, const Place &inner) {
  return outer.base == inner.base &&
         outer.components.size() < inner.components.size() &&
         std::equal(outer.components.begin(), outer.components.end(),
                    inner.components.begin());
}

/// An ancestor of root `i` that stands behind it, or nothing.
static std::optional<uint32_t> laterAncestor(const RootsByPlace &roots,
                                             const Place &place, uint32_t i) {
  // The root directory is around every place, with a base or without.
  auto top = roots.find(Place{});
  if (top != roots.end() && top->second > i)
    return top->second;
  Place above = place;
  while (!above.components.empty()) {
    above.components.pop_back();
    auto found = roots.find(above);
    if (found != roots.end() && found->second > i)
      return found->second;
  }
  return std::nullopt;
}

static Fault faultIn(const Plan &plan, const RootsByPlace &byPlace,
                     uint32_t i) {
  const RootGrant &root = plan.roots[i];
  if (Fault fault = faultInGrant(plan, root.rights, plan.handledFs, root.rule);
      !fault.empty())
    return fault;
  if (auto later = laterAncestor(byPlace, root.place, i))
    return "it lies beneath the later root " + std::to_string(*later);
  if (!root.beneath)
    return "";
  if (*root.beneath >= i)
    return "`beneath` is not an earlier root";
  if (!isProperPrefix(plan.roots[*root.beneath].place, root.place))
    return "`beneath` is a root that does not contain it";
  return "";
}

Fault faultInRoots(const Plan &plan) {
  RootsByPlace byPlace;
  for (uint32_t i = 0; i < plan.roots.size(); ++i) {
    const Place &place = plan.roots[i].place;
    std::string where = "root " + std::to_string(i) + ": ";
    if (Fault fault = faultInPlace(place, plan.policy.params); !fault.empty())
      return where + fault;
    if (auto [at, isNew] = byPlace.try_emplace(place, i); !isNew)
      return where + "its place is that of root " + std::to_string(at->second);
  }
  for (uint32_t i = 0; i < plan.roots.size(); ++i)
    if (Fault fault = faultIn(plan, byPlace, i); !fault.empty())
      return "root " + std::to_string(i) + ": " + fault;
  return "";
}

/// What runtime/bundle/bundle.h demands of a srt_command's name.
static bool isBareName(llvm::StringRef name) {
  return !name.empty() && name != "." && name != ".." && !name.contains('/') &&
         !name.contains('\0');
}

static Fault faultInCommand(const Plan &plan, llvm::StringRef name,
                            uint64_t rights, RuleId rule) {
  return isBareName(name) ? faultInGrant(plan, rights, plan.handledFs, rule)
                          : "it is not a bare name";
}

Fault faultInGrants(const Plan &plan) {
  for (const CommandGrant &command : plan.commands)
    if (Fault fault =
            faultInCommand(plan, command.name, command.rights, command.rule);
        !fault.empty())
      return "command " + quoted(command.name) + ": " + fault;
  for (size_t i = 0; i < plan.ports.size(); ++i) {
    const PortGrant &port = plan.ports[i];
    Fault fault = faultInGrant(plan, port.rights, plan.handledNet, port.rule);
    if (i > 0 && port.port <= plan.ports[i - 1].port)
      fault = "ports are not distinct and ascending";
    if (!fault.empty())
      return "port " + std::to_string(port.port) + ": " + fault;
  }
  return "";
}

static Fault faultIn(const Plan &plan, const ForbiddenPlace &forbidden) {
  const auto *name = std::get_if<std::string>(&forbidden.place);
  if (name)
    return faultInCommand(plan, *name, forbidden.rights, forbidden.rule);
  const Place &place = std::get<Place>(forbidden.place);
  if (Fault fault = faultInPlace(place, plan.policy.params); !fault.empty())
    return fault;
  return faultInGrant(plan, forbidden.rights, plan.handledFs, forbidden.rule);
}

Fault faultInForbidden(const Plan &plan) {
  for (const ForbiddenPlace &forbidden : plan.forbidden) {
    const auto *name = std::get_if<std::string>(&forbidden.place);
    const auto *place = std::get_if<Place>(&forbidden.place);
    if (Fault fault = faultIn(plan, forbidden); !fault.empty())
      return "forbidden " +
             (name ? quoted(*name) : placeText(*place, plan.policy.params)) +
             ": " + fault;
  }
  return "";
}

} // namespace srt::ir
