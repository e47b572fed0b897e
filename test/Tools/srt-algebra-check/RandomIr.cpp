// test/Tools/srt-algebra-check/RandomIr.cpp: policies made of few names.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/Check.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::check {

using sim::Dice;

static ir::Segment segmentOf(llvm::StringRef glob) {
  if (glob == "**")
    return {ir::Segment::Kind::AnyDepth, {}};
  ir::TextError error;
  ir::TextScan scan(glob, error);
  std::optional<ir::Glob> read = ir::readGlob(scan, ir::GlobPlace::Segment);
  if (!read)
    llvm::report_fatal_error("a glob of ours does not read");
  return {ir::Segment::Kind::Name, *read};
}

/// No `**` beside another, and none at the end.
static void normalise(std::vector<ir::Segment> &segments) {
  auto isDeep = [](const ir::Segment &segment) {
    return segment.kind == ir::Segment::Kind::AnyDepth;
  };
  segments.erase(std::unique(segments.begin(), segments.end(),
                             [&](const ir::Segment &a, const ir::Segment &b) {
                               return isDeep(a) && isDeep(b);
                             }),
                 segments.end());
  if (!segments.empty() && isDeep(segments.back()))
    segments.pop_back();
}

ir::PathPattern randomPattern(Dice &dice) {
  static const llvm::StringRef kGlobs[] = {"a", "b",  "a",  "ab", "b",  "a", "*",
                                           "?", "a*", "*b", "[ab]", "**", "*a*"};
  ir::PathPattern pattern;
  if (dice.oneIn(3))
    pattern.base = ir::ParamId{uint32_t(dice.below(2))};
  for (uint64_t left = dice.below(4); left > 0; --left)
    pattern.segments.push_back(
        segmentOf(kGlobs[dice.below(std::size(kGlobs))]));
  normalise(pattern.segments);
  return pattern;
}

std::string randomPath(Dice &dice, unsigned most) {
  static const llvm::StringRef kNames[] = {"a", "b", "ab", "ba", "c"};
  std::string path;
  for (uint64_t left = dice.below(most + 1); left > 0; --left)
    path += "/" + kNames[dice.below(std::size(kNames))].str();
  return path.empty() ? "/" : path;
}

static void addPatterns(Dice &dice, std::vector<ir::Pattern> &to,
                        uint64_t count) {
  for (; count > 0; --count)
    to.push_back({randomPattern(dice), {}});
}

static ir::Rule randomRule(Dice &dice) {
  using ir::ActionId;
  static const ActionId kActions[] = {
      ActionId::Read,      ActionId::ReadData,    ActionId::ReadList,
      ActionId::Write,     ActionId::WriteCreate, ActionId::WriteDelete,
      ActionId::WriteData, ActionId::Ioctl};
  ir::Rule rule;
  rule.effect = dice.oneIn(3)   ? ir::Effect::Deny
                : dice.oneIn(4) ? ir::Effect::Ask
                                : ir::Effect::Allow;
  rule.actions.push_back(kActions[dice.below(std::size(kActions))]);
  addPatterns(dice, rule.patterns, 1 + dice.below(2));
  if (dice.oneIn(3))
    addPatterns(dice, rule.excepts, 1 + dice.below(2));
  return rule;
}

ir::Policy randomIr(Dice &dice) {
  ir::Policy policy;
  policy.name = "random";
  policy.params = {{"p", ir::Param::Source::Cwd, "", {}},
                   {"q", ir::Param::Source::Env, "Q", {}}};
  for (uint64_t left = 1 + dice.below(6); left > 0; --left)
    policy.rules.push_back(randomRule(dice));
  return policy;
}

} // namespace srt::check
