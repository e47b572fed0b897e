// test/Tools/srt-mutate/PlanFaults.cpp: roots, commands, ports gone wrong.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-mutate/Faults.h"

#include "lib/Kernel/Landlock.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::mutate {

using namespace kernel;

/// Applies `change` to the first root for which `fits` holds.
static std::function<bool(ir::Plan &)>
onRoot(std::function<bool(const ir::RootGrant &)> fits,
       std::function<void(ir::Plan &, size_t)> change) {
  return [=](ir::Plan &plan) {
    auto it = llvm::find_if(plan.roots, fits);
    if (it == plan.roots.end())
      return false;
    change(plan, it - plan.roots.begin());
    return true;
  };
}

static void removeRoot(ir::Plan &plan, size_t at) {
  plan.roots.erase(plan.roots.begin() + at);
  for (ir::RootGrant &root : plan.roots)
    root.beneath.reset();
}

static bool any(const ir::RootGrant &) { return true; }
static bool isDeep(const ir::RootGrant &root) {
  return root.place.components.size() > 1;
}
static bool hasBase(const ir::RootGrant &root) {
  return root.place.base.has_value();
}

/// A right more and a right less, for every right that Landlock has.
static void addRights(std::vector<Fault> &faults) {
  for (unsigned bit = 0; bit < 16; ++bit) {
    uint64_t right = uint64_t(1) << bit;
    std::string name = fsRightsText(right);
    faults.push_back({"widen-" + name,
                      onRoot([=](const auto &root) {
                               return isDeep(root) && !(root.rights & right);
                             },
                             [=](ir::Plan &plan, size_t at) {
                               plan.roots[at].rights |= right;
                             })});
    faults.push_back({"lose-" + name,
                      onRoot([=](const auto &root) {
                               return (root.rights & right) &&
                                      root.rights != right;
                             },
                             [=](ir::Plan &plan, size_t at) {
                               plan.roots[at].rights &= ~right;
                             })});
  }
}

static void addPlaces(std::vector<Fault> &faults) {
  faults.push_back({"drop-first-root", onRoot(any, removeRoot)});
  faults.push_back({"drop-last-root", [](ir::Plan &plan) {
                      if (plan.roots.empty())
                        return false;
                      removeRoot(plan, plan.roots.size() - 1);
                      return true;
                    }});
  faults.push_back({"root-one-up", onRoot(isDeep, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place.components.pop_back();
                    })});
  faults.push_back({"root-one-down", onRoot(any, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place.components.push_back("x");
                    })});
  faults.push_back({"root-misspelt", onRoot(isDeep, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place.components.back() += "x";
                    })});
  faults.push_back({"root-cut-short", onRoot(isDeep, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place.components.back().pop_back();
                    })});
  faults.push_back({"root-other-case", onRoot(isDeep, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place.components.back()[0] ^= 0x20;
                    })});
  faults.push_back({"root-without-base", onRoot(hasBase, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place.base.reset();
                    })});
  faults.push_back({"root-other-base", [](ir::Plan &plan) {
                      auto it = llvm::find_if(plan.roots, hasBase);
                      if (it == plan.roots.end() || plan.policy.params.size() < 2)
                        return false;
                      it->place.base =
                          ir::ParamId{it->place.base->value == 0 ? 1u : 0u};
                      return true;
                    }});
  faults.push_back({"swap-places", [](ir::Plan &plan) {
                      if (plan.roots.size() < 2)
                        return false;
                      std::swap(plan.roots.front().place, plan.roots.back().place);
                      for (ir::RootGrant &root : plan.roots)
                        root.beneath.reset();
                      return true;
                    }});
  faults.push_back({"root-of-all", onRoot(any, [](ir::Plan &plan, size_t at) {
                      plan.roots[at].place = {};
                    })});
}

static void addForbidden(std::vector<Fault> &faults) {
  auto place = [](std::function<bool(ir::ForbiddenPlace &)> change) {
    return [=](ir::Plan &plan) {
      for (ir::ForbiddenPlace &forbidden : plan.forbidden)
        if (change(forbidden))
          return true;
      return false;
    };
  };
  faults.push_back({"drop-forbidden", [](ir::Plan &plan) {
                      if (plan.forbidden.empty())
                        return false;
                      plan.forbidden.clear();
                      return true;
                    }});
  faults.push_back({"forbidden-elsewhere", place([](ir::ForbiddenPlace &one) {
                      auto *at = std::get_if<ir::Place>(&one.place);
                      if (at)
                        at->components.push_back("x");
                      return at != nullptr;
                    })});
  faults.push_back({"forbidden-fewer-rights", place([](ir::ForbiddenPlace &one) {
                      one.rights &= one.rights - 1;
                      return one.rights != 0;
                    })});
}

static void addCommands(std::vector<Fault> &faults) {
  faults.push_back({"drop-command", [](ir::Plan &plan) {
                      if (plan.commands.empty())
                        return false;
                      plan.commands.pop_back();
                      return true;
                    }});
  faults.push_back({"other-command", [](ir::Plan &plan) {
                      if (plan.commands.empty())
                        return false;
                      plan.commands.front().name += "x";
                      return true;
                    }});
  faults.push_back({"command-may-read", [](ir::Plan &plan) {
                      if (plan.commands.empty())
                        return false;
                      plan.commands.front().rights |= kFsWriteFile;
                      return true;
                    }});
}

static void addPorts(std::vector<Fault> &faults) {
  auto port = [](std::function<void(ir::Plan &)> change) {
    return [=](ir::Plan &plan) {
      if (plan.ports.empty())
        return false;
      change(plan);
      return true;
    };
  };
  faults.push_back({"drop-port", port([](ir::Plan &plan) { plan.ports.pop_back(); })});
  faults.push_back({"port-above", port([](ir::Plan &plan) { ++plan.ports.back().port; })});
  faults.push_back({"port-below", port([](ir::Plan &plan) { --plan.ports.front().port; })});
  faults.push_back({"port-swapped-bytes", port([](ir::Plan &plan) {
                      uint16_t &value = plan.ports.back().port;
                      value = uint16_t(value << 8 | value >> 8);
                    })});
  faults.push_back({"port-both-ways", port([](ir::Plan &plan) {
                      plan.ports.front().rights = kNetBindTcp | kNetConnectTcp;
                    })});
  faults.push_back({"port-other-way", port([](ir::Plan &plan) {
                      plan.ports.front().rights ^= kNetBindTcp | kNetConnectTcp;
                    })});
  faults.push_back({"port-more", port([](ir::Plan &plan) {
                      ir::PortGrant more = plan.ports.back();
                      ++more.port;
                      plan.ports.push_back(more);
                    })});
}

std::vector<Fault> planFaults() {
  std::vector<Fault> faults;
  addRights(faults);
  addPlaces(faults);
  addForbidden(faults);
  addCommands(faults);
  addPorts(faults);
  return faults;
}

} // namespace srt::mutate
