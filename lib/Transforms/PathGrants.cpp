// lib/Transforms/PathGrants.cpp: allowed trees, and what lies above a place.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/PathGrants.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

void PathGrants::add(ir::ActionId leaf, ir::Place place, ir::RuleId rule) {
  leavesAt[place] |= uint64_t(1) << unsigned(leaf);
  grants.push_back({leaf, std::move(place), rule});
}

void forEachAncestor(const ir::Place &place,
                     llvm::function_ref<void(const ir::Place &)> visit) {
  ir::Place at;
  if (place.base) {
    visit(at); // a param's value lies in the root directory's tree
    at.base = place.base;
  }
  visit(at);
  for (const std::string &component : place.components) {
    at.components.push_back(component);
    visit(at);
  }
}

bool PathGrants::isGranted(ir::ActionId leaf, const ir::Place &place) const {
  bool isFound = false;
  forEachAncestor(place, [&](const ir::Place &ancestor) {
    auto found = leavesAt.find(ancestor);
    isFound |= found != leavesAt.end() &&
               (found->second >> unsigned(leaf) & 1) != 0;
  });
  return isFound;
}

bool PathGrants::isAnywhere(ir::ActionId leaf) const {
  return llvm::any_of(grants,
                      [&](const Granted &g) { return g.leaf == leaf; });
}

uint64_t fileRightsOf(ir::ActionId leaf) {
  if (leaf == ir::ActionId::Connect || leaf == ir::ActionId::Send)
    return kernel::kFsResolveUnix;
  if (leaf == ir::ActionId::Bind)
    return kernel::kFsMakeSock;
  return kernel::readFsRights(ir::rightNames(leaf)).value_or(0);
}

} // namespace srt
