// lib/Transforms/LowerUnix.cpp: unix sockets, by path and by abstract name.
// SPDX-License-Identifier: Apache-2.0
//
// Since ABI 9 Landlock asks for RESOLVE_UNIX at the path of a socket that was
// made outside of the sandbox, for connect(2) and for sendmsg(2) alike; sockets
// that the sandbox made itself are open to it. Abstract names are in or out of
// scope all at once, and bind(2) takes whatever name stands in memory. What of
// this the policy tells apart is an error.
// Source: Documentation/userspace-api/landlock.rst, v7.2.
#include "lib/Transforms/PathGrants.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using ir::ActionId;

namespace {
class UnixLowering {
public:
  UnixLowering(Lowering &lowering, const PathGrants &grants)
      : lowering(lowering), grants(grants), open(lowering.open) {}
  void run();

private:
  bool isEveryName(ActionId action);
  bool isSomeName(ActionId action);
  void reportName(ir::RuleId id, const ir::Pattern &pattern);
  void mediate();
  void checkPlace(const Granted &granted);
  void checkNames();
  void checkAbi();

  Lowering &lowering;
  const PathGrants &grants;
  OpenThings &open;
};
} // namespace

static const ir::Glob *abstractIn(const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  return endpoint && endpoint->abstract ? &*endpoint->abstract : nullptr;
}

/// "unix:@*"
static bool isAnyName(const ir::Glob &glob) {
  return glob.items.size() == 1 &&
         glob.items[0].kind == ir::GlobItem::Kind::AnyRun;
}

/// "unix:@agent-*", or one name: what the broker can compare.
static bool isBeginning(const ir::Glob &glob) {
  llvm::ArrayRef<ir::GlobItem> items(glob.items);
  if (!items.empty() && items.back().kind == ir::GlobItem::Kind::AnyRun)
    items = items.drop_back();
  return llvm::all_of(items, [](const ir::GlobItem &item) {
    return item.kind == ir::GlobItem::Kind::Byte && item.byte != 0;
  });
}

static bool isUnix(const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  return endpoint && endpoint->transport == ir::Transport::Unix;
}

/// The first rule that allows something of a unix socket, or asks about it.
static std::optional<ir::RuleId> firstUnixRule(const ir::Policy &policy) {
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    if (policy.rules[i].effect != ir::Effect::Deny &&
        llvm::any_of(policy.rules[i].patterns, isUnix))
      return ir::RuleId{i};
  return std::nullopt;
}

bool speaksOfUnix(const ir::Policy &policy) {
  return firstUnixRule(policy).has_value();
}

/// True if Landlock can say the rule by itself: one that allows to connect and to
/// send at a place, or at every abstract name.
static bool isPlain(const ir::Rule &rule) {
  bool isWhole = speaksOf(rule, ActionId::Connect) &&
                 speaksOf(rule, ActionId::Send) &&
                 !speaksOf(rule, ActionId::Bind);
  return rule.effect == ir::Effect::Allow && isWhole &&
         llvm::none_of(rule.excepts, isUnix) &&
         llvm::all_of(rule.patterns, [](const ir::Pattern &pattern) {
           const ir::Glob *name = abstractIn(pattern);
           const ir::PathPattern *path = pathOf(pattern);
           return !isUnix(pattern) || (name && isAnyName(*name)) ||
                  (path && path->isLiteral());
         });
}

std::optional<ir::RuleId> unixNeedsBroker(const Lowering &lowering) {
  const ir::Policy &policy = lowering.policy();
  bool isOld = lowering.abi() < kernel::leastAbi(kernel::kFsResolveUnix, 0, 0);
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    bool isGivenUp = lowering.options.acceptWider.count(ir::ruleName({i}));
    if (llvm::any_of(rule.patterns, isUnix) && !isGivenUp &&
        (isOld || !isPlain(rule)))
      return ir::RuleId{i};
  }
  return std::nullopt;
}

/// Reports a name that nothing tells from others, once for all actions.
void UnixLowering::reportName(ir::RuleId id, const ir::Pattern &pattern) {
  if (lowering.isNews(id.value, pattern.range.column, 3004))
    lowering.diags.report(pattern.range, diag::TransportNeedsBroker,
                          ir::text(pattern, lowering.policy().params));
}

/// True if the action is allowed on every abstract name. Some of them only, or
/// all but some, is nothing that the kernel can tell: it is reported.
bool UnixLowering::isEveryName(ActionId action) {
  bool isAllowed = false, isDenied = false;
  for (ir::Effect effect : {ir::Effect::Allow, ir::Effect::Deny})
    for (ir::RuleId id : rulesOn(lowering.policy(), effect, action))
      for (const ir::Pattern &pattern : lowering.rule(id).patterns) {
        const ir::Glob *name = abstractIn(pattern);
        if (!name)
          continue;
        lowering.carry(id, ir::Mechanism::Landlock);
        lowering.carry(id, ir::Mechanism::Seccomp);
        bool isWhole = isAnyName(*name) && lowering.rule(id).excepts.empty();
        bool matters = effect == ir::Effect::Allow || isAllowed;
        if (!isWhole && matters)
          reportName(id, pattern);
        (effect == ir::Effect::Allow ? isAllowed : isDenied) |= isWhole;
      }
  return isAllowed && !isDenied;
}

/// connect(2) and sendto(2) ask for the same right, and a socket that was bound
/// can be connected to from within.
void UnixLowering::checkPlace(const Granted &granted) {
  auto demand = [&](ActionId other) {
    if (grants.isGranted(other, granted.place) ||
        !lowering.isNews(granted.rule.value, unsigned(other), 3004))
      return;
    std::string what = ir::spelling(other).str() + " is open there as well";
    if (!lowering.allowWider(granted.rule, what))
      reportNotSeparable(lowering, granted.rule,
                         ir::spelling(granted.leaf).str() + " of a unix socket",
                         ir::spelling(other));
  };
  bool isSocket = granted.leaf == ActionId::Send ||
                  granted.leaf == ActionId::Connect ||
                  granted.leaf == ActionId::Bind;
  if (!isSocket)
    return;
  if (granted.leaf != ActionId::Connect)
    demand(ActionId::Connect);
  if (granted.leaf != ActionId::Send && open.unixDatagrams)
    demand(ActionId::Send);
}

/// The same for abstract names.
void UnixLowering::checkNames() {
  bool needsConnect = open.abstractSend || open.abstractBind;
  bool needsSend = open.unixDatagrams && (open.abstractConnect || open.abstractBind);
  if ((!needsConnect || open.abstractConnect) && (!needsSend || open.abstractSend))
    return;
  ir::RuleId rule = *firstUnixRule(lowering.policy());
  if (!lowering.allowWider(rule, "abstract sockets are open in every way"))
    reportNotSeparable(lowering, rule, "abstract unix sockets",
                       needsSend && !open.abstractSend ? "send" : "connect")
        .hint("allow connect, send, bind \"unix:@*\"");
}

/// Without RESOLVE_UNIX every path that a socket lies at is open.
void UnixLowering::checkAbi() {
  bool isEverywhere =
      grants.isGranted(ActionId::Connect, ir::Place{}) &&
      (!open.unixDatagrams || grants.isGranted(ActionId::Send, ir::Place{}));
  if (isEverywhere || lowering.abi() >= kernel::leastAbi(kernel::kFsResolveUnix, 0, 0))
    return;
  reportAbi(lowering, lowering.rule(*firstUnixRule(lowering.policy())).range,
            "unix sockets by path", kernel::leastAbi(kernel::kFsResolveUnix, 0, 0),
            "allow connect, send \"unix:/\";");
}

/// True if the action is allowed on some abstract name. What the broker cannot
/// compare is reported.
bool UnixLowering::isSomeName(ActionId action) {
  bool isAllowed = false;
  for (ir::Effect effect :
       {ir::Effect::Allow, ir::Effect::Ask, ir::Effect::Deny})
    for (ir::RuleId id : rulesOn(lowering.policy(), effect, action)) {
      const ir::Rule &rule = lowering.rule(id);
      for (const auto *patterns : {&rule.patterns, &rule.excepts})
        for (const ir::Pattern &pattern : *patterns) {
          const ir::Glob *name = abstractIn(pattern);
          if (name && !isBeginning(*name))
            reportName(id, pattern);
          if (name)
            lowering.carry(id, ir::Mechanism::Broker);
          isAllowed |= name && effect != ir::Effect::Deny;
        }
    }
  return isAllowed;
}

/// The broker tells everything apart; it is only to say which sockets there are.
void UnixLowering::mediate() {
  open.abstractConnect = isSomeName(ActionId::Connect);
  open.abstractSend = isSomeName(ActionId::Send);
  open.abstractBind = isSomeName(ActionId::Bind);
}

void UnixLowering::run() {
  if (lowering.plan.network && lowering.plan.network->unixes)
    mediate();
  else {
    open.abstractConnect = isEveryName(ActionId::Connect);
    open.abstractSend = isEveryName(ActionId::Send);
    open.abstractBind = isEveryName(ActionId::Bind);
  }
  open.unixDatagrams = open.abstractSend || grants.isAnywhere(ActionId::Send);
  open.unixBind = open.abstractBind || grants.isAnywhere(ActionId::Bind);
  open.unixStreams = open.unixDatagrams || open.unixBind ||
                     open.abstractConnect ||
                     grants.isAnywhere(ActionId::Connect);
  open.binding |= open.unixBind;
  if (!open.unixStreams || lowering.isMediated(ActionId::Connect))
    return;
  checkAbi();
  checkNames();
  for (const Granted &granted : grants.all())
    checkPlace(granted);
}

void lowerUnix(Lowering &lowering, const PathGrants &grants) {
  UnixLowering(lowering, grants).run();
}

/// Reports that a rule on unix sockets opens `other` too.
static void demand(Lowering &lowering, llvm::StringRef what,
                   llvm::StringRef other, llvm::StringRef hint) {
  ir::RuleId rule = *firstUnixRule(lowering.policy());
  if (!lowering.allowWider(rule, other.str() + " is open as well"))
    reportNotSeparable(lowering, rule, what, other).hint(hint.str());
}

/// bind(2) takes an abstract name as well, and listen(2) binds a TCP socket by
/// itself: the filter sees neither the name nor the kind of a socket.
void lowerAbstract(Lowering &lowering) {
  const OpenThings &open = lowering.open;
  if (!open.unixStreams || lowering.isMediated(ActionId::Connect))
    return;
  if (open.binding && !(open.abstractBind && open.abstractConnect))
    demand(lowering, "unix sockets beside bind", "bind \"unix:@*\"",
           "allow connect, bind \"unix:@*\"");
  if (open.unixBind && open.internet && !open.listening)
    demand(lowering, "bind of a unix socket", "bind to a free TCP port (0)",
           "allow bind \"*:0\"");
  uint64_t known = kernel::scopesOf(lowering.abi());
  if (!open.abstractConnect && !(known & kernel::kScopeAbstractUnix))
    reportAbi(lowering, lowering.rule(*firstUnixRule(lowering.policy())).range,
              "unix sockets without abstract names",
              kernel::leastAbi(0, 0, kernel::kScopeAbstractUnix),
              "allow connect \"unix:@*\";");
}

} // namespace srt
