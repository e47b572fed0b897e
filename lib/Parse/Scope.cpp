// lib/Parse/Scope.cpp: params by name and type, and values that are one param.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Scope.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

/// In the order of ParamType.
static constexpr llvm::StringRef kTypeNames[] = {
    "path", "endpoint", "host", "port", "command",
    "name", "syscall",  "size", "duration"};

llvm::ArrayRef<llvm::StringRef> paramTypeNames() { return kTypeNames; }

llvm::StringRef spelling(ParamType type) { return kTypeNames[size_t(type)]; }

llvm::StringRef described(ParamType type) {
  switch (type) {
  case ParamType::Path:
    return "a path";
  case ParamType::Endpoint:
    return "an endpoint";
  case ParamType::Host:
    return "a host";
  case ParamType::Port:
    return "a port";
  case ParamType::Command:
    return "a command";
  case ParamType::Name:
    return "a name";
  case ParamType::Syscall:
    return "a syscall";
  case ParamType::Size:
    return "a size";
  case ParamType::Duration:
    return "a duration";
  }
  llvm_unreachable("unknown type");
}

std::optional<ParamType> paramTypeNamed(llvm::StringRef name) {
  const llvm::StringRef *found = llvm::find(kTypeNames, name);
  if (found == std::end(kTypeNames))
    return std::nullopt;
  return ParamType(found - kTypeNames);
}

ScopedParam *Scope::use(llvm::StringRef name, SourceRange at) {
  auto found = params.find(name);
  if (found != params.end()) {
    found->second.isUsed = true;
    return &found->second;
  }
  Diagnostic &error = diags.report(at, diag::UnknownParam, shown(name));
  if (diags.dropped() > 0)
    return nullptr; // nobody will see what might be meant
  std::vector<llvm::StringRef> names;
  for (const auto &[known, param] : params)
    names.push_back(known);
  if (std::optional<llvm::StringRef> near = nearest(name, names))
    error.hint("did you mean `" + near->str() + "`");
  else if (name == "home")
    error.hint("declare it: `param home: path = env(\"HOME\");`");
  else if (name == "project")
    error.hint("declare it: `param project: path = cwd;`");
  return nullptr;
}

Diagnostic &Scope::reportType(llvm::StringRef name, ParamType type,
                              llvm::StringRef wanted, SourceRange at) {
  return diags.report(at, diag::ParamType, shown(name), spelling(type), wanted);
}

/// The name in `${name}` at the start, if the text ends behind it, or goes on
/// with a space where more words may follow.
static std::optional<llvm::StringRef> wholeParam(llvm::StringRef text,
                                                 ParamType wanted) {
  size_t close = text.find('}');
  if (!text.starts_with("${") || close == llvm::StringRef::npos)
    return std::nullopt;
  llvm::StringRef rest = text.drop_front(close + 1);
  bool isWhole = rest.empty() || (wanted == ParamType::Command && rest[0] == ' ');
  if (!isWhole)
    return std::nullopt;
  return text.slice(2, close);
}

/// The kind that `all` and `@default` have where they are written directly.
static syntax::Literal::Kind kindOf(llvm::StringRef value, ParamType type) {
  using Kind = syntax::Literal::Kind;
  if (type == ParamType::Syscall && value == "all")
    return Kind::Word;
  if (type == ParamType::Syscall && value.starts_with("@"))
    return Kind::Group;
  return Kind::Text;
}

/// True for values that may hold params as parts: their own readers know what
/// may stand where.
static bool hasParts(ParamType type) {
  switch (type) {
  case ParamType::Path:
  case ParamType::Endpoint:
  case ParamType::Host:
  case ParamType::Port:
  case ParamType::Command:
  case ParamType::Name:
    return true;
  case ParamType::Syscall:
  case ParamType::Size:
  case ParamType::Duration:
    return false;
  }
  llvm_unreachable("unknown type");
}

/// The literal with `value` in the place of its first `taken` bytes.
static syntax::Literal replaced(const syntax::Literal &literal, size_t taken,
                                const std::string &value, ParamType type) {
  syntax::Literal out{kindOf(value, type), value + literal.text.substr(taken),
                      literal.range};
  // Whatever is wrong in it is shown at the whole literal.
  out.places.assign(out.text.size() + 1, 0);
  out.places.back() = literal.range.endColumn - literal.range.column;
  return out;
}

std::optional<syntax::Literal> Scope::expand(const syntax::Literal &literal,
                                             ParamType wanted) {
  std::optional<llvm::StringRef> name;
  if (literal.kind == syntax::Literal::Kind::Text)
    name = wholeParam(literal.text, wanted);
  if (!name)
    return literal;
  bool isKnown = params.count(*name) != 0;
  if (!isKnown && hasParts(wanted))
    return literal; // whose reader says so
  ScopedParam *param = use(*name, literal.part(0, name->size() + 3));
  if (!param || param->isBroken)
    return std::nullopt;
  if (param->type == wanted)
    return replaced(literal, name->size() + 3, param->text, wanted);
  if (hasParts(wanted))
    return literal;
  reportType(*name, param->type, "a param of type " + spelling(wanted).str(),
             literal.part(0, literal.text.size()));
  return std::nullopt;
}

} // namespace srt
