// lib/Sim/LandlockModel.cpp: binds the places of a bundle and judges by them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/LandlockModel.h"

#include "lib/Kernel/Landlock.h"
#include "lib/Sim/Event.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

namespace srt::sim {

using Components = std::vector<std::string>;

/// What the loader does between reading the bundle and restricting itself.
class LandlockStart {
public:
  LandlockStart(const Bundle &bundle, const StartValues &values,
                std::string &why)
      : bundle(bundle), view(bundle.view()), values(values), why(why) {}
  bool run();
  LandlockModel model;

private:
  bool bindParams();
  std::optional<std::string> valueOf(const srt_param &param);
  void grantAll();
  bool checkForbidden();
  Components locate(const srt_place &place) const;
  std::vector<Components> hitsOf(llvm::StringRef name) const;
  bool overlapsGrant(const Components &place, uint64_t rights) const;
  bool refuse(const llvm::Twine &reason);

  const Bundle &bundle;
  const srt_view &view;
  const StartValues &values;
  std::string &why;
  std::vector<std::string> params;
  std::vector<std::string> searchPath; // of the command's own environment
};

bool LandlockStart::refuse(const llvm::Twine &reason) {
  why = reason.str();
  return false;
}

/// runtime/loader/Params.cpp:findValue. The sandbox's directory and the
/// caller's variables are what StartValues says they are.
std::optional<std::string> LandlockStart::valueOf(const srt_param &param) {
  if (param.kind == SRT_PARAM_LITERAL)
    return bundle.text(param.value).str();
  auto found = values.params.find(bundle.text(param.name));
  if (found == values.params.end())
    return std::nullopt;
  return found->second;
}

bool LandlockStart::bindParams() {
  for (uint32_t i = 0; i < view.param_count; ++i) {
    llvm::StringRef name = bundle.text(view.params[i].name);
    std::optional<std::string> value = valueOf(view.params[i]);
    if (!value)
      return refuse("param `" + name + "` has no value");
    auto isDots = [](const std::string &component) {
      return component == "." || component == "..";
    };
    if (!llvm::StringRef(*value).starts_with("/") ||
        llvm::any_of(componentsOf(*value), isDots))
      return refuse("param `" + name + "` is not a plain absolute path");
    params.push_back(*value);
  }
  return true;
}

static bool names(llvm::StringRef pattern, llvm::StringRef name) {
  return pattern.consume_back("*") ? name.starts_with(pattern)
                                   : name == pattern;
}

/// runtime/loader/Environment.cpp: `unset` beats `set` beats `pass`, the first
/// `set` counts, what nothing names is dropped.
std::vector<std::string> searchPathOf(const Bundle &bundle,
                                      const StartValues &values) {
  const srt_view &view = bundle.view();
  std::vector<std::string> searchPath;
  const srt_env *set = nullptr;
  bool isPassed = false;
  for (uint32_t i = 0; i < view.env_count; ++i) {
    const srt_env &env = view.env[i];
    if (!names(bundle.text(env.name), "PATH"))
      continue;
    if (env.kind == SRT_ENV_UNSET)
      return {};
    if (env.kind == SRT_ENV_SET && !set)
      set = &env;
    isPassed |= env.kind == SRT_ENV_PASS;
  }
  if (!set)
    return isPassed ? values.searchPath : searchPath;
  llvm::SmallVector<llvm::StringRef, 8> entries;
  bundle.text(set->value).split(entries, ':');
  for (llvm::StringRef entry : entries)
    if (entry.starts_with("/"))
      searchPath.push_back(entry.str());
  return searchPath;
}

Components LandlockStart::locate(const srt_place &place) const {
  Components location;
  if (place.base != SRT_NONE)
    location = componentsOf(params[place.base]);
  llvm::append_range(location, componentsOf(bundle.text(place.path)));
  return location;
}

std::vector<Components> LandlockStart::hitsOf(llvm::StringRef name) const {
  std::vector<Components> hits;
  for (const std::string &folder : searchPath)
    hits.push_back(componentsOf(folder + "/" + name.str()));
  return hits;
}

void LandlockStart::grantAll() {
  if (!view.ruleset)
    return;
  model.isPresent = true;
  model.handledFs = view.ruleset->handled_fs;
  // LANDLOCK_ACCESS_FS_REFER is denied by every ruleset that handles any file
  // right (security/landlock/ruleset.h:landlock_get_fs_access_mask, v6.12).
  if (model.handledFs != 0)
    model.handledFs |= kernel::kFsRefer;
  model.handledNet = view.ruleset->handled_net;
  model.scoped = view.ruleset->scoped;
  for (uint32_t i = 0; i < view.root_count; ++i)
    model.grants.push_back({locate(view.roots[i].place), view.roots[i].rights,
                            LandlockModel::Reach::Tree});
  for (uint32_t i = 0; i < view.command_count; ++i)
    for (Components &hit : hitsOf(bundle.text(view.commands[i].name)))
      model.grants.push_back({std::move(hit), view.commands[i].rights,
                              LandlockModel::Reach::File});
  for (uint32_t i = 0; i < view.port_count; ++i)
    model.ports[uint16_t(view.ports[i].port)] |= view.ports[i].rights;
}

static bool isPrefix(llvm::ArrayRef<std::string> outer,
                     llvm::ArrayRef<std::string> inner) {
  return outer.size() <= inner.size() &&
         outer == inner.take_front(outer.size());
}

bool LandlockStart::overlapsGrant(const Components &place,
                                  uint64_t rights) const {
  return llvm::any_of(model.grants, [&](const LandlockModel::Grant &grant) {
    return (grant.rights & rights) != 0 && (isPrefix(place, grant.components) ||
                                            isPrefix(grant.components, place));
  });
}

bool LandlockStart::checkForbidden() {
  for (uint32_t i = 0; i < view.forbidden_count; ++i) {
    const srt_forbidden &forbidden = view.forbidden[i];
    std::vector<Components> places;
    if (forbidden.kind == SRT_FORBID_COMMAND)
      places = hitsOf(bundle.text(forbidden.place.path));
    else
      places.push_back(locate(forbidden.place));
    for (const Components &place : places)
      if (overlapsGrant(place, forbidden.rights))
        return refuse("forbidden `" + bundle.text(forbidden.place.path) +
                      "` meets a grant");
  }
  return true;
}

bool LandlockStart::run() {
  if (bundle.lacksMachine(values.arch))
    return refuse("no filter for this machine");
  searchPath = searchPathOf(bundle, values);
  if (!bindParams())
    return false;
  grantAll();
  return checkForbidden();
}

std::optional<LandlockModel> LandlockModel::start(const Bundle &bundle,
                                                  const StartValues &values,
                                                  std::string &why) {
  LandlockStart starting(bundle, values, why);
  if (!starting.run())
    return std::nullopt;
  return std::move(starting.model);
}

/// security/landlock/fs.c:is_access_to_paths_allowed, v6.12: walking up from
/// the object, each rule on the way takes away some of what is still wanted, so
/// that rights may come from different rules.
bool LandlockModel::permits(llvm::ArrayRef<std::string> components,
                            uint64_t rights) const {
  uint64_t wanted = rights & handledFs;
  for (const Grant &grant : grants)
    if (grant.reach == Reach::Tree
            ? isPrefix(grant.components, components)
            : components == llvm::ArrayRef(grant.components))
      wanted &= ~grant.rights;
  return wanted == 0;
}

bool LandlockModel::permitsAt(llvm::StringRef path, uint64_t rights) const {
  return permits(componentsOf(path), rights);
}

bool LandlockModel::permitsAbove(llvm::StringRef path, uint64_t rights) const {
  Components components = componentsOf(path);
  if (!components.empty())
    components.pop_back();
  return permits(components, rights);
}

bool LandlockModel::permitsSomewhere(uint64_t rights) const {
  // Rights only grow on the way down, so the granted places are enough.
  return permits({}, rights) || llvm::any_of(grants, [&](const Grant &grant) {
           return grant.reach == Reach::Tree &&
                  permits(grant.components, rights);
         });
}

bool LandlockModel::permitsPort(uint16_t port, uint64_t right) const {
  auto found = ports.find(port);
  uint64_t granted = found == ports.end() ? 0 : found->second;
  return (right & handledNet & ~granted) == 0;
}

bool LandlockModel::permitsSomePort(uint64_t right) const {
  return (right & handledNet) == 0 ||
         llvm::any_of(ports, [&](const auto &port) {
           return (port.second & right) == right;
         });
}

} // namespace srt::sim
