// lib/Backend/EngineRules.h: what the writers for other engines ask of a policy.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_ENGINERULES_H
#define SRT_LIB_BACKEND_ENGINERULES_H

#include "lib/Backend/Engine.h"

namespace srt::backend {

/// One kind of thing that an engine allows as a whole, by place, or not at all:
/// an action, and for endpoints which sockets.
struct Domain {
  ir::ActionId leaf;
  enum class Sockets : uint8_t { None, Tcp, Udp, UnixPath, UnixAbstract };
  Sockets sockets = Sockets::None;
};

/// All that a network is for; engines that share the host's share it as a whole.
inline constexpr Domain kInternet[] = {
    {ir::ActionId::Connect, Domain::Sockets::Tcp},
    {ir::ActionId::Bind, Domain::Sockets::Tcp},
    {ir::ActionId::Connect, Domain::Sockets::Udp},
    {ir::ActionId::Bind, Domain::Sockets::Udp},
    {ir::ActionId::Send, Domain::Sockets::Udp}};

/// How much of a domain the policy allows.
enum class Reach : uint8_t { None, Some, All };

/// A tree of files, for engines that show trees by mounting them.
struct Mount {
  std::string path; // absolute, without a slash at the end unless it is `/`
  bool isWritable = false;
  friend auto operator<=>(const Mount &, const Mount &) = default;
};

/// One policy in front of one engine. Reports; after any report of E6001 what
/// was asked for is not to be used.
class EngineRules {
public:
  EngineRules(Engine engine, const ir::Policy &policy, DiagnosticEngine &diags)
      : engine(engine), policy(policy), diags(diags) {}

  const Engine engine;
  const ir::Policy &policy;

  Reach reach(Domain domain) const;
  /// Reports E6001 for each rule that keeps the domain from being allowed as a
  /// whole, or for the policy if no rule speaks of it.
  void requireAll(Domain domain, llvm::StringRef why);
  void requireAll(llvm::ArrayRef<Domain> domains, llvm::StringRef why);
  /// True if all are allowed as wholes, false if none is allowed at all; what
  /// lies between is reported as by requireAll.
  bool isOpen(llvm::ArrayRef<Domain> domains, llvm::StringRef why);

  /// Limits and, if a person wrote some, variables: for engines that start
  /// nothing themselves.
  void refuseLimits(llvm::StringRef why);
  void refuseEnvironment(llvm::StringRef why);

  /// Every tree that may be read or written, sorted, without those that lie in
  /// one that allows as much. Refuses what a mount cannot say: patterns,
  /// denies, reading without listing, writing without reading.
  std::vector<Mount> mounts();
  /// Every tree or file that may be executed, sorted.
  std::vector<std::string> programs();

  /// The one path that the pattern names, or nothing after E6001. `rule` is
  /// what it stands in.
  std::optional<std::string> literal(const ir::Rule &rule,
                                     const ir::PathPattern &path,
                                     SourceRange range);

  void refuse(SourceRange range, llvm::StringRef what, llvm::StringRef why);
  void refuse(const ir::Rule &rule, llvm::StringRef why);
  void narrow(const ir::Rule &rule, llvm::StringRef what);
  void narrow(SourceRange range, llvm::StringRef what, llvm::StringRef how);

private:
  bool isWholeAllow(const ir::Rule &rule, Domain domain) const;
  void addMount(const ir::Rule &rule, const ir::Pattern &pattern, bool isWrite,
                std::vector<Mount> &mounts);

  DiagnosticEngine &diags;
};

/// True if the rule's actions cover the leaf.
bool speaksOf(const ir::Rule &rule, ir::ActionId leaf);
/// `allow read "/usr"`: as people write rules.
std::string ruleText(const ir::Policy &policy, const ir::Rule &rule);
/// True if `inner` is `outer` or lies beneath it.
bool isBeneath(llvm::StringRef inner, llvm::StringRef outer);

/// One check and one writer for each engine; EngineXxx.cpp.
void checkOci(EngineRules &rules);
void checkSystemd(EngineRules &rules);
void checkAppArmor(EngineRules &rules);
void checkBwrap(EngineRules &rules);
std::string ociProfile(EngineRules &rules, const ir::Plan &plan);
std::string systemdDropIn(EngineRules &rules, const ir::Plan &plan);
std::string apparmorProfile(EngineRules &rules);
std::string bwrapArguments(EngineRules &rules);

} // namespace srt::backend

#endif
