// lib/IR/PlanReadParts.cpp: rights, rule names and places out of plan text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanReadParts.h"

#include "lib/IR/PlaceText.h"
#include "lib/Kernel/Landlock.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

static constexpr Mechanism kMechanisms[] = {
    Mechanism::Landlock, Mechanism::Seccomp, Mechanism::Broker,
    Mechanism::Loader, Mechanism::Nothing};
static constexpr Exactness kExactness[] = {
    Exactness::Exact, Exactness::Narrower, Exactness::Wider};

/// The rights of that spelling if it is the canonical one.
static std::optional<uint64_t> rightsOf(RightsKind kind, llvm::StringRef text) {
  std::optional<uint64_t> rights;
  std::string canonical;
  switch (kind) {
  case RightsKind::Fs:
    rights = kernel::readFsRights(text);
    canonical = kernel::fsRightsText(rights.value_or(0));
    break;
  case RightsKind::Net:
    rights = kernel::readNetRights(text);
    canonical = kernel::netRightsText(rights.value_or(0));
    break;
  case RightsKind::Scopes:
    rights = kernel::readScopes(text);
    canonical = kernel::scopesText(rights.value_or(0));
    break;
  }
  return text == canonical ? rights : std::nullopt;
}

bool readRights(TextCursor &cursor, RightsKind kind, uint64_t &rights) {
  size_t begin = cursor.peek().begin;
  std::string names;
  do {
    auto name = cursor.word("the name of a right");
    if (!name)
      return false;
    names += (names.empty() ? "" : "|") + name->str();
  } while (cursor.acceptPunct('|'));
  std::optional<uint64_t> read = rightsOf(kind, names);
  if (!read)
    return cursor.failAt(cursor.rangeFrom(begin), "`" + shown(names) + "`",
                         "rights that the kernel knows, each once, in the "
                         "order of their bits");
  rights = *read;
  return true;
}

bool readRuleName(TextCursor &cursor, RuleId &rule) {
  TextError error;
  llvm::StringRef digits = cursor.peek().text;
  bool isName =
      cursor.peek().kind == Token::Kind::Word && digits.consume_front("R");
  TextScan scan(digits, error);
  auto number = isName ? scan.decimal(UINT32_MAX) : std::nullopt;
  if (!number || *number == 0 || !scan.atEnd())
    return cursor.fail("the name of a rule, such as `R1`");
  cursor.take();
  rule = {uint32_t(*number - 1)};
  return true;
}

bool readGrant(TextCursor &cursor, RightsKind kind, uint64_t &rights,
               RuleId &rule) {
  return cursor.expectWord("rights") && readRights(cursor, kind, rights) &&
         cursor.expectWord("from") && readRuleName(cursor, rule);
}

bool readQuotedPlace(TextCursor &cursor, llvm::ArrayRef<Param> params,
                     Place &place) {
  std::optional<Token> token = cursor.quotedToken("a quoted place");
  if (!token)
    return false;
  TextError error;
  std::optional<Place> read = readPlace(token->text, params, error);
  if (!read)
    return cursor.failInside(*token, error);
  place = std::move(*read);
  return true;
}

std::optional<kernel::Arch> readArch(TextCursor &cursor) {
  for (kernel::Arch arch : kernel::allArchs())
    if (cursor.acceptWord(kernel::archName(arch)))
      return arch;
  cursor.fail("the name of an architecture");
  return std::nullopt;
}

std::optional<Mechanism> readMechanism(TextCursor &cursor) {
  for (Mechanism mechanism : kMechanisms)
    if (cursor.acceptWord(spelling(mechanism)))
      return mechanism;
  cursor.fail("`landlock`, `seccomp`, `broker`, `loader` or `nothing`");
  return std::nullopt;
}

std::optional<Cost> readCost(TextCursor &cursor) {
  for (Cost cost : {Cost::None, Cost::Call, Cost::Open, Cost::Connect, Cost::Broker})
    if (cursor.acceptWord(spelling(cost)))
      return cost;
  cursor.fail("`none`, `call`, `open`, `connect` or `broker`");
  return std::nullopt;
}

std::optional<Release> readRelease(TextCursor &cursor) {
  llvm::StringRef name = cursor.peek().text;
  if (name.consume_front("linux-"))
    if (std::optional<Release> release = releaseNamed(name)) {
      cursor.take();
      return release;
    }
  cursor.fail("a release such as `linux-6.12`");
  return std::nullopt;
}

std::optional<Exactness> readExactness(TextCursor &cursor) {
  for (Exactness exactness : kExactness)
    if (cursor.acceptWord(spelling(exactness)))
      return exactness;
  cursor.fail("`exact`, `narrower` or `wider`");
  return std::nullopt;
}

} // namespace srt::ir
