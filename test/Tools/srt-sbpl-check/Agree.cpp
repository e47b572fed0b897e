// test/Tools/srt-sbpl-check/Agree.cpp: a policy against its Seatbelt profile.
// SPDX-License-Identifier: Apache-2.0
//
// The policy is judged by Sim/EvalPolicy and the text by Sim/Sbpl; the lists of
// documented differences below are written again here, not taken from Backend.
#include "Agree.h"

#include "lib/Backend/SbplText.h"
#include "lib/Sim/EvalPolicy.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::check {

namespace {
struct Counts {
  size_t equal = 0, floor = 0, pinned = 0, shared = 0, anyFolder = 0;
  size_t mapped = 0;
  size_t tooNarrow = 0, violations = 0, allowed = 0;
};

class Comparison {
public:
  Comparison(const ir::Policy &policy, const sim::Bindings &bindings,
             const sim::SbplProfile &profile, llvm::raw_ostream &out)
      : policy(policy), bindings(bindings), profile(profile), out(out) {}
  void compare(sim::Event event);
  Counts counts;

private:
  bool isFloor(const sim::Event &event) const;
  bool isAboveAllowed(llvm::StringRef path) const;
  bool isShared(const sim::Event &event) const;
  bool isPinned(const sim::Event &event) const;
  bool withholdsBareName() const;
  void show(llvm::StringRef what, const sim::Event &event);

  const ir::Policy &policy;
  const sim::Bindings &bindings;
  const sim::SbplProfile &profile;
  llvm::raw_ostream &out;
};
} // namespace

static bool isBelowAny(llvm::StringRef path,
                       std::initializer_list<llvm::StringRef> roots) {
  return llvm::any_of(roots, [&](llvm::StringRef root) {
    return path == root || (path.starts_with(root) && path[root.size()] == '/');
  });
}

/// True if `path` leads to the literal part of some pattern that is allowed.
bool Comparison::isAboveAllowed(llvm::StringRef path) const {
  auto leadsTo = [&](const ir::Pattern &pattern) {
    const ir::PathPattern *tree = ir::pathOf(pattern);
    if (!tree)
      return false;
    std::string text = tree->base ? bindings.params[tree->base->value] : "";
    for (const ir::Segment &segment : tree->segments) {
      if (segment.kind != ir::Segment::Kind::Name || !segment.name.isLiteral())
        return path == text || isBelowAny(text, {path});
      text += "/" + segment.name.literal();
    }
    return text != path && isBelowAny(text, {path});
  };
  return llvm::any_of(policy.rules, [&](const ir::Rule &rule) {
    return rule.effect == ir::Effect::Allow &&
           llvm::any_of(rule.patterns, leadsTo);
  });
}

/// True if every profile permits the event unless a rule denies it.
bool Comparison::isFloor(const sim::Event &event) const {
  if (auto *subject = std::get_if<ir::SubjectPattern>(&event.resource))
    return *subject == ir::SubjectPattern::Self;
  auto *name = std::get_if<sim::Name>(&event.resource);
  if (!name)
    return false;
  llvm::StringRef text = name->text;
  if (event.action == ir::ActionId::Sysctl)
    return text.starts_with("hw.") || text.starts_with("kern.");
  bool isMetadata = event.action == ir::ActionId::ReadMetadata;
  bool isData = event.action == ir::ActionId::ReadData ||
                event.action == ir::ActionId::ReadList;
  if (!isMetadata && !isData)
    return false;
  if (text == "/" ||
      isBelowAny(text, {"/usr/lib", "/System/Library/dyld",
                        "/System/Cryptexes/OS", "/private/var/db/dyld",
                        "/System/Volumes/Preboot/Cryptexes/OS"}))
    return true;
  return isMetadata && (text == "/private" || isAboveAllowed(text));
}

/// True if macOS has one operation for this action and others, and the policy
/// does not allow all of them here.
bool Comparison::isShared(const sim::Event &event) const {
  using enum ir::ActionId;
  std::vector<ir::ActionId> together;
  if (llvm::is_contained(
          {WriteCreate, WriteRename, WriteSpecial, WriteDelete, WriteLink},
          event.action))
    together = {WriteCreate, WriteRename, WriteSpecial, WriteDelete};
  if (auto *endpoint = std::get_if<sim::Endpoint>(&event.resource))
    if (endpoint->transport == ir::Transport::Udp && event.action != Bind)
      together = {Connect, Send};
  return llvm::any_of(together, [&](ir::ActionId action) {
    sim::Event other = event;
    other.action = action;
    return sim::evalPolicy(policy, bindings, other).effect != ir::Effect::Allow;
  });
}

/// True if something is withheld somewhere at, above or below the path, so
/// that it may not be moved.
bool Comparison::isPinned(const sim::Event &event) const {
  using enum ir::ActionId;
  if (!llvm::is_contained({WriteDelete, WriteRename, WriteLink}, event.action))
    return false;
  return llvm::any_of(policy.rules, [](const ir::Rule &rule) {
    return ir::resource(rule.actions.front()) == ir::Resource::Path &&
           (rule.effect == ir::Effect::Deny || !rule.excepts.empty());
  });
}

bool Comparison::withholdsBareName() const {
  auto isBare = [](const ir::Pattern &pattern) {
    auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
    return command && std::holds_alternative<std::string>(command->program);
  };
  return llvm::any_of(policy.rules, [&](const ir::Rule &rule) {
    return llvm::any_of(
        rule.effect == ir::Effect::Deny ? rule.patterns : rule.excepts, isBare);
  });
}

void Comparison::show(llvm::StringRef what, const sim::Event &event) {
  if (counts.violations + counts.tooNarrow > 10)
    return;
  out << what << ": " << ir::spelling(event.action) << ' ';
  if (auto *name = std::get_if<sim::Name>(&event.resource))
    out << name->text;
  else if (auto *command = std::get_if<sim::Command>(&event.resource))
    out << command->path;
  else if (auto *endpoint = std::get_if<sim::Endpoint>(&event.resource))
    out << unsigned(endpoint->transport) << ' ' << endpoint->path << ':'
        << endpoint->port
        << (!endpoint->address        ? ""
            : endpoint->address->isV6 ? " v6"
                                      : " v4");
  out << '\n';
}

/// Seatbelt's `localhost` misses ::ffff:127.0.0.1, which a rule on the loopback
/// address means too: documented narrowing (docs/Seatbelt.md).
static bool isMappedLoopback(const sim::Event &event) {
  auto *endpoint = std::get_if<sim::Endpoint>(&event.resource);
  return endpoint && endpoint->address && endpoint->address->isV6 &&
         endpoint->address->bytes[10] == 0xff &&
         endpoint->address->bytes[12] == 127;
}

void Comparison::compare(sim::Event event) {
  if (auto *name = std::get_if<sim::Name>(&event.resource))
    if (ir::resource(event.action) == ir::Resource::Path)
      name->text = sim::resolvedOnMac(name->text);
  if (auto *command = std::get_if<sim::Command>(&event.resource))
    command->path = sim::resolvedOnMac(command->path);
  if (auto *endpoint = std::get_if<sim::Endpoint>(&event.resource))
    if (!endpoint->path.empty())
      endpoint->path = sim::resolvedOnMac(endpoint->path);
  sim::Verdict wanted = sim::evalPolicy(policy, bindings, event);
  sim::SbplVerdict found = sim::evalSbpl(profile, event);
  bool isPermitted = found == sim::SbplVerdict::Permitted ||
                     (found == sim::SbplVerdict::Partly &&
                      sim::isCarriedBySingleOperation(event.action));
  bool isAllowed = wanted.effect == ir::Effect::Allow;
  counts.allowed += isAllowed;
  if (isAllowed && found == sim::SbplVerdict::Permitted)
    ++counts.equal;
  else if (isAllowed && isShared(event))
    ++counts.shared;
  else if (isAllowed && isPinned(event))
    ++counts.pinned;
  else if (isAllowed && isMappedLoopback(event))
    ++counts.mapped;
  else if (isAllowed && event.action == ir::ActionId::Exec &&
           withholdsBareName())
    ++counts.anyFolder;
  else if (isAllowed) {
    ++counts.tooNarrow;
    show("too narrow", event);
  } else if (!isPermitted)
    ++counts.equal;
  else if (!wanted.rule && isFloor(event))
    ++counts.floor;
  else {
    ++counts.violations;
    show("WIDER", event);
  }
}

sim::Bindings bindingsFor(const ir::Policy &policy) {
  static constexpr llvm::StringLiteral kPlaces[] = {"/Users/u", "/Users/u/proj",
                                                    "/opt/data.(1)"};
  sim::Bindings bindings;
  for (size_t i = 0; i < policy.params.size(); ++i)
    bindings.params.push_back(kPlaces[i % std::size(kPlaces)].str());
  bindings.searchPath = {"/usr/bin", "/bin",           "/usr/sbin",
                         "/sbin",    "/usr/local/bin", "/opt/homebrew/bin"};
  return bindings;
}

/// The rules' literal /tmp, /var and /etc as what they lead to: the oracle
/// wants resolved patterns, as a launcher would make them.
static void resolveLinks(std::vector<ir::Pattern> &patterns) {
  for (ir::Pattern &pattern : patterns) {
    ir::PathPattern *path = ir::pathOf(pattern);
    if (!path || path->base || path->segments.empty())
      continue;
    const ir::Segment &first = path->segments.front();
    if (first.kind != ir::Segment::Kind::Name || !first.name.isLiteral() ||
        !llvm::is_contained({"tmp", "var", "etc"}, first.name.literal()))
      continue;
    ir::Segment above;
    above.name = ir::Glob::ofLiteral("private");
    path->segments.insert(path->segments.begin(), above);
  }
}

int agree(const ir::Policy &policy, llvm::StringRef profileText, size_t count,
          uint64_t seed, llvm::raw_ostream &out) {
  sim::Bindings bindings = bindingsFor(policy);
  sim::SbplParams params;
  for (uint32_t i = 0; i < policy.params.size(); ++i)
    params[backend::sbplParamName(policy, ir::ParamId{i})] = bindings.params[i];
  ir::Policy meant = policy;
  for (ir::Rule &rule : meant.rules) {
    resolveLinks(rule.patterns);
    resolveLinks(rule.excepts);
  }
  int status = 0;
  for (auto vocabulary :
       {sim::SbplVocabulary::MacOs10, sim::SbplVocabulary::MacOs14}) {
    std::string why;
    auto profile = sim::readSbpl(profileText, params, vocabulary, why);
    if (!profile) {
      out << "the profile cannot be read: " << why << '\n';
      return 1;
    }
    EventSource events(meant, bindings, seed);
    Comparison comparison(meant, bindings, *profile, out);
    for (size_t i = 0; i < count; ++i)
      comparison.compare(events.next());
    const Counts &c = comparison.counts;
    out << "macos "
        << (vocabulary == sim::SbplVocabulary::MacOs10 ? "10.15" : "14.4")
        << ": events " << count << ", allowed " << c.allowed << ", equal "
        << c.equal << ", floor " << c.floor << ", pinned " << c.pinned
        << ", shared " << c.shared << ", any-folder " << c.anyFolder << ", mapped " << c.mapped
        << ", too narrow " << c.tooNarrow << ", wider " << c.violations << '\n';
    if (c.tooNarrow + c.violations > 0)
      status = 1;
  }
  return status;
}

} // namespace srt::check
