// lib/IR/PlanRead.cpp: the reader of plan text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanRead.h"

#include "lib/IR/PlanReadParts.h"
#include "lib/IR/PlanSyscalls.h"
#include "lib/IR/Read.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::ir {

namespace {
class PlanReader {
public:
  PlanReader(Sources &sources, FileId file, DiagnosticEngine &diags)
      : sources(sources), file(file), diags(diags),
        cursor(sources, file, diags) {}

  std::optional<Plan> read();

private:
  bool readHeader();
  bool readTarget();
  bool readArchs();
  bool readPolicyBlock();
  bool readStatement();
  bool readDecision();
  bool readRating(Decision &decision);
  bool readAudit();
  bool readHandled();
  bool readMediated();
  bool readNetwork();
  bool readRoot();
  bool readCommand();
  bool readPort();
  bool readForbidden();
  bool readAccepted();

  Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
  TextCursor cursor;
  Plan plan;
};
} // namespace

bool PlanReader::readTarget() {
  auto target = kernel::targetNamed(cursor.peek().text);
  if (!target)
    return cursor.fail("the name of a target");
  cursor.take();
  plan.target = *target;
  return true;
}

bool PlanReader::readArchs() {
  if (!cursor.expectPunct('['))
    return false;
  if (cursor.acceptPunct(']'))
    return true;
  do {
    auto arch = readArch(cursor);
    if (!arch)
      return false;
    plan.archs.push_back(*arch);
  } while (cursor.acceptPunct(','));
  return cursor.acceptPunct(']') || cursor.fail("`,` or `]`");
}

bool PlanReader::readHeader() {
  if (!cursor.expectWord("plan") || !cursor.expectWord("target") ||
      !readTarget() || !cursor.expectWord("abi"))
    return false;
  auto abi = cursor.number("a Landlock ABI", 1000);
  plan.landlockAbi = unsigned(abi.value_or(0));
  return abi && cursor.expectWord("archs") && readArchs() &&
         cursor.expectPunct('{');
}

/// Steps over the policy, then gives its own reader, which wants a file to
/// itself, a file in which all but the policy is blank: every place in that is
/// the same place in this one.
bool PlanReader::readPolicyBlock() {
  if (!cursor.atWord("policy"))
    return cursor.fail("`policy`");
  size_t begin = cursor.peek().begin;
  Token last = cursor.take();
  // No statement of a policy has braces, so the first `}` ends it.
  while (last.text != "}" || last.kind != Token::Kind::Punct) {
    if (cursor.peek().kind == Token::Kind::End)
      break;
    last = cursor.take();
  }
  std::string text = sources.text(file).str();
  for (size_t i = 0; i < text.size(); ++i)
    if ((i < begin || i >= last.end) && text[i] != '\n')
      text[i] = ' ';
  FileId alone = sources.add(sources.name(file), std::move(text));
  std::optional<Policy> policy = readPolicy(sources, alone, diags);
  if (policy)
    plan.policy = std::move(*policy);
  return policy.has_value();
}

/// Reads `since linux-6.7 costs connect`, which may be missing.
bool PlanReader::readRating(Decision &decision) {
  if (!cursor.acceptWord("since"))
    return true;
  auto release = readRelease(cursor);
  if (!release || !cursor.expectWord("costs"))
    return false;
  auto cost = readCost(cursor);
  decision.since = *release;
  decision.cost = cost.value_or(Cost::None);
  return cost.has_value();
}

bool PlanReader::readAudit() {
  plan.audit = Audit::Denials;
  return cursor.expectWord(spelling(Audit::Denials));
}

bool PlanReader::readDecision() {
  if (!cursor.expectWord(ruleName({uint32_t(plan.decisions.size())})))
    return false;
  Decision decision;
  if (cursor.acceptWord("by"))
    do {
      auto mechanism = readMechanism(cursor);
      if (!mechanism)
        return false;
      decision.mechanisms.push_back(*mechanism);
    } while (cursor.acceptPunct(','));
  auto exactness = readExactness(cursor);
  if (!exactness)
    return false;
  decision.exactness = *exactness;
  while (cursor.peek().kind == Token::Kind::Quoted) {
    auto note = cursor.quotedText("a note");
    if (!note)
      return false;
    decision.notes.push_back(std::move(*note));
  }
  if (!readRating(decision))
    return false;
  plan.decisions.push_back(std::move(decision));
  return true;
}

bool PlanReader::readHandled() {
  bool isFs = cursor.atWord("fs");
  if (!isFs && !cursor.atWord("net"))
    return cursor.fail("`fs` or `net`");
  uint64_t &handled = isFs ? plan.handledFs : plan.handledNet;
  if (handled)
    return cursor.fail("what was not said before");
  cursor.take();
  return readRights(cursor, isFs ? RightsKind::Fs : RightsKind::Net, handled);
}

/// Reads `read.data, read.list rights read-file|read-dir`.
bool PlanReader::readMediated() {
  do {
    auto name = cursor.word("the name of an action");
    if (!name)
      return false;
    std::optional<ActionId> leaf = actionNamed(*name);
    if (!leaf)
      return cursor.fail("the name of an action");
    plan.mediated.push_back(*leaf);
  } while (cursor.acceptPunct(','));
  return !cursor.acceptWord("rights") ||
         readRights(cursor, RightsKind::Fs, plan.mediatedFs);
}

bool PlanReader::readNetwork() {
  if (!cursor.expectWord("broker"))
    return false;
  plan.network.emplace().names = cursor.acceptWord("names");
  plan.network->unixes = cursor.acceptWord("unix");
  return true;
}

bool PlanReader::readRoot() {
  if (!cursor.expectWord(std::to_string(plan.roots.size())))
    return false;
  RootGrant root;
  if (!readQuotedPlace(cursor, plan.policy.params, root.place))
    return false;
  if (cursor.acceptWord("beneath")) {
    auto above = cursor.number("the number of a root", UINT32_MAX);
    if (!above)
      return false;
    root.beneath = uint32_t(*above);
  }
  if (!readGrant(cursor, RightsKind::Fs, root.rights, root.rule))
    return false;
  plan.roots.push_back(std::move(root));
  return true;
}

bool PlanReader::readCommand() {
  CommandGrant command;
  auto name = cursor.quotedText("the name of a command");
  if (!name || !readGrant(cursor, RightsKind::Fs, command.rights, command.rule))
    return false;
  command.name = *name;
  plan.commands.push_back(std::move(command));
  return true;
}

bool PlanReader::readPort() {
  PortGrant port;
  auto number = cursor.number("a port", 65535);
  if (!number || !readGrant(cursor, RightsKind::Net, port.rights, port.rule))
    return false;
  port.port = uint16_t(*number);
  plan.ports.push_back(port);
  return true;
}

bool PlanReader::readForbidden() {
  ForbiddenPlace forbidden;
  if (cursor.acceptWord("command")) {
    auto name = cursor.quotedText("the name of a command");
    if (!name)
      return false;
    forbidden.place = *name;
  } else {
    Place place;
    if (!cursor.acceptWord("place"))
      return cursor.fail("`place` or `command`");
    if (!readQuotedPlace(cursor, plan.policy.params, place))
      return false;
    forbidden.place = std::move(place);
  }
  if (!readGrant(cursor, RightsKind::Fs, forbidden.rights, forbidden.rule))
    return false;
  plan.forbidden.push_back(std::move(forbidden));
  return true;
}

bool PlanReader::readAccepted() {
  AcceptedWider accepted;
  if (!readRuleName(cursor, accepted.rule))
    return false;
  auto what = cursor.quotedText("what the rule then lets through");
  if (!what)
    return false;
  accepted.what = *what;
  plan.accepted.push_back(std::move(accepted));
  return true;
}

bool PlanReader::readStatement() {
  if (cursor.atWord("permit") || cursor.atWord("refuse") ||
      cursor.atWord("syscall"))
    return readSyscalls(cursor, plan.syscalls);
  if (cursor.acceptWord("enforce"))
    return readDecision();
  if (cursor.acceptWord("handled"))
    return readHandled();
  if (plan.mediated.empty() && cursor.acceptWord("mediated"))
    return readMediated();
  if (!plan.network && cursor.acceptWord("network"))
    return readNetwork();
  if (plan.scoped == 0 && cursor.acceptWord("scoped"))
    return readRights(cursor, RightsKind::Scopes, plan.scoped);
  if (plan.audit == Audit::Quiet && cursor.acceptWord("audit"))
    return readAudit();
  if (cursor.acceptWord("root"))
    return readRoot();
  if (cursor.acceptWord("command"))
    return readCommand();
  if (cursor.acceptWord("port"))
    return readPort();
  if (cursor.acceptWord("forbid"))
    return readForbidden();
  if (cursor.acceptWord("accepted"))
    return readAccepted();
  return cursor.fail("a statement of a plan, or `}`");
}

std::optional<Plan> PlanReader::read() {
  if (!readHeader() || !readPolicyBlock())
    return std::nullopt;
  while (!cursor.acceptPunct('}'))
    if (!readStatement())
      return std::nullopt;
  if (cursor.peek().kind != Token::Kind::End) {
    cursor.fail("the end of the text");
    return std::nullopt;
  }
  // Lists by answer have lost the order by name. Stable: of two decisions on
  // one syscall, which verifyPlan() refuses, neither goes before its turn.
  llvm::stable_sort(plan.syscalls,
                    [](const SyscallDecision &a, const SyscallDecision &b) {
                      return a.name < b.name;
                    });
  return std::move(plan);
}

bool looksLikePlan(llvm::StringRef text) {
  Token first = TextLexer(text).next();
  return first.kind == Token::Kind::Word && first.text == "plan";
}

std::optional<Plan> readPlan(Sources &sources, FileId file,
                             DiagnosticEngine &diags) {
  size_t size = sources.text(file).size();
  if (size > kMaxIrText) {
    TextCursor(sources, file, diags)
        .failAt({}, std::to_string(size) + " bytes",
                "at most " + std::to_string(kMaxIrText));
    return std::nullopt;
  }
  return PlanReader(sources, file, diags).read();
}

} // namespace srt::ir
