// lib/Transforms/PathGrants.h: what the rules on paths leave allowed, by place.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_TRANSFORMS_PATHGRANTS_H
#define SRT_LIB_TRANSFORMS_PATHGRANTS_H

#include "lib/Transforms/Lowering.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>

namespace srt {

/// A tree that one leaf action is allowed on.
struct Granted {
  ir::ActionId leaf;
  ir::Place place;
  ir::RuleId rule;
};

class PathGrants {
public:
  void add(ir::ActionId leaf, ir::Place place, ir::RuleId rule);
  /// In the order of the leaves, then of the rules.
  llvm::ArrayRef<Granted> all() const { return grants; }
  /// True if the leaf is allowed on the whole tree, whatever the params are.
  bool isGranted(ir::ActionId leaf, const ir::Place &place) const;
  bool isAnywhere(ir::ActionId leaf) const;

private:
  std::vector<Granted> grants;
  // The same by place: a bit for each leaf, so that asking what covers a place
  // takes as long as the place is deep, not as long as the policy.
  std::map<ir::Place, uint64_t> leavesAt;
};

/// Calls `visit` with the place and every place that surely contains it, from
/// the root directory down.
void forEachAncestor(const ir::Place &place,
                     llvm::function_ref<void(const ir::Place &)> visit);

/// The Landlock rights of files that the action needs where it is allowed. Of
/// connect, send and bind: those on the path of a unix socket.
uint64_t fileRightsOf(ir::ActionId leaf);

/// Reports what the kernel permits together with what is allowed (E3015).
void checkSeparable(Lowering &lowering, const PathGrants &grants);

/// The same for unix sockets, and what of them older ABIs lack.
void lowerUnix(Lowering &lowering, const PathGrants &grants);

} // namespace srt

#endif
