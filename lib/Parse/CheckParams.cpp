// lib/Parse/CheckParams.cpp: params and their values.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Checks.h"
#include "lib/Parse/Texts.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

static void reportValue(SourceRange range, llvm::StringRef value,
                        ParamType type, llvm::StringRef hint,
                        DiagnosticEngine &diags) {
  diags.report(range, diag::ParamValue, value, spelling(type)).hint(hint.str());
}

/// True for an absolute path without "", "." or ".." components.
static bool isPlainPath(llvm::StringRef path) {
  if (!path.starts_with("/") || path.size() >= 4096)
    return false;
  llvm::SmallVector<llvm::StringRef, 16> parts;
  path.drop_front().split(parts, '/');
  return path == "/" || llvm::none_of(parts, [](llvm::StringRef part) {
           return part.empty() || part == "." || part == "..";
         });
}

/// The path without the slash at its end.
static std::string plainPath(llvm::StringRef path) {
  bool hasSlash = path.size() > 1 && path.ends_with("/") &&
                  !path.ends_with("//");
  return hasSlash ? path.drop_back().str() : path.str();
}

static bool isEnvName(llvm::StringRef name) {
  return !name.empty() && !llvm::isDigit(name[0]) &&
         llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

static constexpr llvm::StringLiteral kPathHint =
    "write `cwd`, `env(\"NAME\")` or an absolute path in quotes";

/// Gives a path param its source. Reports and returns false if it has none.
static bool readPathSource(const syntax::ParamDecl &decl, ir::Param &param,
                           DiagnosticEngine &diags) {
  const syntax::Literal &value = *decl.value;
  bool isText = value.kind == syntax::Literal::Kind::Text;
  if (decl.function && decl.function->text == "env" && isEnvName(value.text)) {
    param.source = ir::Param::Source::Env;
    param.value = value.text;
    return true;
  }
  if (!decl.function && !isText && value.text == "cwd")
    return true;
  std::string path = plainPath(unescaped(value.text));
  if (!decl.function && isText && isPlainPath(path)) {
    param.source = ir::Param::Source::Literal;
    param.value = path;
    return true;
  }
  bool isFunction = decl.function && decl.function->text != "env";
  reportValue(isFunction ? decl.function->range : value.range,
              "`" + shown(isFunction ? decl.function->text : value.text) + "`",
              ParamType::Path, kPathHint, diags);
  return false;
}

/// Reads a value as it would be read where it is used, but without params:
/// then what is wrong is said where it is declared.
static bool isReadable(ParamType type, const syntax::Literal &value,
                       std::string &why) {
  llvm::StringRef text(value.text);
  if ((text.size() - text.rtrim('\\').size()) % 2 != 0) { // from -D only
    why = "it ends with `\\`, which escapes the byte behind it";
    return false;
  }
  if (text.contains("${") || text.starts_with("~/") || text.starts_with("./")) {
    why = "a value refers to no other param";
    return false;
  }
  DiagnosticEngine found;
  Scope noParams{{}, found};
  if (type == ParamType::Endpoint)
    readEndpoints(value, ir::ActionId::Connect, noParams);
  else if (type == ParamType::Command)
    readCommand(value, noParams);
  else
    readSyscall(value, noParams);
  if (found.errors() == 0)
    return true;
  why = found.sorted().front()->message;
  return false;
}

/// Checks a value that is fixed while compiling. `value.text` is without
/// escapes for the types whose values are parts of texts.
static bool checkConstant(ParamType type, const syntax::Literal &value,
                          std::string &why) {
  llvm::StringRef text(value.text);
  switch (type) {
  case ParamType::Path:
    return true;
  case ParamType::Host:
    return readHost(text, why).has_value();
  case ParamType::Port:
    why = "a port is a number, a range, a list or `*`";
    return readPorts(text).has_value();
  case ParamType::Name:
    why = "a name is not empty and has no `/`";
    return !text.empty() && !text.contains('/') && text != "." && text != "..";
  case ParamType::Endpoint:
  case ParamType::Command:
  case ParamType::Syscall:
    return isReadable(type, value, why);
  case ParamType::Size:
    return readAmount(Unit::Size, text, why).has_value();
  case ParamType::Duration:
    return readAmount(Unit::Duration, text, why).has_value();
  }
  llvm_unreachable("unknown type");
}

/// True if the value is a pattern, whose escapes are read where it stands.
static bool keepsEscapes(ParamType type) {
  return type == ParamType::Endpoint || type == ParamType::Command ||
         type == ParamType::Syscall;
}

namespace {
/// One declaration being checked.
struct Declaration {
  const syntax::ParamDecl &decl;
  Scope &scope;
  ir::Policy &policy;
  ScopedParam param;
};
} // namespace

static bool bindPath(Declaration &d, const std::string *define) {
  ir::Param param{d.decl.name.text, ir::Param::Source::Cwd, {}, d.decl.range};
  if (define && !isPlainPath(plainPath(*define))) {
    reportValue(d.decl.name.range, "`" + shown(*define) + "`", ParamType::Path,
                "a -D for a path is an absolute path", d.scope.diags);
    return false;
  }
  if (define) {
    param.source = ir::Param::Source::Literal;
    param.value = plainPath(*define);
  } else if (!readPathSource(d.decl, param, d.scope.diags)) {
    return false;
  }
  d.param.id = {uint32_t(d.policy.params.size())};
  d.policy.params.push_back(std::move(param));
  return true;
}

/// The value as it is to be checked, from the line or from -D.
static syntax::Literal constantOf(const Declaration &d,
                                  const std::string *define) {
  using Kind = syntax::Literal::Kind;
  if (!define && keepsEscapes(d.param.type))
    return *d.decl.value;
  if (!define)
    return {d.decl.value->kind, unescaped(d.decl.value->text),
            d.decl.value->range};
  bool isAll = d.param.type == ParamType::Syscall && *define == "all";
  return {isAll ? Kind::Word : Kind::Text, *define, d.decl.name.range};
}

static bool bindConstant(Declaration &d, const std::string *define) {
  std::string why;
  bool isFunction = !define && d.decl.function.has_value();
  syntax::Literal value = constantOf(d, define);
  d.param.text = value.text;
  if (!isFunction && checkConstant(d.param.type, value, why))
    return true;
  if (isFunction)
    why = "a param of this type is fixed when compiling; write it in quotes";
  reportValue(value.range, "`" + shown(d.param.text) + "`", d.param.type, why,
              d.scope.diags);
  return false;
}

static bool bindValue(Declaration &d, const Defines &defines) {
  auto define = defines.find(d.decl.name.text);
  const std::string *value = define == defines.end() ? nullptr : &define->second;
  if (!value && !d.decl.value) {
    d.scope.diags.report(d.decl.range, diag::ParamWithoutValue,
                         shown(d.decl.name.text));
    return false;
  }
  return d.param.type == ParamType::Path ? bindPath(d, value)
                                         : bindConstant(d, value);
}

static void reportType(const syntax::Word &type, DiagnosticEngine &diags) {
  Diagnostic &error =
      diags.report(type.range, diag::UnknownType, shown(type.text));
  if (std::optional<llvm::StringRef> near =
          nearest(type.text, paramTypeNames()))
    error.hint("did you mean `" + near->str() + "`").fix(type.range, near->str());
  else
    error.hint("the types of params are " + llvm::join(paramTypeNames(), ", "));
}

/// True if some path in the statement begins with that shorthand.
static bool usesShorthand(const FlatStatement &flat, char shorthand) {
  auto *rule = std::get_if<syntax::AccessRule>(&flat.statement->value);
  if (!rule)
    return false;
  auto begins = [&](const syntax::Literal &literal) {
    llvm::StringRef text(literal.text);
    text.consume_front("unix:");
    return text.starts_with(llvm::StringRef(&shorthand, 1)) &&
           (text.size() == 1 || text[1] == '/');
  };
  return llvm::any_of(rule->patterns, begins) ||
         llvm::any_of(rule->excepts, begins);
}

static void declareOne(llvm::ArrayRef<FlatStatement> flat, char shorthand,
                       ir::Param param, Scope &scope, ir::Policy &policy) {
  auto user = llvm::find_if(flat, [&](const FlatStatement &each) {
    return usesShorthand(each, shorthand);
  });
  if (user == flat.end() || scope.params.count(param.name))
    return;
  param.range = std::get<syntax::AccessRule>(user->statement->value).range;
  ScopedParam scoped{ParamType::Path, {uint32_t(policy.params.size())}, {},
                     param.range};
  scope.params.emplace(param.name, std::move(scoped));
  policy.params.push_back(std::move(param));
}

void declareUsual(llvm::ArrayRef<FlatStatement> flat, Scope &scope,
                  ir::Policy &policy) {
  using Source = ir::Param::Source;
  declareOne(flat, '~', {"home", Source::Env, "HOME", {}}, scope, policy);
  declareOne(flat, '.', {"project", Source::Cwd, {}, {}}, scope, policy);
}

void checkParam(const syntax::ParamDecl &decl, const Defines &defines,
                Scope &scope, ir::Policy &policy) {
  const std::string &name = decl.name.text;
  auto known = scope.params.find(name);
  if (known != scope.params.end()) {
    scope.diags.report(decl.name.range, diag::DuplicateParam, shown(name))
        .note(known->second.range, "declared here first");
    return;
  }
  std::optional<ParamType> type = paramTypeNamed(decl.type.text);
  if (!type)
    reportType(decl.type, scope.diags);
  Declaration d{decl, scope, policy, {type.value_or(ParamType::Name), {}, {}, decl.name.range}};
  bool isBound = type && bindValue(d, defines);
  // A broken declaration still declares, so that its uses are not errors too.
  d.param.isBroken = !isBound;
  d.param.isUsed = !isBound;
  scope.params.emplace(name, std::move(d.param));
}

} // namespace srt
