// lib/Parse/CheckRules.cpp: allow, deny and ask.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Checks.h"
#include "lib/Parse/Texts.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

static void reportAction(const syntax::Word &word, DiagnosticEngine &diags) {
  std::vector<llvm::StringRef> names;
  for (ir::ActionId action : ir::allActions())
    names.push_back(ir::spelling(action));
  Diagnostic &error =
      diags.report(word.range, diag::UnknownAction, shown(word.text));
  if (std::optional<llvm::StringRef> near = nearest(word.text, names))
    error.hint("did you mean `" + near->str() + "`").fix(word.range, near->str());
}

/// Reads the action words. Reports unknown ones and those that do not go
/// together. Ensures: distinct, in table order.
static llvm::SmallVector<ir::ActionId, 2>
checkActions(const std::vector<syntax::Word> &words, DiagnosticEngine &diags) {
  llvm::SmallVector<ir::ActionId, 2> actions;
  for (const syntax::Word &word : words) {
    std::optional<ir::ActionId> action = ir::actionNamed(word.text);
    if (!action) {
      reportAction(word, diags);
      return {};
    }
    if (!actions.empty() &&
        ir::resource(actions[0]) != ir::resource(*action)) {
      diags.report(word.range, diag::MixedActions, words[0].text, word.text);
      return {};
    }
    if (!llvm::is_contained(actions, *action))
      actions.push_back(*action);
  }
  llvm::sort(actions);
  return actions;
}

/// What a pattern of this resource looks like, for messages.
static llvm::StringRef wanted(ir::Resource resource) {
  switch (resource) {
  case ir::Resource::Path:
    return "a path in quotes";
  case ir::Resource::Command:
    return "a command in quotes";
  case ir::Resource::Endpoint:
    return "an endpoint in quotes, such as \"*:443\"";
  case ir::Resource::Subject:
    return "`self`, `sandbox` or `all`";
  case ir::Resource::Syscall:
    return "a syscall in quotes, a group such as `@default`, or `all`";
  case ir::Resource::Name:
    return "a name in quotes";
  }
  llvm_unreachable("unknown resource");
}

static bool isWanted(const syntax::Literal &literal, ir::Resource resource) {
  using Kind = syntax::Literal::Kind;
  switch (resource) {
  case ir::Resource::Path:
  case ir::Resource::Command:
  case ir::Resource::Endpoint:
  case ir::Resource::Name:
    return literal.kind == Kind::Text;
  case ir::Resource::Subject:
    return literal.kind == Kind::Word || literal.kind == Kind::Text;
  case ir::Resource::Syscall:
    return literal.kind == Kind::Text || literal.kind == Kind::Group ||
           (literal.kind == Kind::Word && literal.text == "all");
  }
  llvm_unreachable("unknown resource");
}

static void reportLiteral(const syntax::Literal &literal, ir::ActionId action,
                          DiagnosticEngine &diags) {
  diags.report(literal.range, diag::WrongLiteral,
               "`" + shown(literal.text) + "`", ir::spelling(action),
               wanted(ir::resource(action)));
}

namespace {
/// Collects the patterns of one list.
struct PatternList {
  ir::ActionId action;
  Scope &scope;
  std::vector<ir::Pattern> patterns;

  template <typename Value>
  bool add(std::optional<Value> value, SourceRange range) {
    if (value)
      patterns.push_back({std::move(*value), range});
    return value.has_value();
  }
  template <typename Value>
  bool addAll(std::optional<std::vector<Value>> values, SourceRange range) {
    if (!values)
      return false;
    for (Value &value : *values)
      patterns.push_back({std::move(value), range});
    return true;
  }
  bool read(const syntax::Literal &literal);
  bool readExpanded(const syntax::Literal &literal);
};
} // namespace

/// The params whose value is a whole resource of that kind.
static std::optional<ParamType> wholeType(ir::Resource resource) {
  switch (resource) {
  case ir::Resource::Command:
    return ParamType::Command;
  case ir::Resource::Endpoint:
    return ParamType::Endpoint;
  case ir::Resource::Syscall:
    return ParamType::Syscall;
  case ir::Resource::Path: // stays open, so its reader takes it
  case ir::Resource::Subject:
  case ir::Resource::Name:
    return std::nullopt;
  }
  llvm_unreachable("unknown resource");
}

bool PatternList::read(const syntax::Literal &literal) {
  ir::Resource resource = ir::resource(action);
  if (!isWanted(literal, resource)) {
    reportLiteral(literal, action, scope.diags);
    return false;
  }
  std::optional<ParamType> whole = wholeType(resource);
  if (!whole || !llvm::StringRef(literal.text).starts_with("${"))
    return readExpanded(literal);
  std::optional<syntax::Literal> expanded = scope.expand(literal, *whole);
  return expanded && readExpanded(*expanded);
}

bool PatternList::readExpanded(const syntax::Literal &literal) {
  switch (ir::resource(action)) {
  case ir::Resource::Path:
    return addAll(readPaths(literal, scope), literal.range);
  case ir::Resource::Command:
    return add(readCommand(literal, scope), literal.range);
  case ir::Resource::Endpoint:
    return addAll(readEndpoints(literal, action, scope), literal.range);
  case ir::Resource::Subject:
    return add(readSubject(literal, scope), literal.range);
  case ir::Resource::Syscall:
    return add(readSyscall(literal, scope), literal.range);
  case ir::Resource::Name:
    return add(readName(literal, scope), literal.range);
  }
  llvm_unreachable("unknown resource");
}

/// Reads a whole list, so that every mistake in it is reported.
static bool readList(const std::vector<syntax::Literal> &literals,
                     PatternList &list) {
  bool isFine = true;
  for (const syntax::Literal &literal : literals)
    isFine &= list.read(literal);
  return isFine;
}

void checkRule(const syntax::AccessRule &written, Scope &scope,
               ir::Policy &policy) {
  llvm::SmallVector<ir::ActionId, 2> actions =
      checkActions(written.actions, scope.diags);
  if (written.seal == syntax::AccessRule::Seal::Sealed &&
      written.effect != ir::Effect::Deny)
    scope.diags.report(written.range, diag::SealedAllow,
                       ir::spelling(written.effect));
  if (actions.empty())
    return;
  PatternList patterns{actions[0], scope, {}};
  PatternList excepts{actions[0], scope, {}};
  bool isFine = readList(written.patterns, patterns);
  isFine &= readList(written.excepts, excepts);
  if (!isFine)
    return;
  policy.rules.push_back({written.effect, ir::Rule::Origin::Written,
                          std::move(actions), std::move(patterns.patterns),
                          std::move(excepts.patterns), written.range});
}

} // namespace srt
