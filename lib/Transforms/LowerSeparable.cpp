// lib/Transforms/LowerSeparable.cpp: rights that bring others with them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/PathGrants.h"

#include "lib/Analysis/Places.h"

namespace srt {

namespace {
class SeparableCheck {
public:
  SeparableCheck(Lowering &lowering, const PathGrants &grants)
      : lowering(lowering), grants(grants) {}
  void run();

private:
  void checkPair(const Granted &maker, const Granted &remover);
  void checkLinks(const Granted &maker);
  void checkMoves(const Granted &granted);

  Lowering &lowering;
  const PathGrants &grants;
};
} // namespace

static bool mayOverlap(const ir::Place &a, const ir::Place &b) {
  return relate(a, b) != Relation::Disjoint;
}

/// Within one directory the kernel asks for no right but those to remove and
/// to make: whoever has both can rename (security/landlock/fs.c,
/// current_check_refer_path, v6.12).
void SeparableCheck::checkPair(const Granted &maker, const Granted &remover) {
  if (!mayOverlap(maker.place, remover.place) ||
      grants.isGranted(ir::ActionId::WriteRename, maker.place) ||
      grants.isGranted(ir::ActionId::WriteRename, remover.place) ||
      !lowering.isNews(maker.rule.value, remover.rule.value, 3015))
    return;
  if (lowering.allowWider(maker.rule, "renames within a directory stay open"))
    return;
  reportNotSeparable(lowering, maker.rule, "write.create and write.delete",
                     "write.rename");
}

void SeparableCheck::checkLinks(const Granted &maker) {
  if (grants.isGranted(ir::ActionId::WriteLink, maker.place) ||
      !lowering.isNews(maker.rule.value, UINT32_MAX, 3015))
    return;
  if (lowering.allowWider(maker.rule, "hard links in a directory stay open"))
    return;
  reportNotSeparable(lowering, maker.rule, "write.create", "write.link");
}

/// One right, REFER, lets both a rename and a link leave a directory or enter
/// it: where only one of the two is allowed, the other's syscall must be closed.
void SeparableCheck::checkMoves(const Granted &granted) {
  bool isRename = granted.leaf == ir::ActionId::WriteRename;
  if (!isRename && granted.leaf != ir::ActionId::WriteLink)
    return;
  ir::ActionId other =
      isRename ? ir::ActionId::WriteLink : ir::ActionId::WriteRename;
  bool isOpen = isRename ? lowering.open.link : lowering.open.rename;
  if (!isOpen || grants.isGranted(other, granted.place) ||
      !lowering.isNews(granted.rule.value, uint32_t(other), 3016))
    return;
  if (lowering.allowWider(granted.rule,
                          ir::spelling(other).str() + " stays open there"))
    return;
  reportNotSeparable(lowering, granted.rule, ir::spelling(granted.leaf),
                     ir::spelling(other));
}

void SeparableCheck::run() {
  for (const Granted &granted : grants.all())
    checkMoves(granted);
  auto isMaker = [](const Granted &g) {
    return g.leaf == ir::ActionId::WriteCreate ||
           g.leaf == ir::ActionId::WriteSpecial;
  };
  for (const Granted &maker : grants.all()) {
    if (!isMaker(maker))
      continue;
    // Where nothing may be linked (renamed), the filter closes the syscalls.
    if (lowering.open.link)
      checkLinks(maker);
    if (!lowering.open.rename ||
        grants.isGranted(ir::ActionId::WriteRename, maker.place))
      continue;
    for (const Granted &remover : grants.all())
      if (remover.leaf == ir::ActionId::WriteDelete)
        checkPair(maker, remover);
  }
}

void checkSeparable(Lowering &lowering, const PathGrants &grants) {
  SeparableCheck(lowering, grants).run();
}

} // namespace srt
