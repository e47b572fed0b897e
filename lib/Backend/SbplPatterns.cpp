// lib/Backend/SbplPatterns.cpp: every kind of pattern as Seatbelt filters.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SbplPatterns.h"

#include "lib/Backend/SbplGlob.h"
#include "lib/Backend/SbplPath.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

// Where a bare name is looked for. PATH is known only when the sandbox starts;
// these are the folders that a login shell on macOS has.
static constexpr llvm::StringLiteral kProgramFolders =
    "^(/usr/bin|/bin|/usr/sbin|/sbin|/usr/local/bin|/opt/homebrew/bin)/";

/// A bare name: the usual folders for a grant, any folder for a withhold.
static bool appendBareName(llvm::StringRef name, Side side,
                           std::vector<std::string> &filters,
                           std::string &why) {
  std::string before = side == Side::Grant ? kProgramFolders.str() : "/";
  std::optional<std::string> text =
      quoted(before + regexQuoted(name) + "$", why);
  if (text)
    filters.push_back(form("regex", {*text}));
  return text.has_value();
}

static bool appendProgram(const ir::Policy &policy,
                          const ir::CommandPattern &command, Side side,
                          std::vector<std::string> &filters, std::string &why) {
  bool takesAny = !command.words || (command.words->empty() && command.anyRest);
  if (!takesAny) {
    why = "it names arguments, and a profile judges the file only: this waits "
          "for the broker";
    return false;
  }
  if (auto *path = std::get_if<ir::PathPattern>(&command.program))
    return appendPathFilters(policy, *path, filters, why);
  return appendBareName(std::get<std::string>(command.program), side, filters,
                        why);
}

/// Each subject includes the ones before it. `same-sandbox` may not include
/// the process itself, so `self` is always said as well.
static void appendSubject(ir::SubjectPattern subject,
                          std::vector<std::string> &filters) {
  filters.push_back("(target self)");
  switch (subject) {
  case ir::SubjectPattern::Self:
    return;
  case ir::SubjectPattern::Sandbox:
    filters.push_back("(target same-sandbox)");
    return;
  case ir::SubjectPattern::All:
    filters.push_back("(target others)");
    return;
  }
  llvm_unreachable("unknown subject");
}

static bool appendName(const ir::NamePattern &pattern, llvm::StringRef filter,
                       std::vector<std::string> &filters, std::string &why) {
  std::string regex = "^";
  bool isLiteral = pattern.name.isLiteral();
  if (!isLiteral && !appendGlob(pattern.name, GlobReach::Name, regex, why))
    return false;
  std::optional<std::string> text =
      quoted(isLiteral ? pattern.name.literal() : regex + "$", why);
  if (!text)
    return false;
  filters.push_back(
      form((filter + (isLiteral ? "" : "-regex")).str(), {*text}));
  return true;
}

bool appendFilters(const ir::Policy &policy, const ir::Pattern &pattern,
                   Channel channel, Side side,
                   std::vector<std::string> &filters, std::string &why) {
  switch (channel) {
  case Channel::Path:
    return appendPathFilters(policy, std::get<ir::PathPattern>(pattern.value),
                             filters, why);
  case Channel::Program:
    return appendProgram(policy, std::get<ir::CommandPattern>(pattern.value),
                         side, filters, why);
  case Channel::RemoteTcp:
  case Channel::RemoteUdp:
  case Channel::RemoteUnix:
  case Channel::LocalTcp:
  case Channel::LocalUdp:
  case Channel::LocalUnix:
    return appendEndpointFilters(policy,
                                 std::get<ir::EndpointPattern>(pattern.value),
                                 channel, filters, why);
  case Channel::Subject:
    appendSubject(std::get<ir::SubjectPattern>(pattern.value), filters);
    return true;
  case Channel::MachName:
    return appendName(std::get<ir::NamePattern>(pattern.value), "global-name",
                      filters, why);
  case Channel::SysctlName:
    return appendName(std::get<ir::NamePattern>(pattern.value), "sysctl-name",
                      filters, why);
  case Channel::IokitClass:
    return appendName(std::get<ir::NamePattern>(pattern.value),
                      "iokit-registry-entry-class", filters, why);
  }
  llvm_unreachable("unknown channel");
}

} // namespace srt::backend
