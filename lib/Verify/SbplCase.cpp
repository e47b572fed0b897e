// lib/Verify/SbplCase.cpp: a policy and its Seatbelt profile, once params are set.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/SbplCase.h"

#include "lib/Sim/Event.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::verify {

/// The value of a param below `above`. A literal one has the value it has.
static std::string valueIn(const ir::Param &param, uint32_t index,
                           llvm::StringRef above) {
  if (param.source == ir::Param::Source::Literal)
    return sim::resolvedOnMac(param.value);
  return above.str() + "/p" + std::to_string(index);
}

static SbplBinding bind(const ir::Policy &policy,
                        std::vector<std::string> values) {
  SbplBinding binding{std::move(values), ""};
  for (uint32_t i = 0; i < policy.params.size(); ++i)
    binding.text += (i == 0 ? ", with ${" : " and ${") + policy.params[i].name +
                    "} = " + binding.values[i];
  return binding;
}

std::vector<SbplBinding> bindingsOf(const ir::Policy &policy) {
  uint32_t count = uint32_t(policy.params.size());
  std::vector<std::string> apart(count), inner(count), outer(count);
  std::string deepest = "/Users/me", other = "/Users/me";
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t last = count - 1 - i;
    apart[i] = valueIn(policy.params[i], i, "/Users/me");
    deepest = inner[i] = valueIn(policy.params[i], i, deepest);
    other = outer[last] = valueIn(policy.params[last], last, other);
  }
  std::vector<SbplBinding> bindings = {bind(policy, apart)};
  if (count > 1) {
    bindings.push_back(bind(policy, inner));
    bindings.push_back(bind(policy, outer));
  }
  return bindings;
}

sim::SbplParams sbplParams(const ir::Policy &policy,
                           const SbplBinding &binding) {
  sim::SbplParams params;
  for (uint32_t i = 0; i < policy.params.size(); ++i) {
    llvm::StringRef name = policy.params[i].name;
    bool isPlain = !name.empty() && name.size() <= 64 &&
                   llvm::all_of(name, [](char c) {
                     return llvm::isAlnum(c) || c == '_';
                   });
    params[isPlain ? "P_" + name.str() : "PX" + std::to_string(i)] =
        binding.values[i];
  }
  return params;
}

static ir::Segment named(llvm::StringRef name) {
  return {ir::Segment::Kind::Name, ir::Glob::ofLiteral(name)};
}

static ir::PathPattern pathAt(llvm::StringRef path) {
  ir::PathPattern pattern;
  for (const std::string &component : sim::componentsOf(path))
    pattern.segments.push_back(named(component));
  return pattern;
}

static bool isLiteral(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::Name && segment.name.isLiteral();
}

namespace {
class Places {
public:
  Places(const ir::Policy &policy, const SbplBinding &binding,
         Meanings &meanings)
      : policy(policy), binding(binding), meanings(meanings) {}
  std::vector<SbplPlace> run();

private:
  ir::PathPattern bound(ir::PathPattern path) const;
  Meaning meaningOf(const Clause &clause);
  void addPath(const Clause &clause, const ir::PathPattern &path);
  void addProgram(const Clause &clause);
  void addAncestors(const ir::PathPattern &path);
  void addBelowExcepts(const ir::Rule &rule);
  void addFloor();

  const ir::Policy &policy;
  const SbplBinding &binding;
  Meanings &meanings;
  std::map<uint32_t, uint32_t> pairs; // by rule
  std::vector<SbplPlace> places;
};
} // namespace

/// The path with its param's value in front, and links resolved.
ir::PathPattern Places::bound(ir::PathPattern path) const {
  if (path.base) {
    ir::PathPattern whole = pathAt(binding.values[path.base->value]);
    llvm::append_range(whole.segments, path.segments);
    return whole;
  }
  if (path.segments.empty() || !isLiteral(path.segments.front()))
    return path;
  std::string first = "/" + path.segments.front().name.literal();
  if (sim::resolvedOnMac(first) != first)
    path.segments.insert(path.segments.begin(), named("private"));
  return path;
}

Meaning Places::meaningOf(const Clause &clause) {
  uint32_t views = 1u << Says;
  if (clause.effect == ir::Effect::Deny)
    views |= 1u << Withheld;
  Meaning meaning{views, clause.effect, clause.actions, clause.part, 0};
  if (clause.part == Meaning::Part::Whole)
    return meaning;
  auto [it, isNew] = pairs.try_emplace(clause.rule.value, 0);
  if (isNew)
    it->second = meanings.freshPair();
  meaning.pair = it->second;
  return meaning;
}

void Places::addPath(const Clause &clause, const ir::PathPattern &path) {
  ir::PathPattern real = bound(path);
  Meaning meaning = meaningOf(clause);
  places.push_back({real, SbplPlace::Reach::Tree, meaning});
  bool isAllow = clause.effect == ir::Effect::Allow;
  bool isExcept = clause.part == Meaning::Part::Except;
  if (isAllow && isExcept)
    places.push_back({real, SbplPlace::Reach::Tree,
                      {1u << Withheld, ir::Effect::Deny, clause.actions,
                       Meaning::Part::Whole, 0}});
  if (isAllow && !isExcept)
    addAncestors(real);
  // The link has a path of its own, which the policy names.
  if (!path.base && path.segments.size() == 1 && real.segments.size() == 2)
    places.push_back({path, SbplPlace::Reach::Alone, meaning});
}

/// The folders that stand for PATH on macOS (docs/Seatbelt.md).
static constexpr llvm::StringLiteral kFolders[] = {
    "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin",
    "/opt/homebrew/bin"};

void Places::addProgram(const Clause &clause) {
  const auto &command = std::get<ir::CommandPattern>(clause.pattern->value);
  bool takesAny = !command.words || (command.words->empty() && command.anyRest);
  bool allows = (clause.effect == ir::Effect::Allow) !=
                (clause.part == Meaning::Part::Except);
  // Seatbelt sees no arguments: such an allow counts as none at all.
  if (!takesAny && allows)
    return;
  if (auto *path = std::get_if<ir::PathPattern>(&command.program))
    return addPath(clause, *path);
  Meaning meaning = meaningOf(clause);
  for (llvm::StringRef folder : kFolders) {
    std::string file =
        (folder + "/" + std::get<std::string>(command.program)).str();
    places.push_back({pathAt(file), SbplPlace::Reach::Alone, meaning});
  }
}

/// Every profile lets the directories above what is allowed be looked at.
void Places::addAncestors(const ir::PathPattern &path) {
  ir::PathPattern above;
  for (const ir::Segment &segment : path.segments) {
    places.push_back({above, SbplPlace::Reach::Alone,
                      {1u << Floor, ir::Effect::Allow,
                       bitOf(ir::ActionId::ReadMetadata), Meaning::Part::Whole,
                       0}});
    if (!isLiteral(segment))
      return;
    above.segments.push_back(segment);
  }
}

/// Where a deny and its excepts are names at any depth, what it names stays
/// withheld beneath what it excepts: directories may be moved there.
void Places::addBelowExcepts(const ir::Rule &rule) {
  std::vector<ir::PathPattern> beneath;
  std::optional<ir::ParamId> base;
  for (const auto *list : {&rule.patterns, &rule.excepts})
    for (const ir::Pattern &pattern : *list) {
      const ir::PathPattern *path = pathOf(pattern);
      if (!path || path->segments.size() != 2 ||
          path->segments[0].kind != ir::Segment::Kind::AnyDepth ||
          path->segments[1].kind != ir::Segment::Kind::Name)
        return;
      if (&pattern == &rule.patterns.front())
        base = path->base;
      if (path->base != base)
        return;
    }
  for (const ir::Pattern &except : rule.excepts)
    for (const ir::Pattern &pattern : rule.patterns) {
      ir::PathPattern path = bound(*pathOf(except));
      llvm::append_range(path.segments, pathOf(pattern)->segments);
      places.push_back({path, SbplPlace::Reach::Tree,
                        {1u << Shut, ir::Effect::Deny, actionBits(rule),
                         Meaning::Part::Whole, 0}});
    }
}

void Places::addFloor() {
  uint64_t metadata = bitOf(ir::ActionId::ReadMetadata);
  uint64_t all = metadata | bitOf(ir::ActionId::ReadData) |
                 bitOf(ir::ActionId::ReadList);
  auto add = [&](llvm::StringRef path, SbplPlace::Reach reach, uint64_t bits) {
    places.push_back({pathAt(path), reach,
                      {1u << Floor, ir::Effect::Allow, bits,
                       Meaning::Part::Whole, 0}});
  };
  add("/", SbplPlace::Reach::Alone, all);
  for (llvm::StringRef link : {"/tmp", "/var", "/etc", "/private"})
    add(link, SbplPlace::Reach::Alone, metadata);
  for (llvm::StringRef tree :
       {"/usr/lib", "/System/Library/dyld", "/System/Cryptexes/OS",
        "/System/Volumes/Preboot/Cryptexes/OS", "/private/var/db/dyld"})
    add(tree, SbplPlace::Reach::Tree, all);
  places.push_back({pathAt("/System/Volumes/Data"), SbplPlace::Reach::Tree,
                    {1u << Shut, ir::Effect::Deny, ~uint64_t(0),
                     Meaning::Part::Whole, 0}});
}

std::vector<SbplPlace> Places::run() {
  for (const Clause &clause : clausesOf(policy, Space::Paths))
    addPath(clause, *pathOf(*clause.pattern));
  for (const Clause &clause : clausesOf(policy, Space::Commands))
    addProgram(clause);
  for (const ir::Rule &rule : policy.rules)
    if (rule.effect == ir::Effect::Deny)
      addBelowExcepts(rule);
  addFloor();
  return std::move(places);
}

std::vector<SbplPlace> sbplPlaces(const ir::Policy &policy,
                                  const SbplBinding &binding,
                                  Meanings &meanings) {
  return Places(policy, binding, meanings).run();
}

llvm::ArrayRef<llvm::StringLiteral> sbplFloorSysctls() {
  static constexpr llvm::StringLiteral kNames[] = {
      "hw.pagesize", "hw.pagesize_compat", "hw.ncpu", "hw.activecpu",
      "hw.logicalcpu", "hw.logicalcpu_max", "hw.physicalcpu", "hw.memsize",
      "hw.cputype", "hw.cpusubtype", "hw.cachelinesize", "kern.osversion",
      "kern.ostype", "kern.osrelease", "kern.osproductversion", "kern.version",
      "kern.argmax", "kern.usrstack64"};
  return kNames;
}

} // namespace srt::verify
